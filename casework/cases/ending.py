"""How a case ends: which reasons there are, what each of them asks for, and what is kept of it.

Source: casework practice §4, step 10. What each reason asks for stands in `config/codes/closing_reasons.toml`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casework import clock, codes
from casework.cases import entries
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.vault import Section

#: Words beside an ending are few: what happened stands in the notes.
LONGEST = 200
#: What each kind of case that can end so says where its person was taken out of the country; None for any answer.
_DEPORTED = {"detention.whereabouts": "returned", "deportation.departed_on": None}
_YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a case ends.

    Attributes:
        reason: of the list `closing_reasons`.
        person_told: whether the person knows (`answers`).
        copy_offered: whether they were offered a copy of their file (`answers`).
        told_on: the day on which they were told.
        told_how: in which way.
        not_told_why: why they were not.
        accepted_by: who took the case on, where it was referred.
        accepted_on: the day on which they said so.
        dates_done: what was done about the dates that still run, in words.
        hand_over: whether the dates that still run are theirs from now on; says nothing where nobody took it on.
        referrer_told: whether those who sent the person know how it ended (`referrer_told`).
        ask_on: when somebody asks how they are, where they were deported.
    """

    reason: str
    person_told: str
    copy_offered: str
    told_on: date | None = None
    told_how: str = ""
    not_told_why: str = ""
    accepted_by: str = ""
    accepted_on: date | None = None
    dates_done: str = ""
    hand_over: bool = False
    referrer_told: str = "nobody"
    ask_on: date | None = None

    @property
    def facts(self) -> Mapping[str, Any]:
        """What its reason asks for."""
        return codes.load("closing_reasons").code(self.reason).facts

    def as_value(self) -> dict[str, Any]:
        """As it is kept in the header of the case."""
        return {
            "reason": self.reason,
            "person_told": self.person_told,
            "copy_offered": self.copy_offered,
            "told_on": _day(self.told_on),
            "told_how": self.told_how,
            "not_told_why": self.not_told_why,
            "accepted_by": self.accepted_by,
            "accepted_on": _day(self.accepted_on),
            "referrer_told": self.referrer_told,
            "ask_on": _day(self.ask_on),
        }


Before = Callable[[OpenCase, Ending], None]
_before: list[Before] = []


def before(look: Before) -> None:
    """Have a room asked before a case ends. `app.py` hands the functions in.

    Args:
        look: is given the case, held, and its ending; it raises Invalid where something has to be done first.
    """
    if look not in _before:
        _before.append(look)


def check(case: OpenCase, ending: Ending) -> None:
    """Go on only where a case may end so.

    Raises:
        Invalid: what this reason asks for is missing, or the case says otherwise.
    """
    _check_told(ending)
    _check_reason(case, ending)
    for look in _before:
        look(case, ending)


def check_codes(ending: Ending) -> None:
    """Go on only where every code is one.

    Raises:
        Invalid: one is none, or words are too long.
    """
    codes.load("closing_reasons").code(ending.reason)
    codes.load("answers").code(ending.person_told)
    codes.load("answers").code(ending.copy_offered)
    codes.load("referrer_told").code(ending.referrer_told)
    for name in ("told_how", "not_told_why", "accepted_by", "dates_done"):
        if len(getattr(ending, name)) > LONGEST:
            raise Invalid("This is too long: %(most)s characters at most.", name, most=LONGEST)


def _check_told(ending: Ending) -> None:
    """The person was told, when and how; or why not."""
    if ending.person_told == _YES:
        _needs(ending.told_on, Invalid("Say on which day the person was told.", "told_on"))
        _needs(ending.told_how.strip(), Invalid("Say how the person was told.", "told_how"))
        _not_to_come(ending.told_on, "told_on")
    elif not ending.facts.get("silent"):
        _needs(ending.not_told_why.strip(), Invalid("Say why the person was not told.", "not_told_why"))


def _check_reason(case: OpenCase, ending: Ending) -> None:
    facts = ending.facts
    if facts.get("reached") and _deported(case):
        raise Invalid(
            "The person was returned or deported, and this case is about that. It is never a success: choose"
            " “Deported, monitored after return”.",
            "reason",
        )
    if facts.get("accepted"):
        _needs(ending.accepted_by.strip(), Invalid("Say who took the case on.", "accepted_by"))
        _needs(ending.accepted_on, Invalid("Say on which day they accepted it.", "accepted_on"))
        _not_to_come(ending.accepted_on, "accepted_on")
    if facts.get("monitored"):
        _needs(ending.ask_on, Invalid("Agree on a day on which somebody asks how they are.", "ask_on"))
        if ending.ask_on and ending.ask_on <= clock.today():
            raise Invalid("This day has passed. Choose one to come.", "ask_on")
    if "tries" in facts:
        _check_tries(case, facts["tries"], timedelta(days=facts["days"]))


def _deported(case: OpenCase) -> bool:
    """Whether a case that is mainly about detention or deportation says that the person was taken away."""
    if not case.kinds or case.kinds[0] not in {key.split(".")[0] for key in _DEPORTED}:
        return False
    legal = case.section(Section.LEGAL).values
    return any(legal.get(key) and sign in (None, legal[key]) for key, sign in _DEPORTED.items())


def _check_tries(case: OpenCase, tries: int, days: timedelta) -> None:
    """Contact is lost only after several tries over a while, each of them noted."""
    made = sorted(one.when.date() for one in entries.readable(case) if _is_try(one.type))
    if len(made) < tries or made[-1] - made[0] < days:
        raise Invalid(
            "Contact is lost only after %(tries)s tries over %(days)s days, each by a way that was agreed to be"
            " safe. Note each of them on the case as a call or a visit.",
            "reason",
            tries=tries,
            days=days.days,
        )


def _is_try(type_: str) -> bool:
    listed = codes.load("entry_types")
    return type_ in listed and bool(listed.code(type_).facts.get("tries"))


def _needs(answer: object, otherwise: Invalid) -> None:
    if not answer:
        raise otherwise


def _not_to_come(day: date | None, name: str) -> None:
    if day is not None and day > clock.today():
        raise Invalid("This day is still to come.", name)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
