"""Claims of several people as one schedule: only of those who agreed to stand beside others, by their references."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening, references
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NeedsReason, NotFound
from casework.evidence import service as evidence
from casework.money.account import proof, reading, sums
from casework.money.account.counting import calculation
from casework.money.amounts import Money
from casework.money.calculators import calculate
from casework.money.group import GroupQuestion, Member
from casework.money.rules import RuleBook
from casework.money.working import Working
from casework.people import consents

#: The agreement to stand beside others in the same situation.
LINK: Final = "link"
MOST: Final = 60


@dataclass(frozen=True)
class Together:
    """A schedule of several people.

    Attributes:
        members: a row for each, by reference.
        working: sums, the middle claim, and what a board does not take.
        proofs: by reference, the numbers of the files and papers that prove lines of that ledger.
    """

    members: tuple[Member, ...]
    working: Working
    proofs: Mapping[str, tuple[int, ...]]


def read_refs(text: str) -> list[str]:
    """The references that somebody typed, each once, in any order and with anything between them.

    Raises:
        Invalid: one of them is none, there are fewer than two, or too many.
    """
    typed = [one for one in re.split(r"[\s,;،؛]+", text) if one]
    found = {one: references.read(one) for one in typed}
    if wrong := [one for one, ref in found.items() if ref is None]:
        raise Invalid("“%(ref)s” is no reference. Look at its letters again.", "refs", ref=wrong[0][:20])
    known = sorted({ref for ref in found.values() if ref})
    if not 1 < len(known) <= MOST:
        raise Invalid("Name at least two cases, and at most %(most)s.", "refs", most=MOST)
    return known


def schedule_of(actor: Actor, refs: Sequence[str], book: RuleBook, forum: str = "") -> Together:
    """The claims of several people as one schedule; each case that is opened for it is recorded.

    Args:
        actor: who may open all of them.
        refs: of the cases.
        book: of rules.
        forum: id of the rule on what a board takes, or empty.

    Raises:
        Invalid: one of them cannot be opened, did not agree to stand beside others, or claims nothing yet.
    """
    cases = [_opened(actor, ref) for ref in refs]
    _insist(cases)
    members = tuple(_member(case, book) for case in cases)
    proofs = {
        case.row.ref: proof.numbers(reading.of_case(case), evidence.listing(case).pieces) for case in cases
    }
    return Together(members, calculate(GroupQuestion(members, forum), book), proofs)


def _opened(actor: Actor, ref: str) -> OpenCase:
    try:
        case = opening.load(actor, ref, Action.PAPER_MAKE)
    except NotFound:
        raise Invalid("There is no case %(ref)s here.", "refs", ref=ref) from None
    except NeedsReason:
        raise Invalid("Open %(ref)s first, and say why: it is somebody else's.", "refs", ref=ref) from None
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="ledger")
    return case


def _insist(cases: Iterable[OpenCase]) -> None:
    """Go on only if everybody agreed to stand beside others."""
    missing = [case.row.ref for case in cases if consents.live(case.actor, case.keys, LINK) is None]
    if missing:
        raise Invalid(
            "Not everybody agreed to be linked with others in the same situation: %(refs)s. Ask them first.",
            "refs",
            refs=", ".join(missing),
        )


def _member(case: OpenCase, book: RuleBook) -> Member:
    """The stages of a case; what is owed by its ledger counts as claimed where no claim was entered."""
    ledger = reading.of_case(case)
    stages = sums.stages(ledger)
    there = {
        name: Money(value.minor, value.currency)
        for name in ("claimed", "documented", "awarded", "paid")
        if (value := getattr(stages, name)) is not None
    }
    if "claimed" not in there:
        working = calculation(ledger, book, clock.today()).working("wages")
        owed = working.results.get("owed") if working else None
        if not isinstance(owed, Money) or owed.minor < 0:
            raise Invalid("Nothing is claimed in %(ref)s yet.", "refs", ref=case.row.ref)
        there = {name: value for name, value in there.items() if value.currency == owed.currency}
        there["claimed"] = owed
    return Member(case.row.ref, **there)
