"""People around a case: family, dependants, witnesses, an interpreter, the employer's people.

They did not come to us, so less is kept of them than of the person: what they are called, who they are, what
may be told to them. They lie with what identifies the person, and go when that goes. How they are reached has a
rule of its own for each of them (`safe_contact`). No search finds them: their name must not lead to a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, opening, sections
from casework.cases.changing import Differing, changing
from casework.cases.opening import OpenCase
from casework.cases.questions import given
from casework.cases.safe_contact import AROUND, RULE, WAYS, answers_of
from casework.errors import Invalid
from casework.vault import Section

#: More would be a list of a workplace, which is what a group is for.
MOST = 20
_ID = "id"


@dataclass(frozen=True)
class Around:
    """Somebody around a case.

    Attributes:
        id: of theirs, within the case.
        told: the answers of `config/around.toml`.
        reachable: whether a way to reach them is written down; it is shown after its rule was read.
    """

    id: UUID
    told: Mapping[str, Any]
    reachable: bool

    @property
    def family(self) -> bool:
        """Whether they are of the person's own family, or depend on them."""
        return bool(codes.load("around_roles").fact(self.told.get("role", ""), "family"))


def look(actor: Actor, ref: str) -> tuple[OpenCase, tuple[Around, ...]]:
    """Who is around a case; opening this is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=AROUND)
    return case, listed(case)


def listed(case: OpenCase) -> tuple[Around, ...]:
    """Who is around a case that is open, in the order in which they were entered."""
    return tuple(map(_read, _stored(case)))


def one(case: OpenCase, person: UUID) -> Around:
    """Somebody around a case.

    Raises:
        NotFound: this case has nobody of that id.
    """
    return _read(answers_of(case, person))


def to_change(actor: Actor, ref: str, person: UUID | None) -> tuple[OpenCase, Around | None, int]:
    """Somebody to change, or nobody for a new one, and the revision to send back; recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CASE_WORK)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=AROUND)
    return case, one(case, person) if person else None, case.section(Section.IDENTITY).rev


def add(actor: Actor, ref: str, told: Mapping[str, Any], form_token: UUID) -> OpenCase:
    """Write somebody down.

    Args:
        actor: who writes.
        ref: the case's reference.
        told: answers of `config/around.toml`.
        form_token: of the form; the same one twice writes one person.

    Raises:
        Invalid: nothing allows to keep this, or there are too many.
    """
    _check(told)
    with changing(actor, ref, Action.CASE_WORK) as case:
        people = _stored(case)
        if all(known[_ID] != str(form_token) for known in people):
            if len(people) >= MOST:
                raise Invalid("There are %(most)s people around this case already.", most=MOST)
            _put(case, [*people, {_ID: str(form_token), **_tidy(told)}])
    return case


def change(actor: Actor, ref: str, person: UUID, told: Mapping[str, Any], rev: int) -> OpenCase:
    """Correct what is kept of somebody; how they are reached is not touched.

    Args:
        actor: who writes.
        ref: the case's reference.
        person: whom.
        told: all answers of `config/around.toml`.
        rev: the revision that the sender had seen.

    Raises:
        Differing: somebody else saved meanwhile.
        NotFound: this case has nobody of that id, or not any more.
        Invalid: nothing allows to keep this.
    """
    _check(told)
    with changing(actor, ref, Action.CASE_WORK) as case:
        now = answers_of(case, person)
        kept = {key: now[key] for key in (_ID, WAYS, RULE) if key in now}
        new = kept | _tidy(told)
        if new != now:
            if case.section(Section.IDENTITY).rev != rev:
                raise Differing(_read(now), dict(told), rev)
            _put(case, [new if known is now else known for known in _stored(case)])
    return case


def take_out(actor: Actor, ref: str, person: UUID) -> OpenCase:
    """Forget somebody, with every way to reach them; needs no consent, also on a closed case.

    Raises:
        NotFound: this case has nobody of that id.
    """
    with changing(actor, ref, Action.CASE_WORK, also_closed=True) as case:
        gone = answers_of(case, person)
        _put(case, [known for known in _stored(case) if known is not gone])
    return case


def for_copy(case: OpenCase) -> dict[str, Any]:
    """What the person's copy tells of others, as JSON takes it, and that something is left out.

    Source: GDPR, article 15 (4): a copy must not harm the rights of others. What the person said of their own
    family is theirs too; of everybody else only the role is told, and of nobody how they are reached.
    """
    return {"people": [_copied(person) for person in listed(case)], "left_out": LEFT_OUT}


#: What of others is in no copy, for whoever reads the file by machine.
LEFT_OUT = ("name and place of those who are not family", "ways to reach them", "notes about them")
_OF_FAMILY = ("name", "age", "cared_by", "place")


def _copied(person: Around) -> dict[str, Any]:
    keys = ("role", "knows", *(_OF_FAMILY if person.family else ()))
    return {key: person.told[key] for key in keys if key in person.told}


def _stored(case: OpenCase) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = case.section(Section.IDENTITY).values.get(AROUND) or []
    return found


def _put(case: OpenCase, people: list[dict[str, Any]]) -> None:
    changed = {AROUND: people or None}
    gate.pass_through(case, Section.IDENTITY, changed)
    sections.put(case, Section.IDENTITY, changed)


def _read(stored: Mapping[str, Any]) -> Around:
    told = {key: value for key, value in stored.items() if key not in (_ID, WAYS, RULE)}
    return Around(UUID(stored[_ID]), told, bool(stored.get(WAYS)))


def _tidy(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if given(value)}


def _check(told: Mapping[str, Any]) -> None:
    if told.get("role") not in codes.load("around_roles"):
        raise Invalid("Please answer this one.", "role")
