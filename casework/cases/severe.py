"""What is hard on whoever writes it down: after it a calm page asks after them. Nothing is kept of who saw it.

Asking after every line would be clicked away by the second day, so it is asked where somebody just heard it, where they
say themselves that it was hard, and where a case ends in a way that stays with people.

Source: casework practice §5 (volunteer care: debrief prompt after severe cases).
"""

from casework import codes
from casework.cases.opening import OpenCase
from casework.vault import Section

_RISK, _EMERGENCY = "risk", "emergency"


def entry(case: OpenCase, type_: str, *, heavy: bool) -> bool:
    """Whether an entry was hard: whoever wrote it says so, or they spoke with somebody in an emergency.

    Args:
        case: opened.
        type_: of the list `entry_types`.
        heavy: whether it was marked as hard to read.
    """
    listed = codes.load("entry_types")
    spoke = type_ in listed and bool(listed.code(type_).facts.get("reached"))
    return heavy or (spoke and _emergency(case))


def ending(case: OpenCase, reason: str) -> bool:
    """Whether the end of a case is hard: they died, were deported or are lost, or it ends out of an emergency.

    Args:
        case: as it stood before it was closed.
        reason: of the list `closing_reasons`.
    """
    listed = codes.load("closing_reasons")
    return (reason in listed and bool(listed.code(reason).facts.get("hard"))) or _emergency(case)


def _emergency(case: OpenCase) -> bool:
    return case.section(Section.HEADER).values.get(_RISK) == _EMERGENCY
