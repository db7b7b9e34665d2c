"""A new generation of a case: random, with the old one linked under it (construction §5).

Rewrapping the same key would not do: who left kept it.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Delete, Update, Uuid, bindparam, delete, insert, update

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault.case import CaseKeys
from casework.vault.desk import DeskKeys
from casework.vault.keeping import granting, wraps
from casework.vault.keeping.opening import Wrap
from casework.vault.keeping.redrawing import Drawn, Redrawing
from casework.vault.keeping.rows import check_floors, hold_epoch
from casework.vault.models import CaseLink, CaseWrap, RestrictedWrap
from casework.vault.secret import Secret

# Made once, and taken by many rows together: what it costs is the drawing of the keys.
_RENEW = (
    update(CaseWrap)
    .where(CaseWrap.case_id == bindparam("of", type_=Uuid()))
    .values(epoch=bindparam("to"), generation=bindparam("g"), blob=bindparam("wrap"))
)


def bump(desk: DeskKeys, case: CaseKeys) -> CaseKeys:
    """Draw the next generation for whoever may open the case now; named members who left are left out.

    Raises:
        Conflict: the epoch moved, or somebody else drew one meanwhile.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    return draw(desk, case)


def draw(desk: DeskKeys, case: CaseKeys) -> CaseKeys:
    """The same, where the desk's epoch is held already."""
    named = None if case.named is None else case.named & desk.state.holders().keys()
    newer = _draw_for(desk, case, named)
    granting.renew(desk, newer)
    return newer


def bump_to(desk: DeskKeys, case: CaseKeys, named: frozenset[UUID] | None) -> CaseKeys:
    """Draw the next generation for named members, or for the whole desk (None).

    Raises:
        Conflict: the epoch moved, or somebody else drew one meanwhile.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    newer = _draw_for(desk, case, named)
    granting.renew(desk, newer)
    return newer


def _draw_for(desk: DeskKeys, case: CaseKeys, named: frozenset[UUID] | None) -> CaseKeys:
    g, key = case.generation + 1, Secret.random()
    link = wraps.link(case.case_id, g, key, case.key(case.generation))
    newer = CaseKeys(
        desk.state,
        case.case_id,
        generation=g,
        born=desk.epoch,
        key=key,
        tags=case.tags,
        links={**case.links, g: link},
        named=named,
    )
    newer.statement = case.statement
    _replace(desk, case, newer)
    row = {"case_id": case.case_id, "generation": g, "desk_id": desk.desk_id, "blob": link}
    db.session.execute(insert(CaseLink), [row])
    return newer


def draw_all(desk: DeskKeys, wraps_read: Iterable[Wrap]) -> set[UUID]:
    """Draw the next generation of many cases of the whole desk, of which nobody outside was given anything.

    Args:
        desk: opened at the current epoch, which is held.
        wraps_read: of the cases, which are held as well: so none is replaced that somebody else drew.

    Returns:
        Those that were drawn; the others do not open.
    """
    drawn = redrawn(desk, wraps_read)
    if drawn:
        connection, common = db.session.connection(), {"desk_id": desk.desk_id}
        connection.execute(
            _RENEW, [{"of": of, "to": desk.epoch, "g": g, "wrap": wrap} for of, g, wrap, _ in drawn]
        )
        connection.execute(
            insert(CaseLink),
            [common | {"case_id": of, "generation": g, "blob": link} for of, g, _, link in drawn],
        )
    return {new.case_id for new in drawn}


def redrawn(desk: DeskKeys, wraps_read: Iterable[Wrap]) -> list[Drawn]:
    """What `draw_all` stores; wraps that the chain refuses, or that do not open, are left out.

    Args:
        desk: opened at the current epoch.
        wraps_read: case, epoch, generation and blob of each.
    """
    redrawing, drawn = Redrawing(desk), list[Drawn]()
    for case_id, epoch, generation, sealed in wraps_read:
        with suppress(Refused):
            check_floors(desk.state, case_id, epoch, generation)
            drawn.append(redrawing.draw(case_id, epoch, generation, sealed))
    return drawn


def store(desk: DeskKeys, case: CaseKeys) -> None:
    """Insert the wraps of a case that has none."""
    common = {
        "case_id": case.case_id,
        "desk_id": desk.desk_id,
        "epoch": desk.epoch,
        "generation": case.generation,
    }
    if case.named is None:
        db.session.execute(insert(CaseWrap), [common | {"blob": wraps.wrap(desk, case)}])
        return
    sealed = wraps.wrap_restricted(desk, case, case.named)
    rows = [common | {"member_id": who, "blob": one} for who, one in sealed.items()]
    db.session.execute(insert(RestrictedWrap), rows)


def _replace(desk: DeskKeys, old: CaseKeys, new: CaseKeys) -> None:
    """Put the new wraps in the place of the old, if the old are still there."""
    if old.named is None and new.named is None:
        row = update(CaseWrap).where(CaseWrap.case_id == old.case_id, CaseWrap.generation == old.generation)
        values = {"epoch": desk.epoch, "generation": new.generation, "blob": wraps.wrap(desk, new)}
        _exactly_here(row.values(values))
        return
    table = CaseWrap if old.named is None else RestrictedWrap
    _exactly_here(delete(table).where(table.case_id == old.case_id, table.generation == old.generation))
    store(desk, new)


def _exactly_here(change: Update | Delete) -> None:
    done = db.session.execute(change, execution_options={"synchronize_session": False})
    if cast("CursorResult[Any]", done).rowcount == 0:
        raise Conflict
