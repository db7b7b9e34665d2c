"""A case after a grant has ended: a key that the ally never had, and the word that nothing older counts (construction §7)."""

from collections.abc import Collection

from casework.vault.case import CaseKeys
from casework.vault.desk import DeskKeys
from casework.vault.keeping import granting, ledger
from casework.vault.keeping.bumping import draw
from casework.vault.keeping.rows import hold_epoch
from casework.vault.sections import Section


def cut(desk: DeskKeys, case: CaseKeys) -> CaseKeys:
    """A new generation that an ended grant does not reach, signed into the chain, so that no older one passes for it.

    Grants that live are boxed anew with the draw. What any grant gives is sealed under the new key before the
    chain says that nothing older counts: a row of a grant that is put back afterwards opens for nobody.

    Args:
        desk: opened at the current epoch.
        case: opened, with its statement.

    Raises:
        Conflict: the epoch moved, or somebody else drew one meanwhile.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    newer = draw(desk, case)
    granting.carry(newer)
    newer.state = ledger.append(desk.person, desk.state, "bump", case.case_id, newer.generation)
    return newer


def floor(desk: DeskKeys, case: CaseKeys, sections: Collection[Section]) -> None:
    """Sign that no row of some sections is of an older generation any more: none that comes back opens.

    Args:
        desk: opened at the current epoch.
        case: its newest keys; they know of the floor afterwards.
        sections: whose rows are all sealed anew.
    """
    state = ledger.load(desk.desk_id, desk.person)
    for section in sections:
        tag = case.tag(section)
        if state.floors.get((case.case_id, tag), 0) < case.generation <= state.bumps.get(case.case_id, 0):
            state = ledger.append(desk.person, state, "done", case.case_id, tag, case.generation)
    case.state = state
