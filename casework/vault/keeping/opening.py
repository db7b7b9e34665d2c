"""Opening cases: those of the whole desk, and restricted ones for who is named (construction §5)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from casework.db import db
from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import Fmt
from casework.vault.case import CaseKeys
from casework.vault.desk import DeskKeys
from casework.vault.keeping import wraps
from casework.vault.keeping.rows import check_floors
from casework.vault.models import CaseLink, CaseWrap, RestrictedWrap

#: Ids in one query; SQLite bounds how many there may be.
_BATCH = 500

# Asked by every opening of a case: a statement that is made once costs its parameters alone.
_WRAP = select(CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob).where(
    CaseWrap.case_id == bindparam("case_id", type_=Uuid()),
    CaseWrap.desk_id == bindparam("desk_id", type_=Uuid()),
)

Links = Mapping[int, bytes]
Wrap = tuple[UUID, int, int, bytes]


def open_case(desk: DeskKeys, case_id: UUID) -> CaseKeys:
    """Open a case: floors of the chain first, then the wrap; older keys follow when they are needed.

    Raises:
        Refused: there is no wrap for this person, or it is of a finished epoch, older than the chain
            says, or does not open.
        Conflict: the desk's epoch moved meanwhile; open the desk again.
    """
    row = db.session.execute(_WRAP, {"case_id": case_id, "desk_id": desk.desk_id}).one_or_none()
    if row is None:
        return _open_restricted(desk, case_id)
    return _open(desk, case_id, *row, links=_links(case_id, row.generation))


def open_cases(desk: DeskKeys, case_ids: Collection[UUID]) -> dict[UUID, CaseKeys]:
    """Open many cases of the whole desk at once; those that do not open are left out.

    Raises:
        Conflict: the desk's epoch moved meanwhile; open the desk again.
    """
    opened: dict[UUID, CaseKeys] = {}
    wanted = list(case_ids)
    for start in range(0, len(wanted), _BATCH):
        rows = db.session.execute(
            select(CaseWrap.case_id, CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob).where(
                CaseWrap.case_id.in_(wanted[start : start + _BATCH]), CaseWrap.desk_id == desk.desk_id
            )
        ).all()
        links = _all_links([row.case_id for row in rows if row.generation > 1])
        for row in rows:
            case = _if_it_opens(desk, *row, links=links.get(row.case_id, {}))
            if case is not None:
                opened[row.case_id] = case
    return opened


def _if_it_opens(
    desk: DeskKeys, case_id: UUID, epoch: int, generation: int, sealed: bytes, *, links: Links
) -> CaseKeys | None:
    try:
        return _open(desk, case_id, epoch, generation, sealed, links=links)
    except Refused:
        return None


def _open(
    desk: DeskKeys, case_id: UUID, epoch: int, generation: int, sealed: bytes, *, links: Links
) -> CaseKeys:
    born = blob.version_of(sealed, Fmt.CASE_WRAP)
    check_floors(desk.state, case_id, born, generation)
    if born != epoch:
        raise Refused
    key, tags = wraps.unwrap(desk, case_id, generation, sealed)
    return CaseKeys(desk.state, case_id, generation=generation, born=born, key=key, tags=tags, links=links)


def _open_restricted(desk: DeskKeys, case_id: UUID) -> CaseKeys:
    row = db.session.execute(
        select(RestrictedWrap.epoch, RestrictedWrap.generation, RestrictedWrap.blob).where(
            RestrictedWrap.case_id == case_id,
            RestrictedWrap.desk_id == desk.desk_id,
            RestrictedWrap.member_id == desk.person.user_id,
        )
    ).one_or_none()
    if row is None or blob.version_of(row.blob, Fmt.RESTRICTED) != row.epoch:
        raise Refused
    check_floors(desk.state, case_id, row.epoch, row.generation)
    inside = wraps.unwrap_restricted(desk, case_id, row.generation, row.blob)
    return CaseKeys(
        desk.state,
        case_id,
        generation=row.generation,
        born=inside.born,
        key=inside.key,
        tags=inside.tags,
        links=_links(case_id, row.generation),
        named=inside.named,
    )


def _links(case_id: UUID, generation: int) -> Links:
    return _all_links([case_id]).get(case_id, {}) if generation > 1 else {}


def _all_links(case_ids: Collection[UUID]) -> dict[UUID, dict[int, bytes]]:
    found: dict[UUID, dict[int, bytes]] = {case_id: {} for case_id in case_ids}
    if case_ids:
        rows = select(CaseLink.case_id, CaseLink.generation, CaseLink.blob)
        for row in db.session.execute(rows.where(CaseLink.case_id.in_(case_ids))):
            found[row.case_id][row.generation] = row.blob
    return found
