"""Who changed something last: asked only where two changes met, of the record that is kept anyway."""

from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.service import Seen
from casework.cases.opening import OpenCase
from casework.vault import Section

_STANDING = frozenset({Event.CASE_ASSIGNED, Event.STATUS_MOVED, Event.CASE_CLOSED, Event.CASE_REOPENED})


def of_section(case: OpenCase, section: Section) -> Seen | None:
    """The newest change of a section; None where the record does not open or has none."""
    return next(
        (
            one
            for one in audit.of_case(case.actor.desk, case.keys)
            if one.event is Event.SECTION_SAVED and one.details["section"] == section.value
        ),
        None,
    )


def of_standing(case: OpenCase) -> Seen | None:
    """The newest word on who works on a case, or where it stands."""
    return next((one for one in audit.of_case(case.actor.desk, case.keys) if one.event in _STANDING), None)
