"""Joining two cases of one person by hand, and taking them apart again: never by itself, never across desks.

The case that is kept is the one that lists show; the other one leads to it. Both stay whole (`cases.joined`). What
protects the person counts for both from then on: who may see them, a consent that is taken back, the end of the case.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import joined, opening, person_held, readers
from casework.cases.changing import CLOSED, changing
from casework.cases.joined import Mark
from casework.cases.opening import OpenCase
from casework.cases.readers import Named
from casework.errors import Invalid, Label, NotFound
from casework.people import consents
from casework.people.consents import Told
from casework.vault import Section

#: How many cases one can take in: more are no double entry, and would fill its header.
MOST = 4
LONGEST_REASON = 300


@dataclass(frozen=True)
class Beside:
    """Two cases beside each other, before they are joined.

    Attributes:
        kept, other: both opened.
        wish: who sees both afterwards; None for the whole desk.
    """

    kept: OpenCase
    other: OpenCase
    wish: Named

    @property
    def narrows(self) -> bool:
        """Whether fewer people see one of them afterwards."""
        return any(case.keys.named != self.wish for case in (self.kept, self.other))


def look(actor: Actor, ref: str) -> OpenCase:
    """Open a case, to join it with another one.

    Raises:
        NotFound, Denied, NeedsReason: not for this person, or not yet.
    """
    return opening.load(actor, ref, Action.CASE_JOIN)


def compare(actor: Actor, ref: str, other_ref: str) -> Beside:
    """Two cases beside each other; looking at both is recorded.

    Args:
        actor: somebody who may see both.
        ref: of the case that is kept.
        other_ref: of the one that will lead to it.

    Raises:
        NotFound, Denied, NeedsReason: one of them is not for this person, or not yet.
        Invalid: they cannot be joined.
    """
    kept, other = look(actor, ref), _other(actor, other_ref)
    _check(kept, other)
    for case in (kept, other):
        audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="compared")
    return Beside(kept, other, _strictest(kept, other))


def no_such_case() -> Invalid:
    """What is said of a reference that leads nowhere, and of what is none."""
    return Invalid("There is no case with this reference here.", "other")


def _other(actor: Actor, ref: str) -> OpenCase:
    try:
        return look(actor, ref)
    except NotFound:
        raise no_such_case() from None


def join(actor: Actor, ref: str, other_ref: str, reason: str) -> OpenCase:
    """Join two cases of one person. The same press twice joins once.

    Args:
        actor: who compared them; they must be able to see both.
        ref: of the case that is kept.
        other_ref: of the one that leads to it from now on.
        reason: why it is one person, in words.

    Raises:
        NotFound, Denied: one of them is not for this person.
        Invalid: they cannot be joined, or there is no reason.
    """
    reason = _said(reason)
    with _both(actor, ref, other_ref) as (kept, other):
        leads = joined.into(other)
        if leads is not None and leads.case_id == kept.id:
            return kept
        _check(kept, other)
        wish = _strictest(kept, other)
        for case in (kept, other):
            readers.narrow(case, wish)
        # Those that are joined already are of the same person: whoever may not see the one may not see them either.
        for before in joined.each(kept):
            readers.narrow(before, wish)
        joined.put(kept, other, clock.today(), reason)
        _recorded(Event.CASE_JOINED, kept, other, reason)
    return kept


def part(actor: Actor, ref: str, other_ref: str, reason: str) -> None:
    """Take two cases apart that were joined: both are as they stand, and each goes its own way again.

    Args:
        actor: somebody who may see both.
        ref, other_ref: of the two, in either order.
        reason: why, in words.

    Raises:
        NotFound, Denied: not for this person, or the two are not joined.
        Invalid: no reason.
    """
    reason = _said(reason)
    with _both(actor, ref, other_ref) as (one, other):
        if not (_leads(one, other) or _leads(other, one)):
            raise NotFound
        joined.drop(one, other.id)
        joined.drop(other, one.id)
        _recorded(Event.CASE_PARTED, one, other, reason)


def _leads(case: OpenCase, to: OpenCase) -> bool:
    leads = joined.into(case)
    said = {one.case_id for one in joined.took(to)}
    return case.id in said or (leads is not None and leads.case_id == to.id)


def forget(case: OpenCase) -> None:
    """A case is about to be erased: the others of this person say nothing of it any more, and stand alone."""
    for other in joined.each(case):
        joined.drop(other, case.id)


def prune(case: OpenCase) -> None:
    """Before a save is stated: a case says nothing of one that a job took away meanwhile, which has no keys."""
    header = case.section(Section.HEADER).values
    if header.get(joined.TOOK) or header.get(joined.INTO):
        joined.drop(case, case.id)


def of_case(case: OpenCase) -> tuple[Mark | None, list[Mark]]:
    """Where a case leads, and which cases lead to it."""
    return joined.into(case), joined.took(case)


def taken_in(case: OpenCase) -> list[OpenCase]:
    """The cases that lead to this one, open, for its page to say what stands in them."""
    return [opening.for_upkeep(case.actor, one.ref) for one in joined.took(case)]


@contextmanager
def _both(actor: Actor, ref: str, other_ref: str) -> Iterator[tuple[OpenCase, OpenCase]]:
    """Both held, with whatever is joined with either."""
    if ref == other_ref:
        raise Invalid("This is the same case. Type the reference of the other one.", "other")
    held = person_held.take(actor, Action.CASE_JOIN, ref, other_ref)
    with (
        changing(actor, ref, Action.CASE_JOIN, also_closed=True) as one,
        changing(actor, other_ref, Action.CASE_JOIN, also_closed=True) as two,
    ):
        for case in (one, two):
            person_held.check(case, held)
        yield one, two


def _said(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("Say why, in a few words. Leave names out.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=LONGEST_REASON)
    return reason


def _recorded(event: Event, one: OpenCase, other: OpenCase, reason: str) -> None:
    for case, beside in ((one, other), (other, one)):
        audit.record(case.actor.desk, event, case=case.keys, other=beside.row.ref, reason=reason)


def _check(kept: OpenCase, other: OpenCase) -> None:
    if kept.id == other.id:
        raise Invalid("This is the same case. Type the reference of the other one.", "other")
    for case in (kept, other):
        if (leads := joined.into(case)) is not None:
            raise Invalid(
                "%(one)s is joined with %(other)s already.", "other", one=case.row.ref, other=leads.ref
            )
    if joined.took(other):
        raise Invalid(
            "Others are joined with %(ref)s. Keep that one, and join this one with it.",
            "other",
            ref=other.row.ref,
        )
    if len(joined.took(kept)) >= MOST:
        raise Invalid("At most %(most)s others can be joined with a case.", "other", most=MOST)
    if kept.row.status == CLOSED:
        raise Invalid("This case is closed. Open it again first, or keep the other one.", "other")
    _check_consents(kept, other)


def _check_consents(kept: OpenCase, other: OpenCase) -> None:
    """A yes in one and a no in the other to the same question: only the person can say which one counts."""
    mine, theirs = _answers(kept), _answers(other)
    today = clock.today()
    for question in mine.keys() & theirs.keys():
        pair = (mine[question], theirs[question])
        if any(one.holds(today) for one in pair) and any(_refused(one) for one in pair):
            purpose = codes.load("consent_purposes").label(question[0])
            raise Invalid(
                "They agreed in one of the two and refused in the other: “%(purpose)s”. Ask them again, and write"
                " the answer in both first.",
                "other",
                purpose=Label(purpose),
            )


def _answers(case: OpenCase) -> dict[tuple[str, str], Told]:
    newest: dict[tuple[str, str], Told] = {}
    for one in consents.listing(case.actor, case.keys).told:
        newest.setdefault((one.answer.purpose, one.answer.recipient.casefold().strip()), one)
    return newest


def _refused(told: Told) -> bool:
    return not told.answer.given or told.withdrawn_at is not None


def _strictest(kept: OpenCase, other: OpenCase) -> Named:
    """Who sees both from now on: those who could see both before."""
    mine, theirs = kept.keys.named, other.keys.named
    if mine is None or theirs is None:
        return mine if theirs is None else theirs
    return mine & theirs
