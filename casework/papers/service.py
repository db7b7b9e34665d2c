"""Making a paper: recipient and agreement are checked and written down before anything is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import entries, gate, letting_out, opening
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.cases.values import Voice
from casework.errors import Invalid
from casework.evidence import service as evidence
from casework.evidence.coming import Coming
from casework.money import rule_files
from casework.money.account import counting, outstanding, reading
from casework.money.account.outstanding import Paid
from casework.papers import catalogue, departures, printing, texts
from casework.papers.catalogue import Sort
from casework.papers.contents import Contents
from casework.papers.departures import Left
from casework.people import consents
from casework.people.consents import Told
from casework.store import Store
from casework.vault import Section


@dataclass(frozen=True)
class Wish:
    """What somebody wants printed.

    Attributes:
        paper: which sort.
        consent_id: the agreement under which it leaves; None for the person themselves.
        sections: what it is to tell of.
        voice: the language of its reader.
        home_state: whether the recipient is an authority of the country that the person comes from (`answers`);
            not known counts as yes.
        unread: whether its fixed words come from a file that no speaker has read; the paper says so.
        payment: the line of the ledger that a receipt is for; None where it is filled in by hand.
    """

    paper: str
    consent_id: UUID | None
    sections: frozenset[Section]
    voice: Voice
    home_state: str = "unknown"
    unread: bool = False
    payment: UUID | None = None


def recipients(case: OpenCase, sort: Sort) -> list[Told]:
    """The agreements that hold today and allow this sort of paper to go to somebody."""
    return letting_out.agreements(case, sort.purposes)


def payments(case: OpenCase) -> list[Paid]:
    """Money that came into the person's hands, the newest first: what a receipt can be for; opening it is recorded."""
    audit.record(case.actor.desk, Event.SECTION_OPENED, case=case.keys, section="ledger")
    return outstanding.received(reading.of_case(case))


def make(actor: Actor, store: Store, ref: str, wish: Wish, form_token: UUID) -> UUID:
    """Make a paper, and keep a sealed copy with the record of where it went.

    Args:
        actor: who makes it.
        store: where the copy is kept.
        ref: the case's reference.
        wish: what is wanted.
        form_token: of the form; the same one twice makes one paper.

    Returns:
        The id of the record, by which the paper is fetched.

    Raises:
        Invalid: the person has not agreed to this, or no longer does.
        NotFound, Denied: no such paper, or not for this person.
    """
    sort = catalogue.get(wish.paper)
    with changing(actor, ref, Action.PAPER_MAKE, also_closed=True) as case:
        known = departures.made_before(case, form_token)
        return known or _make(case, store, sort, wish, form_token)


def _make(case: OpenCase, store: Store, sort: Sort, wish: Wish, form_token: UUID) -> UUID:
    told = _agreed(case, sort, wish)
    sections = wish.sections & frozenset(sort.tells)
    contents = _contents(case, sort, wish, sections, told)
    copy = _printed(case, sort, contents, unread=wish.unread)
    left = Left(
        paper=sort.key,
        recipient=contents.recipient,
        purpose=told.answer.purpose if told else "",
        consent_id=told.id if told else None,
        data=told.answer.data if told else "",
        home_state=wish.home_state if told else "no",
        sections=tuple(sorted(sections)),
        language=str(wish.voice.locale),
        file_id=copy.file_id,
        size=copy.size,
        by=case.actor.user_id,
    )
    return departures.keep(case, store, left, copy, form_token)


def _agreed(case: OpenCase, sort: Sort, wish: Wish) -> Told | None:
    """The agreement that lets it leave; None where it goes to the person, who agreed to casework.

    Raises:
        Invalid: there is none that holds.
    """
    if wish.consent_id is None:
        if wish.sections and not gate.allowed(case):
            raise Invalid(
                "The person has not agreed to casework, so nothing about them is printed.", "recipient"
            )
        return None
    for one in recipients(case, sort):
        if one.id == wish.consent_id:
            if wish.sections and not one.answer.data.strip():
                raise Invalid(
                    "Their agreement does not say which details may go there. Ask them, and write it down first.",
                    "recipient",
                )
            letting_out.check(case, one, wish.home_state)
            return one
    raise Invalid(
        "The person does not agree to this, or no longer does. Ask them first, and write down their answer.",
        "recipient",
    )


def _contents(
    case: OpenCase, sort: Sort, wish: Wish, sections: frozenset[Section], told: Told | None
) -> Contents:
    tells_story = sort.entries and Section.STORY in sections
    counted = None
    if sort.money and Section.MONEY in sections:
        counted = counting.calculation(reading.of_case(case), rule_files.house(), clock.today())
    return Contents(
        case=case,
        voice=wish.voice,
        sections=sections,
        entries=entries.listing(case.actor, case.row.ref).noted if tells_story else (),
        account=counted,
        pieces=evidence.listing(case).pieces if counted and Section.EVIDENCE in sections else (),
        recipient=told.answer.recipient if told else "",
        texts=texts.for_papers(case.actor, str(wish.voice.locale)),
        payment=wish.payment,
    )


def _printed(case: OpenCase, sort: Sort, contents: Contents, *, unread: bool) -> Coming:
    """The paper, sealed as it comes out; its watermark and foot say whose copy it is."""
    whose = contents.recipient or contents.say("The person's own copy")
    mark = f"{whose} · {contents.day(contents.on)}" if contents.sections or contents.recipient else ""
    foot = [case.row.ref, whose, *([contents.say(printing.UNREAD)] if unread else [])]
    copy = Coming()
    copy.write(printing.pdf(sort.write(contents), contents.voice.locale, mark, " · ".join(foot)))
    return copy


def look(actor: Actor, ref: str) -> tuple[OpenCase, tuple[Left, ...]]:
    """What left a case, newest first; reading it is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.PAPER_MAKE)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="papers")
    return case, departures.of_case(case)


def fetchable(case: OpenCase, left: Left) -> bool:
    """Whether the agreement under which it was made still holds: a withdrawal stops what has not left yet."""
    if left.consent_id is None:
        return not left.sections or gate.allowed(case)
    found = consents.listing(case.actor, case.keys).told
    told = next((one for one in found if one.id == left.consent_id and letting_out.holds(case, one)), None)
    if told is None:
        return False
    try:
        letting_out.check(case, told, left.home_state)
    except Invalid:
        return False
    return True


def fetch(actor: Actor, store: Store, ref: str, departure_id: UUID) -> tuple[Left, Iterator[bytes]]:
    """Fetch a paper that was made; each time is one event.

    Raises:
        NotFound: there is none.
        Invalid: the person took their agreement back, or it ran out.
    """
    case = opening.load(actor, ref, Action.PAPER_MAKE)
    left, row = departures.one(case, departure_id)
    if not fetchable(case, left):
        raise Invalid("The person no longer agrees that this goes there. It cannot be fetched any more.")
    parts = departures.copy_of(case, store, left, row)
    audit.record(actor.desk, Event.PAPER_OPENED, case=case.keys, departure=str(departure_id))
    return left, parts
