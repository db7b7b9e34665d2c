"""That a case left with all files of its desk: whoever takes an agreement back is told so, as of everything that left."""

from sqlalchemy import select

from casework.access import desks
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.left import Left
from casework.cases.opening import OpenCase
from casework.db import db
from casework.export.models import DeskExport
from casework.people.consents import CASEWORK

_WHAT = "All files of the desk, taken along by the desk itself"


def left(case: OpenCase) -> list[Left]:
    """Each time that a case left so; its own record says when.

    It stands on the agreement to casework: the desk keeps its own files, somewhere else.
    """
    asked = select(DeskExport.id).where(DeskExport.desk_id == case.desk_id).limit(1)
    if db.session.scalar(asked) is None:
        return []
    desk = case.actor.desk
    name = str(desks.body(desk)[0].get("name", ""))
    return [
        Left(CASEWORK, name, _WHAT, one.at)
        for one in audit.of_case(desk, case.keys)
        if one.event is Event.CASE_EXPORTED and one.at is not None
    ]
