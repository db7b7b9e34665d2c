"""Contact with somebody outside: only what the person agreed to, and with a home state only by two people.

Each is a row of the neutral table, sealed like a note: that it was asked for, and what somebody else decided.
Sources: casework practice §5, rules 3 and 11.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import heads_up, neutral, opening
from casework.cases import left as left_rule
from casework.cases.changing import changing
from casework.cases.left import Left
from casework.cases.opening import OpenCase, State
from casework.errors import Invalid, NotFound, Refused
from casework.vault import Section

#: What such an entry is; no form offers it as a note.
ASKED, DECIDED = "outside", "outside_decided"
#: Every question, of whatever kind, that asks whether somebody is afraid to return.
FEAR = "fear"
_ASYLUM = "asylum_raised"
#: What it means where nobody asked whether they speak for the home state; of anybody else it means no.
_NOT_ASKED = {"authority": "unknown"}
_SECTION = Section.LEGAL

_Body = dict[str, Any]


@dataclass(frozen=True)
class Going:
    """What is to go outside.

    Attributes:
        purpose: of the list `consent_purposes`, one that names a recipient.
        recipient: to whom, as the consent names them.
        data: what exactly they will learn.
        home_state: whether whoever learns it is an authority of the country that the person comes from (`answers`);
            empty where that was not asked, which of an authority means not known.
    """

    purpose: str
    recipient: str
    data: str
    home_state: str = ""

    @property
    def by_two(self) -> bool:
        """Whether a second person has to release it: an embassy, or anybody who may speak for the home state."""
        facts = codes.load("consent_purposes").code(self.purpose).facts
        return (
            bool(facts.get("two_people")) or (self.home_state or _NOT_ASKED.get(self.purpose, "no")) != "no"
        )


@dataclass(frozen=True)
class Contact:
    """A contact outside, and what became of it.

    Attributes:
        id: of the entry that asked for it.
        going: what was to go.
        by: who asked.
        at: when.
        released: whether it may go; None while a second person has not decided.
        decided_by: who decided, where a second person had to.
        left_at: when it could leave.
    """

    id: UUID
    going: Going
    by: UUID
    at: datetime
    released: bool | None
    decided_by: UUID | None
    left_at: datetime | None


def ask(actor: Actor, ref: str, going: Going, form_token: UUID) -> UUID:
    """Say what is to go outside. It may go at once, or waits for a second person.

    Args:
        actor: who wants to speak to somebody outside.
        ref: the case's reference.
        going: what, and to whom.
        form_token: of the form; the same one twice asks once.

    Returns:
        The id of the entry.

    Raises:
        Invalid: the person has not agreed to this for this recipient, or is or may be afraid of their state.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.OUTSIDE_RECORD) as case:
        return put(case, going, form_token)


def put(case: OpenCase, going: Going, form_token: UUID) -> UUID:
    """The same on a case that is being changed. Arguments and errors are those of `ask`."""
    known = neutral.sent_before(case, form_token)
    if known is not None:
        return known.id
    check(case, going)
    value = {
        "type": ASKED,
        "purpose": going.purpose,
        "recipient": going.recipient.strip(),
        "data": going.data.strip(),
        "home_state": going.home_state,
        "two": going.by_two,
    }
    row = neutral.add(case, _SECTION, value | _stamp(case), form_token)
    audit.record(
        case.actor.desk, Event.OUTSIDE_ASKED, case=case.keys, entry=str(row.id), purpose=going.purpose
    )
    if going.by_two:
        heads_up.tell(case, heads_up.What.RELEASE)
    return row.id


