"""After every save of a closed case: when it loses its names, and what stays then, sealed to the desk."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select

from casework.access.actor import Actor
from casework.cases import saved
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Refused
from casework.retention import remains, stays
from casework.retention.models import Kept
from casework.retention.periods import Ends
from casework.vault import DeskKeys
from casework.vault.catalogue import field

BODY = field("kept.body")
#: Bytes up to which all of them look alike, restricted or not.
_FILL = 3_000


def follow_saves() -> None:
    """Let every save of a case bring what is kept of it up to date."""
    saved.after_save(follow)


def follow(actor: Actor, case: OpenCase) -> None:
    """Write down what stays of a closed case; an open one loses nothing."""
    if case.row.status != CLOSED:
        db.session.execute(delete(Kept).where(Kept.case_id == case.id))
        return
    ends, what = stays.ends(case), remains.of(case)
    row = db.session.scalar(select(Kept).where(Kept.case_id == case.id))
    if row is None:
        row = Kept(id=uuid4(), case_id=case.id, desk_id=case.desk_id)
    put(actor.desk, row, ends, what)


def put(desk: DeskKeys, row: Kept, ends: Ends, what: dict[str, Any]) -> None:
    """Seal what stays beside its plain days, which lie under the seal as well."""
    row.review_on, row.ends_on = ends.review_on, ends.ends_on
    value = {"review_on": _text(row.review_on), "ends_on": _text(row.ends_on), "remains": what}
    value["fill"] = " " * max(0, _FILL - len(json.dumps(value)))
    row.body = desk.seal(BODY, row.id, value)
    db.session.add(row)
    db.session.flush()


def opened(desk: DeskKeys, row: Kept) -> dict[str, Any]:
    """What stays of a case.

    Raises:
        Refused: it does not open, or a plain day of a case that has its names says something else.
    """
    value = desk.open(BODY, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    plain = (_text(row.review_on), _text(row.ends_on))
    if row.case_id is not None and plain != (value["review_on"], value["ends_on"]):
        raise Refused
    found: dict[str, Any] = value["remains"]
    return found


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
