"""Consents: recorded one by one, withdrawn at once, and asked for before anything is kept or leaves."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.people.answers import CASEWORK, Answer, check, last_day
from casework.people.models import Consent
from casework.vault import CaseKeys, Section, keeping
from casework.vault.catalogue import field

__all__ = ("CASEWORK", "Answer", "Consents", "Told", "listing", "live", "record", "withdraw")

_BODY = field("consent.body")
#: Answers and withdrawals up to this size look alike.
_FILL = 960


@dataclass(frozen=True)
class Told:
    """A consent as somebody reads it.

    Attributes:
        id: of its row.
        number: the how-manieth answer of this case it is; a later one replaces an earlier one.
        answer: what was answered, and how.
        at: when it was written down.
        by: who wrote it down.
        withdrawn_at: when the person took it back, if they did.
    """

    id: UUID
    number: int
    answer: Answer
    at: datetime
    by: UUID
    withdrawn_at: datetime | None

    def holds(self, on: date) -> bool:
        """Whether it is a yes that was not taken back and has not run out."""
        ends_on = self.answer.ends_on
        return self.answer.given and self.withdrawn_at is None and ends_on is not None and on <= ends_on

    def answers(self, purpose: str, recipient: str) -> bool:
        """Whether it is an answer to this question."""
        same = self.answer.recipient.casefold().strip() == recipient.casefold().strip()
        return self.answer.purpose == purpose and same


class Kept(NamedTuple):
    """A row as it was written: an answer, or that the answers to its question are taken back."""

    told: Told
    takes_back: bool


@dataclass(frozen=True)
class Consents:
    """The consents of a case.

    Attributes:
        told: those that open, newest first; what was taken back says when.
        refused: how many do not open; none of them counts as a yes.
        numbers: of every row that opens, answers and withdrawals alike.
        stated: how many rows there are, as the case's statement has it.
        whole: whether the rows are those of the statement, none changed, none gone.
    """

    told: tuple[Told, ...]
    refused: int
    numbers: frozenset[int] = frozenset()
    stated: int = 0
    whole: bool = True

    @property
    def last_number(self) -> int:
        """The number of the newest row, readable or not."""
        return max([len(self.numbers) + self.refused, self.stated, *self.numbers])

    def missing(self) -> set[int]:
        """The numbers of rows that do not open, or were taken out of the table."""
        return set(range(1, self.last_number + 1)) - self.numbers

    def newest(self, purpose: str, recipient: str = "") -> Told | None:
        """The last answer to a question, whatever it was: the one that counts."""
        return next((one for one in self.told if one.answers(purpose, recipient)), None)

    def live(self, purpose: str, recipient: str = "") -> Told | None:
        """The consent that allows something today, if there is one; see the function of this name."""
        given = self.given(purpose, recipient)
        return given if given and given.holds(clock.today()) else None

    def given(self, purpose: str, recipient: str = "") -> Told | None:
        """A yes that nobody took back, run out or not; none where a later answer may be out of sight.

        For who takes something away for good while the clock is doubted: by a wrong date nothing runs out.
        """
        newest = self.newest(purpose, recipient)
        stands = newest and newest.answer.given and newest.withdrawn_at is None and self.counts(newest)
        return newest if stands else None

    def counts(self, told: Told) -> bool:
        """Whether nothing that came after an answer, and could have ended it, is out of sight."""
        missing = self.missing()
        return max(missing) < told.number if missing else self.whole


def record(actor: Actor, case: CaseKeys, answer: Answer, form_token: UUID) -> UUID:
    """Write down one answer to one question.

    Args:
        actor: who asked.
        case: the case, opened.
        answer: what was answered; a no is written down too.
        form_token: of the form; the same one twice makes one record.

    Returns:
        The id of the record.

    Raises:
        Invalid: the answer does not count, because of who listened or interpreted, or is incomplete.
        Conflict: the token belongs to another case, or the desk's epoch moved.
    """
    policy.require(actor, Action.CONSENT_RECORD, case)
    check(answer)
    case = keeping.writable(actor.desk, case)
    known = db.session.scalar(select(Consent).where(Consent.form_token == form_token))
    if known is not None:
        return _same_case(known, case)
    known_so_far = listing(actor, case)
    _check_latest(answer, known_so_far)
    number = known_so_far.last_number + 1
    told = Told(uuid4(), number, replace(answer, ends_on=last_day(answer)), clock.now(), actor.user_id, None)
    row = _new_row(case, told, form_token)
    audit.record(actor.desk, Event.CONSENT_RECORDED, case=case, purpose=answer.purpose, consent=str(row.id))
    return row.id


def _check_latest(answer: Answer, known: Consents) -> None:
    """What was said before another answer to the same question, or on its day, does not come after it."""
    newest = known.newest(answer.purpose, answer.recipient)
    if answer.said_on is None or newest is None:
        return
    said = newest.withdrawn_at.date() if newest.withdrawn_at else newest.answer.said_on or newest.at.date()
    if answer.said_on <= said:
        raise Invalid(
            "They gave a later answer to this. What they said before does not count any more.", "said_on"
        )


def _same_case(known: Consent, case: CaseKeys) -> UUID:
    if known.case_id != case.case_id:
        raise Conflict
    return known.id


def _new_row(case: CaseKeys, told: Told, form_token: UUID, *, takes_back: bool = False) -> Consent:
    row = Consent(id=told.id, case_id=case.case_id, desk_id=case.desk_id, form_token=form_token)
    row.tag = case.tag(Section.HEADER)
    _seal(row, case, told, takes_back=takes_back)
    case.statement.add(_BODY, row.id, row.body)
    db.session.add(row)
    db.session.flush()
    return row


def withdraw(actor: Actor, case: CaseKeys, consent_id: UUID) -> None:
    """The person takes a consent back; a word is enough, and it ends at once.

    Every yes to the same question ends, so that no older one comes to life again. What was written down
    is not changed: the withdrawal is a row of its own, with the next number.

    Raises:
        NotFound: this case has no such consent, or it does not open.
    """
    policy.require(actor, Action.CONSENT_RECORD, case)
    case = keeping.writable(actor.desk, case)
    found = listing(actor, case)
    chosen = next((one for one in found.told if one.id == consent_id), None)
    if chosen is None:
        raise NotFound
    same = [one for one in found.told if one.answers(chosen.answer.purpose, chosen.answer.recipient)]
    if ending := [one for one in same if one.withdrawn_at is None]:
        gone = replace(chosen, id=uuid4(), number=found.last_number + 1, at=clock.now(), by=actor.user_id)
        _new_row(case, gone, uuid4(), takes_back=True)
        for one in ending:
            _record_withdrawal(actor, case, one)


def _record_withdrawal(actor: Actor, case: CaseKeys, told: Told) -> None:
    purpose, consent = told.answer.purpose, str(told.id)
    audit.record(actor.desk, Event.CONSENT_WITHDRAWN, case=case, purpose=purpose, consent=consent)


def listing(actor: Actor, case: CaseKeys) -> Consents:
    """Every consent of a case, newest first; one that does not open is counted and recorded.

    The rows are held against the case's statement: an answer that is gone, or was put there by somebody
    else, is noticed and recorded.
    """
    policy.require(actor, Action.CASE_OPEN, case)
    stored = select(Consent).where(Consent.case_id == case.case_id)
    rows, whole = case.statement.stored(_BODY, lambda: db.session.scalars(stored).all())
    kept, refused = list[Kept](), 0
    for row in rows:
        try:
            kept.append(_open(row, case))
        except Refused:
            refused += 1
    if refused or not whole:
        audit.record(actor.desk, Event.SEAL_REFUSED, case=case, where=_BODY.name)
    numbers = frozenset(one.told.number for one in kept)
    return Consents(_told(kept), refused, numbers, case.statement.count(_BODY), whole)


def _told(kept: list[Kept]) -> tuple[Told, ...]:
    """The answers, each with the moment of the first withdrawal that came after it."""
    gone = sorted((one.told for one in kept if one.takes_back), key=lambda one: one.number)
    told = [_ended(one.told, gone) for one in kept if not one.takes_back]
    # Two with one number can only be forged rows or rolled-back ones: then the no is believed.
    return tuple(sorted(told, key=lambda one: (-one.number, one.answer.given)))


def _ended(told: Told, gone: list[Told]) -> Told:
    ends = (
        one.at
        for one in gone
        if one.number > told.number and one.answers(told.answer.purpose, told.answer.recipient)
    )
    return replace(told, withdrawn_at=next(ends, None))


def live(actor: Actor, case: CaseKeys, purpose: str, recipient: str = "") -> Told | None:
    """The consent that allows something now, if there is one.

    The last answer to a question counts: a yes that was followed by a no is none any more. Neither is one
    that may have been: where a later answer does not open or is gone, the person is asked again.
    """
    return listing(actor, case).live(purpose, recipient)


def _seal(row: Consent, case: CaseKeys, told: Told, *, takes_back: bool) -> None:
    answer = told.answer
    ends_on = answer.ends_on or last_day(answer)
    value = {
        "number": told.number,
        "purpose": answer.purpose,
        "given": answer.given,
        "how": answer.how,
        "language": answer.language,
        "interpreter": answer.interpreter,
        "present": list(answer.present),
        "recipient": answer.recipient,
        "data": answer.data,
        "ends_on": ends_on.isoformat(),
        "said_on": answer.said_on.isoformat() if answer.said_on else None,
        "at": told.at.isoformat(),
        "by": str(told.by),
        "takes_back": takes_back,
    }
    value["fill"] = " " * (_FILL - len(json.dumps(value)))
    row.generation = case.generation
    row.body = case.seal(_BODY, row.id, Section.HEADER, value)


def _open(row: Consent, case: CaseKeys) -> Kept:
    value = case.open(_BODY, row.id, Section.HEADER, row.body)
    if not isinstance(value, dict):
        raise Refused
    told = Told(
        id=row.id,
        number=value["number"],
        answer=_answer(value),
        at=datetime.fromisoformat(value["at"]),
        by=UUID(value["by"]),
        withdrawn_at=None,
    )
    return Kept(told, value["takes_back"])


def _answer(value: dict[str, Any]) -> Answer:
    return Answer(
        purpose=value["purpose"],
        given=value["given"],
        how=value["how"],
        language=value["language"],
        interpreter=value["interpreter"],
        present=tuple(value["present"]),
        recipient=value["recipient"],
        data=value["data"],
        ends_on=date.fromisoformat(value["ends_on"]),
        said_on=date.fromisoformat(value["said_on"]) if value.get("said_on") else None,
    )
