"""What a person is asked, and when their answer counts: one purpose at a time, freely, understood.

Sources: casework practice §5, rules 1 to 4; the elements of 42 CFR 2.31; 90 days as in RCW 70.123.076.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from casework import clock, codes
from casework.errors import Invalid

#: The purpose without which nothing that identifies a person is kept.
CASEWORK = "casework"

#: A consent without a shorter end lasts as long as a closed case keeps its names.
LONGEST = timedelta(days=731)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer to one question, as it was given.

    Attributes:
        purpose: of the list `consent_purposes`; there is none for everything.
        given: yes or no.
        how: of the list `consent_given`.
        language: in which it was asked, of the list `languages`.
        interpreter: of the list `interpreter_kinds`.
        present: who else was there, of the list `present`; "nobody" is said, not left out.
        recipient: to whom something may go, where the purpose names one.
        data: which of the details may go there, in words.
        ends_on: the last day; the purpose's own span, if left out.
        said_on: the day on which it was said, where it was written down later, as from paper; today, if left out.
    """

    purpose: str
    given: bool
    how: str
    language: str
    interpreter: str
    present: tuple[str, ...]
    recipient: str = ""
    data: str = ""
    ends_on: date | None = None
    said_on: date | None = None


def check(answer: Answer) -> None:
    """Whether an answer counts. A yes has to be shown to be free and understood; a no needs no proof.

    What is told beside a no is looked at as closely: a no that an employer listened to is none either.

    Raises:
        Invalid: with a sentence that says what to do instead.
    """
    purpose = _known("consent_purposes", answer.purpose, "purpose")
    if answer.given or answer.how:
        _known("consent_given", answer.how, "how")
    if answer.given or answer.language:
        _known("languages", answer.language, "language")
    if answer.given or answer.present:
        _check_alone(answer.present)
    if answer.given or answer.interpreter:
        _check_interpreter(answer.interpreter)
    _check_what(answer, purpose)
    _check_said(answer)
    if answer.given or answer.ends_on:
        _check_end(last_day(answer))


def _check_interpreter(who: str) -> None:
    if not _known("interpreter_kinds", who, "interpreter").facts.get("allowed"):
        raise Invalid(
            "An answer through this interpreter does not count. Find one who is neither family nor employer"
            " nor agent, and ask again.",
            "interpreter",
        )


def _check_what(answer: Answer, purpose: codes.Code) -> None:
    """To whom, and of a yes also what: nobody agrees to "something" going "somewhere"."""
    if not purpose.facts.get("recipient"):
        return
    if not answer.recipient.strip():
        raise Invalid("Say to whom: an agreement without a name is for nobody.", "recipient")
    if answer.given and not answer.data.strip():
        raise Invalid("Say which of their details may go there.", "data")


def _known(listed: str, key: str, field: str) -> codes.Code:
    """A code of a list; left out or unknown, it is said beside its question."""
    if key not in codes.load(listed):
        raise Invalid("Please answer this one.", field)
    return codes.load(listed).code(key)


def _check_alone(present: tuple[str, ...]) -> None:
    if not present:
        raise Invalid("Say who was present, or that nobody else was.", "present")
    if "nobody" in present and len(present) > 1:
        raise Invalid("Either nobody else was there, or somebody was: choose one of the two.", "present")
    if not all(_known("present", who, "present").facts.get("allowed") for who in present):
        raise Invalid(
            "An answer beside an employer, agent, partner or anybody with power over the person does not"
            " count. Ask again when the person is alone.",
            "present",
        )


def _check_said(answer: Answer) -> None:
    """Said on a day that has come, and not so long ago that it has run out since."""
    if answer.said_on is None:
        return
    if answer.said_on > clock.today() + timedelta(days=1):
        raise Invalid("This day is still to come. Check the year, or choose another calendar.", "said_on")
    if answer.given and answer.ends_on is None and last_day(answer) < clock.today():
        raise Invalid("What they agreed to on that day has run out. Ask them again.", "said_on")


def _check_end(last: date) -> None:
    if last < clock.today():
        raise Invalid("This day has passed. Choose a later one.", "ends_on")
    if last > clock.today() + LONGEST:
        raise Invalid("An agreement lasts two years at most. Choose an earlier day.", "ends_on")


def last_day(answer: Answer) -> date:
    """The last day of an answer: as it was said, or by its purpose from the day on which it was said."""
    days = codes.load("consent_purposes").fact(answer.purpose, "expires_days")
    span = timedelta(days=days) if days else LONGEST
    return answer.ends_on or (answer.said_on or clock.today()) + span
