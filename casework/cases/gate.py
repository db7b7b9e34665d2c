"""No identifying save without a live consent to casework: the gate that every such save goes through.

Whatever identifies the person lies in the identity section (with the called name), because the files of
questions put it there. So the section is the test, and no single field can be forgotten.

Source: casework practice §5, rule 1. Vital interest is the only exception and lasts 72 hours.

Two more parts ask for an agreement before anything is kept in them: a safety plan is made with the person, who
can be asked then; and how they describe themselves needs an agreement of its own, beside every other.
"""

from collections.abc import Mapping
from typing import Any

from casework.cases.opening import OpenCase
from casework.cases.questions import given
from casework.errors import Invalid
from casework.people import consents
from casework.people.consents import CASEWORK
from casework.vault import Section

#: What somebody agrees to for their profile, and for being told about meetings.
PROFILE, ORGANISE = "profile", "organise"
#: What somebody agrees to who may be reached.
CONTACT = "contact"
#: The answers of the profile that need the second of these, and nothing else.
TELLS_OF_MEETINGS = ("organise_by", "organise_channel")


def pass_through(case: OpenCase, section: Section, changed: Mapping[str, Any]) -> None:
    """Go on only if these changes may be kept. Taking something out, or part of it, is always allowed.

    Args:
        case: held for a change.
        section: where they belong.
        changed: answers that differ from what is stored.

    Raises:
        Invalid: they identify the person, who has not agreed, and no emergency runs.
    """
    if section not in _GATED:
        return
    stored = case.section(section).values
    for key in [key for key, value in changed.items() if not lessens(stored.get(key), value)]:
        _GATED[section](case, key)


def insist(case: OpenCase) -> None:
    """Go on only if something that may identify the person may be kept: a paper, a photo.

    Raises:
        Invalid: the person has not agreed, and no emergency runs.
    """
    if not allowed(case):
        raise Invalid(
            "This can only be kept when the person agrees to casework. Ask, and record the answer first;"
            " if they are in danger now and cannot be asked, give the reason."
        )


def _insist_on_identity(case: OpenCase, _key: str) -> None:
    insist(case)


def _insist_on_asking(case: OpenCase, _key: str) -> None:
    if consents.live(case.actor, case.keys, CASEWORK) is None:
        raise Invalid(
            "A safety plan is made with the person. Ask whether they agree to casework, and record it first."
        )


def _insist_on_profile(case: OpenCase, key: str) -> None:
    purpose = ORGANISE if key in TELLS_OF_MEETINGS else PROFILE
    if consents.live(case.actor, case.keys, purpose) is not None:
        return
    if purpose == ORGANISE:
        raise Invalid(
            "Ask whether they want to be told about meetings and organising, and record the answer first.",
            key,
        )
    raise Invalid("Ask whether this may be written down about them, and record the answer first.", key)


_GATED = {
    Section.IDENTITY: _insist_on_identity,
    Section.SAFETY: _insist_on_asking,
    Section.PROFILE: _insist_on_profile,
}


def lessens(old: Any, new: Any) -> bool:
    """Whether an answer says nothing that the old one did not say: then keeping it keeps less.

    Args:
        old: what is stored.
        new: what is to stand in its place.
    """
    if not given(new) or new == old:
        return True
    if isinstance(new, str) and isinstance(old, str):
        return _among(new.split(), old.split())
    if isinstance(new, dict) and isinstance(old, dict):
        return all(key in old and lessens(old[key], part) for key, part in new.items())
    if isinstance(new, list) and isinstance(old, list):
        return all(any(lessens(there, one) for there in old) for one in new)
    return False


def _among(new: list[str], old: list[str]) -> bool:
    """Whether these words stand among the old ones, in the same order."""
    rest = iter(old)
    return all(word in rest for word in new)


def allowed(case: OpenCase) -> bool:
    """Whether the person may be named in this case now: they agreed, or an emergency runs."""
    return emergency(case) or consents.live(case.actor, case.keys, CASEWORK) is not None


def emergency(case: OpenCase) -> bool:
    """Whether the 72 hours of an emergency are running."""
    return case.emergency is not None and not case.lapsed


def unwanted(case: OpenCase) -> bool:
    """Whether the person said no to being contacted or to casework, or took their yes back; not asked is no no."""
    told = consents.listing(case.actor, case.keys)
    last = [told.newest(purpose) for purpose in (CONTACT, CASEWORK)]
    return any(one is not None and (not one.answer.given or one.withdrawn_at is not None) for one in last)