def decide(actor: Actor, ref: str, entry_id: UUID, *, release: bool) -> None:
    """The second person releases it, or does not. Everything is checked anew: much may have changed since.

    Raises:
        Invalid: this is the person who asked, it was decided already, or it is not allowed any more.
        NotFound, Denied: not for this person, or there is no such contact.
    """
    with changing(actor, ref, Action.OUTSIDE_RELEASE) as case:
        asked = next((one for one in listing_of(case) if one.id == entry_id), None)
        if asked is None:
            raise NotFound
        if asked.released is not None:
            raise Invalid("This was decided already.")
        if asked.by == actor.user_id:
            raise Invalid("A second person has to decide this: not who asked.")
        if release:
            check(case, asked.going)
        decision = {"type": DECIDED, "of": str(entry_id), "release": release}
        neutral.add(case, _SECTION, decision | _stamp(case), uuid4())
        event = Event.OUTSIDE_RELEASED if release else Event.OUTSIDE_DECLINED
        audit.record(actor.desk, event, case=case.keys, entry=str(entry_id), purpose=asked.going.purpose)
        if not any(one.released is None and one.id != entry_id for one in listing_of(case)):
            heads_up.settle(case, heads_up.What.RELEASE)


def check(case: OpenCase, going: Going) -> None:
    """Whether this may go out today.

    Raises:
        Invalid: it may not; the sentence says what to do first.
    """
    purposes = codes.load("consent_purposes")
    if going.purpose not in purposes or not purposes.code(going.purpose).facts.get("recipient"):
        raise Invalid("Choose for what somebody outside is to be spoken to.", "purpose")
    if not going.recipient.strip():
        raise Invalid("Please answer this one.", "recipient")
    if not going.data.strip():
        raise Invalid("Please answer this one.", "data")
    if left_rule.agreed(case, going.purpose, going.recipient) is None:
        raise Invalid(
            "They have not agreed to this, for this recipient. Ask them, and write their answer down first.",
            "recipient",
        )
    if going.by_two:
        _check_fear(case)


def _check_fear(case: OpenCase) -> None:
    """A home state learns nothing while its citizen may be afraid of it; not asked is not "no"."""
    legal = case.section(Section.LEGAL)
    said = {value for key, value in legal.values.items() if key.rpartition(".")[2] == FEAR}
    asylum = {value for key, value in legal.values.items() if key.rpartition(".")[2] == _ASYLUM}
    if legal.state is not State.OPEN or said != {"no"} or asylum & {"yes", "unknown"}:
        raise Invalid(
            "The home state is not contacted until the person, asked alone, says that they are not afraid to return."
            " Ask, and write the answer in the legal part of the case first.",
            "home_state",
        )


def listing(actor: Actor, ref: str) -> tuple[OpenCase, list[Contact]]:
    """The contacts outside of a case, newest first; opening them is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.OUTSIDE_RECORD)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="outside")
    return case, listing_of(case)


def listing_of(case: OpenCase) -> list[Contact]:
    """The same, of a case that is open. What does not open is recorded, and counts as no release."""
    asked, decided = dict[UUID, _Body](), dict[str, _Body]()
    for row in neutral.rows(case, _SECTION):
        try:
            body = neutral.opened(case, row, _SECTION)
        except Refused:
            case.complain(neutral.BODY.name)
            continue
        if body.get("type") == ASKED:
            asked[row.id] = body
        elif body.get("type") == DECIDED:
            decided[body["of"]] = body
    found = [_contact(row_id, body, decided.get(str(row_id))) for row_id, body in asked.items()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _stamp(case: OpenCase) -> _Body:
    return {"by": str(case.actor.user_id), "at": clock.now().isoformat()}


def _contact(row_id: UUID, asked: _Body, decision: _Body | None) -> Contact:
    going = Going(*(asked[key] for key in ("purpose", "recipient", "data", "home_state")))
    at, released, decided_by, left_at = datetime.fromisoformat(asked["at"]), None, None, None
    if not asked["two"]:
        released, left_at = True, at
    elif decision and decision["by"] != asked["by"]:
        released, decided_by = bool(decision["release"]), UUID(decision["by"])
        left_at = datetime.fromisoformat(decision["at"]) if released else None
    return Contact(row_id, going, UUID(asked["by"]), at, released, decided_by, left_at)


def left(case: OpenCase) -> list[Left]:
    """What left by this way, for `left.everything`."""
    return [
        Left(one.going.purpose, one.going.recipient, one.going.data, one.left_at)
        for one in listing_of(case)
        if one.left_at is not None
    ]
