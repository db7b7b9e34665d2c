"""A form that was sent after its session had ended: boxed to its owner, and opened by them alone.

Who its owner is says a token that their page was given while their keys were open, and nobody else can
make (`vault.late`). A box proves nothing about who packed it, so what arrives this way is shown as such,
counted, and never sent by itself.
"""

from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from casework.access.models import Desk, Membership
from casework.db import db
from casework.drafts import writing
from casework.drafts.models import LateForm
from casework.drafts.writing import Written
from casework.errors import Refused
from casework.vault import PersonKeys, pack_for
from casework.vault.late import Owner

_PURPOSE = "late form"
#: How many lie for one person at most. Those that came first stay: whoever floods drives nothing out.
MOST = 10


def receive(owner: Owner, code: str, written: Written, case_id: UUID | None = None) -> None:
    """Box a form to its owner, in place of what came late from the same page before.

    Args:
        owner: of the page, as its token says.
        code: of the desk that the form was sent to.
        written: what was typed.
        case_id: the case whose form it is, with which it goes.

    Raises:
        Refused: the owner does not work at this desk, or too much of theirs lies here already.
    """
    desk_id = _desk(owner.user_id, code)
    row = _row(owner.user_id, desk_id, written)
    row.purge_on, row.case_id = written.purge_on, case_id
    row.box = pack_for(owner.x_public, writing.pack(written), _PURPOSE, row.owner_id, desk_id, row.id)
    db.session.flush()


def opened(person: PersonKeys, row: LateForm) -> Written:
    """What was sent.

    Raises:
        Refused: it does not open, or says something else than a form.
    """
    return writing.unpack(person.unpack(row.box, _PURPOSE, row.owner_id, row.desk_id, row.id))


def row_id(owner_id: UUID, desk_id: UUID, page: UUID) -> UUID:
    """The row of a page of somebody."""
    return uuid5(page, f"late/{owner_id}/{desk_id}")


def _desk(user_id: UUID, code: str) -> UUID:
    found = db.session.scalar(
        select(Desk.id)
        .join(Membership, Membership.desk_id == Desk.id)
        .where(Desk.code == code, Membership.user_id == user_id)
    )
    if found is None:
        raise Refused
    return found


def _row(owner_id: UUID, desk_id: UUID, written: Written) -> LateForm:
    wanted = row_id(owner_id, desk_id, written.page)
    row = db.session.get(LateForm, wanted)
    if row is not None:
        return row
    there = db.session.scalar(select(func.count()).select_from(LateForm).where(LateForm.owner_id == owner_id))
    if (there or 0) >= MOST:
        raise Refused
    row = LateForm(id=wanted, owner_id=owner_id, desk_id=desk_id, purge_on=written.purge_on, box=b"")
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return db.session.get_one(LateForm, wanted)
    return row
