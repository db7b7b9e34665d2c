"""The consents of a case, and what follows from an answer to casework."""

from collections.abc import Callable
from uuid import UUID

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import exceptions, gate, heads_up, joined, left, opening, questions, sections
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.cases.person_held import changing_all
from casework.people import consents
from casework.people.consents import CASEWORK, Answer, Consents
from casework.vault import Section, keeping

#: What is kept only because the person agreed to casework.
_IDENTIFYING = (Section.IDENTITY, Section.SAFETY)


_after_change: list[Callable[[OpenCase], None]] = []


def on_change(tell: Callable[[OpenCase], None]) -> None:
    """Have a function called whenever an answer was written down or taken back: what stood on it may have to end.

    Args:
        tell: is given the case, held; it may sign for the desk's chain.
    """
    if tell not in _after_change:
        _after_change.append(tell)


def _changed(case: OpenCase) -> None:
    for tell in _after_change:
        tell(case)


def record(actor: Actor, ref: str, answer: Answer, form_token: UUID) -> UUID:
    """Write down one answer to one question, and act on it.

    A yes to casework ends an emergency and keeps what was saved in it; a no takes that away at once.

    Args:
        actor: who asked.
        ref: the case's reference.
        answer: what was answered.
        form_token: of the form; the same one twice makes one record.

    Returns:
        The id of the record.

    Raises:
        Invalid: the answer does not count, or is incomplete.
    """
    # A no is one for all cases of this person.
    door = changing if answer.given else changing_all
    with door(actor, ref, Action.CONSENT_RECORD, also_closed=not answer.given) as case:
        # What ends with an answer is signed into the chain, whose turn comes before that of the record.
        keeping.hold_chain(actor.desk.desk_id)
        consent_id = consents.record(actor, case.keys, answer, form_token)
        _drop_unagreed(case, answer.purpose)
        if answer.purpose == CASEWORK:
            _follow(case)
        _changed(case)
        if not answer.given:
            _in_others(case, answer)
    return consent_id


def _follow(case: OpenCase) -> None:
    """Act on what is true now, not on the form: it may be an old one that was sent again."""
    newest = consents.listing(case.actor, case.keys).newest(CASEWORK)
    if consents.live(case.actor, case.keys, CASEWORK):
        exceptions.settle(case)
    elif newest is not None and not newest.answer.given:
        exceptions.end(case)


def withdraw(actor: Actor, ref: str, consent_id: UUID) -> None:
    """The person takes a consent back; also on a closed case, and at once.

    Raises:
        NotFound: this case has no such consent.
    """
    with changing_all(actor, ref, Action.CONSENT_RECORD, also_closed=True) as case:
        keeping.hold_chain(actor.desk.desk_id)
        told = {one.id: one.answer for one in consents.listing(actor, case.keys).told}
        consents.withdraw(actor, case.keys, consent_id)
        _drop_unagreed(case, told[consent_id].purpose)
        _changed(case)
        _tell_what_left(case, told[consent_id])
        _in_others(case, told[consent_id])


def _in_others(case: OpenCase, refused: Answer) -> None:
    """A no is one for all cases of this person that are joined: none of them says yes to the same any more."""
    for other in joined.each(case):
        said = consents.live(case.actor, other.keys, refused.purpose, refused.recipient)
        if said is None:
            continue
        consents.withdraw(case.actor, other.keys, said.id)
        _drop_unagreed(other, refused.purpose)
        if refused.purpose == CASEWORK:
            _follow(other)
        _changed(other)
        _tell_what_left(other, said.answer)


def _drop_unagreed(case: OpenCase, purpose: str) -> None:
    """How somebody describes themselves, and who tells them of meetings, goes with the agreement, at once."""
    if purpose not in (gate.PROFILE, gate.ORGANISE) or consents.live(case.actor, case.keys, purpose):
        return
    held = case.section(Section.PROFILE).values
    gone = [key for key in held if (key in gate.TELLS_OF_MEETINGS) is (purpose == gate.ORGANISE)]
    if gone:
        sections.put(case, Section.PROFILE, dict.fromkeys(gone))


def _tell_what_left(case: OpenCase, answer: Answer) -> None:
    """What left cannot be fetched back: the coordinators are told who has it."""
    gone = left.everything(case, answer.purpose, answer.recipient)
    if gone:
        whom = dict.fromkeys(one.recipient for one in gone)
        heads_up.tell(case, heads_up.What.WITHDRAWN, "; ".join(whom))


def take_out(actor: Actor, ref: str) -> OpenCase:
    """Take out whatever identifies the person: name, numbers, their safety plan; also on a closed case.

    Raises:
        NotFound, Denied: not for this person.
        Refused: the section does not open.
    """
    with changing(actor, ref, Action.CONSENT_RECORD, also_closed=True) as case:
        for section in _IDENTIFYING:
            if held := case.section(section).values:
                sections.put(case, section, dict.fromkeys(held))
    return case


def unasked(case: OpenCase) -> bool:
    """Whether something that identifies the person is kept although nothing allows it any more.

    Nothing is taken away by itself: what was kept lawfully may be needed to undo what was done with it. So
    the page asks, at once.
    """
    values = [value for section in _IDENTIFYING for value in case.section(section).values.values()]
    if not any(map(questions.given, values)):
        return False
    return not gate.allowed(case)


def listing(actor: Actor, ref: str) -> Consents:
    """Every consent of a case, newest first."""
    return consents.listing(actor, opening.load(actor, ref).keys)
