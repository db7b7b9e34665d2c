"""Reaching the person, or somebody around them: the rule first, then the number; each showing is recorded.

Whoever goes against the rule gives a reason, and the coordinators are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, heads_up, opening, safe_contact, sections
from casework.cases.changing import Differing, changing, following
from casework.cases.opening import OpenCase
from casework.cases.safe_contact import LEADS_THERE, RULE, WAYS, Obstacle, Rule
from casework.errors import Invalid
from casework.vault import Section

LONGEST_REASON = 300
#: What is recorded, by whether it was the person's own number.
_SHOWN = {True: Event.CONTACT_SHOWN, False: Event.AROUND_SHOWN}


class Stopped(Invalid):
    """The rule stands against reaching the person now.

    Args:
        obstacles: what stands against it.
    """

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__("Not now. Read below why; if it cannot wait, say why.", "reason")
        self.obstacles = obstacles


@dataclass(frozen=True)
class Read:
    """The rule as it is read before anything is shown.

    Attributes:
        case: the case.
        rule: its rule; the ways in it have lost what leads to the person.
        obstacles: what stands against reaching them now.
        rev: of the section, to be sent back with a change.
    """

    case: OpenCase
    rule: Rule
    obstacles: tuple[Obstacle, ...]
    rev: int


def read(actor: Actor, ref: str, around: UUID | None = None) -> Read:
    """The rule, without any number; opening it is recorded.

    Args:
        actor: who wants to reach somebody.
        ref: the case's reference.
        around: whom, of the people around it; the person, if left out. So everywhere in this file.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CONTACT_SHOW)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=RULE)
    rule = safe_contact.of(case, around)
    bare = tuple({key: part for key, part in way.items() if key not in LEADS_THERE} for way in rule.ways)
    shown = Rule(bare, rule.told, rule.window, rule.confirmed_at)
    return Read(case, shown, _obstacles(case, rule, around), case.section(Section.IDENTITY).rev)


def _obstacles(case: OpenCase, rule: Rule, around: UUID | None) -> tuple[Obstacle, ...]:
    """What the rule says against it, and what the person themselves said."""
    refused = around is None and bool(rule.ways) and gate.unwanted(case)
    return (*((Obstacle.UNWANTED,) if refused else ()), *rule.obstacles(clock.now()))


def show(
    actor: Actor, ref: str, *, has_read: bool, reason: str = "", around: UUID | None = None
) -> tuple[Mapping[str, Any], ...]:
    """The ways to reach the person, numbers and all: the safe ones; all of them against a reason.

    Args:
        actor: who wants to reach them.
        ref: the case's reference.
        has_read: whether they ticked that they read the rule.
        reason: why it cannot wait, where something stands against it.
        around: as in `read`.

    Raises:
        Invalid: the rule was not read.
        Stopped: something stands against it, and no reason is given.
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CONTACT_SHOW)
    if not has_read:
        raise Invalid("Read the rule first, and tick that you did.", "read")
    rule, reason = safe_contact.of(case, around), " ".join(reason.split())[:LONGEST_REASON]
    against = _obstacles(case, rule, around)
    if against and not reason:
        raise Stopped(against)
    shown = _SHOWN[around is None]
    if not against:
        audit.record(actor.desk, shown, case=case.keys)
        return tuple(filter(safe_contact.is_safe, rule.ways))
    with following(actor, ref) as held:
        audit.record(actor.desk, shown, case=held.keys)
        _against_the_rule(held, against, reason)
    return rule.ways


def _against_the_rule(case: OpenCase, against: tuple[Obstacle, ...], reason: str) -> None:
    audit.record(
        case.actor.desk, Event.CONTACT_OVERRIDDEN, case=case.keys, against=sorted(against), reason=reason
    )
    heads_up.tell(case, heads_up.What.OVERRIDDEN, reason)


def to_change(actor: Actor, ref: str, around: UUID | None = None) -> tuple[OpenCase, Rule, int]:
    """The rule with its numbers and the revision of both, for a form that changes them.

    Only after `show` has let somebody see them, or with what they sent themselves.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CASE_WORK)
    return case, safe_contact.of(case, around), case.section(Section.IDENTITY).rev


def save(
    actor: Actor,
    ref: str,
    ways: Sequence[Mapping[str, Any]],
    told: Mapping[str, Any],
    rev: int,
    around: UUID | None = None,
) -> OpenCase:
    """Keep how somebody may be reached, as it was said just now.

    Args:
        actor: who asked them.
        ref: the case's reference.
        ways: rows of the question `reach`.
        told: answers of `config/safe_contact.toml`.
        rev: the revision that the sender had seen.
        around: as in `read`.

    Raises:
        Differing: somebody else saved meanwhile.
        Invalid: the hours make no window, or nothing allows to keep a number.
    """
    window = safe_contact.window_of(told)
    with changing(actor, ref, Action.CASE_WORK) as case:
        now = case.section(Section.IDENTITY)
        changed = {WAYS: list(ways) or None, RULE: safe_contact.written(told, window, clock.now())}
        if now.rev != rev:
            raise Differing(now, changed, rev)
        asks = {WAYS: changed[WAYS], RULE: told or None}
        gate.pass_through(case, Section.IDENTITY, safe_contact.changed_for(case, around, asks))
        sections.put(case, Section.IDENTITY, safe_contact.changed_for(case, around, changed))
    return case


def confirm(actor: Actor, ref: str, *, still: bool, around: UUID | None = None) -> OpenCase:
    """The person said, at this contact, whether the way to reach them is still safe.

    Where it is not, every way counts as unsafe from now on. This needs no consent: it says nothing new
    about the person, and protects them.

    Raises:
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        answer(case, still=still, around=around)
    return case


def answer(case: OpenCase, *, still: bool, around: UUID | None = None) -> None:
    """The same on a case that is being changed."""
    rule = safe_contact.of(case, around)
    if not rule.ways:
        return
    changed: dict[str, Any] = {RULE: safe_contact.written(rule.told, rule.window, clock.now())}
    if not still:
        changed[WAYS] = [{**way, "safe": "no"} for way in rule.ways]
    sections.put(case, Section.IDENTITY, safe_contact.changed_for(case, around, changed))
