"""No identifying save without a live consent to casework: the gate that every such save goes through.

Whatever identifies the person lies in the identity section (with the called name), because the files of
questions put it there. So the section is the test, and no single field can be forgotten.

Source: casework practice §5, rule 1. Vital interest is the only exception and lasts 72 hours.
"""

from collections.abc import Mapping
from typing import Any

from casework import clock
from casework.cases.opening import OpenCase
from casework.cases.questions import given
from casework.errors import Invalid
from casework.people import consents
from casework.people.consents import CASEWORK
from casework.vault import Section


def pass_through(case: OpenCase, section: Section, changed: Mapping[str, Any]) -> None:
    """Go on only if these changes may be kept. Taking something out is always allowed.

    Args:
        case: held for a change.
        section: where they belong.
        changed: answers that differ from what is stored.

    Raises:
        Invalid: they identify the person, who has not agreed, and no emergency runs.
    """
    if section is Section.IDENTITY and any(map(given, changed.values())) and not _allowed(case):
        raise Invalid(
            "This can only be kept when the person agrees to casework. Ask, and record the answer first;"
            " if they are in danger now and cannot be asked, give the reason."
        )


def _allowed(case: OpenCase) -> bool:
    return emergency(case) or consents.live(case.actor, case.keys, CASEWORK) is not None


def emergency(case: OpenCase) -> bool:
    """Whether the 72 hours of an emergency are running."""
    ends_at = case.row.exception_ends_at
    return ends_at is not None and clock.now() < ends_at
