"""What lists and the search know of a case, without opening it again: its card."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.cases import addresses, card_answers, counted, gate, joined, kinds, life, profile
from casework.cases.changing import CLOSED
from casework.cases.fields import Type
from casework.cases.links import links
from casework.cases.opening import OpenCase
from casework.cases.questions import stored_key
from casework.cases.safe_contact import AROUND
from casework.errors import Invalid
from casework.people import consents
from casework.vault import Section

#: The flag of a case that is joined with another one begins so; the reference of that one follows.
LEADS = "joined:"
#: The flags of a person who may be counted in figures, and linked with others: the last day of it follows.
TRENDS, LINKED = "trends:", "link:"
#: The flag of a person who was asked to be linked with others, and does not want it.
NOT_LINKED = "link-no"
#: Digits and letters at the end of a number, enough to find it by.
TAIL = 6


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole numbers of a currency's smaller unit."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Stages:
    """How far the money of a case came: four different things, never added to each other, in one currency."""

    claimed: Money | None = None
    documented: Money | None = None
    awarded: Money | None = None
    paid: Money | None = None


_count: list[Callable[[OpenCase], Stages]] = []


def count_with(tell: Callable[[OpenCase], Stages]) -> None:
    """Have the money of a case counted by the room that keeps its ledger; `app.py` hands the function in.

    Args:
        tell: is given the case, still open.
    """
    if tell not in _count:
        _count.append(tell)


@dataclass(frozen=True, slots=True)
class Summary:
    """The card of a case, before it is packed and sealed.

    Attributes:
        called: what the person is called, and `variants` how else it is written.
        phones, documents: the last six signs of each number of the person; a mark of each e-mail address.
        kind, other_kinds: kinds, the main one apart.
        risk, host, home, languages, sector: codes; empty where nothing was answered.
        primary_id, backup_id: who works on it.
        due: the next deadline, where one is known.
        outcome: the closing reason of a closed case.
        claimed, documented, awarded, paid: how far the money came; claimed is what the person says where no
            claim was entered.
        respondent_ids: who is answerable.
        flags: `unsafe`, `danger`, `exception`, `removed`, `restricted`: signs that a list shows; `until:` and the
            day on which the consent to casework ends, which Today asks for; `trends:` and `link:` with the last day of
            these consents, `link-no` where the answer was no; `joined:` and the reference of the case
            that lists show in its place.
        profile: what they say of themselves, as far as they agreed (`cases.profile`), and what they may be counted by
            in published figures; of a closed case what it came to (`cases.counted`).
        answers: to the questions of its kinds that lists filter by (`cases.card_answers`).
    """

    case_id: UUID
    ref: str
    called: str | None
    variants: tuple[str, ...]
    phones: tuple[str, ...]
    documents: tuple[str, ...]
    kind: str
    other_kinds: tuple[str, ...]
    risk: str
    host: str
    home: str
    languages: tuple[str, ...]
    sector: str
    status: str
    primary_id: UUID | None
    backup_id: UUID | None
    opened: date
    changed: date
    due: date | None
    outcome: str
    claimed: Money | None
    documented: Money | None
    awarded: Money | None
    paid: Money | None
    respondent_ids: tuple[UUID, ...]
    flags: tuple[str, ...]
    profile: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


def summary(case: OpenCase) -> Summary:
    """The card of a case. What does not open is left empty on it.

    Args:
        case: opened by whoever saves it.
    """
    row, header = case.row, case.section(Section.HEADER).values
    # The numbers of others must not lead to a case.
    identity = {key: said for key, said in case.section(Section.IDENTITY).values.items() if key != AROUND}
    main = header.get("kind", "")
    money = _stages(case)
    return Summary(
        case_id=case.id,
        ref=row.ref,
        called=case.called,
        variants=lines(identity.get("name_variants", "")),
        phones=tails(identity, "digits"),
        documents=(*tails(identity, "plain"), *_marks(identity)),
        kind=main,
        other_kinds=tuple(kind for kind in case.kinds if kind != main),
        risk=header.get("risk", ""),
        host=header.get("host", ""),
        home=header.get("home", ""),
        languages=(header["language"],) if header.get("language") else (),
        sector=header.get("sector", ""),
        status=row.status,
        primary_id=row.primary_id,
        backup_id=row.backup_id,
        opened=row.opened_on,
        changed=row.changed_on,
        due=_next_due(case),
        outcome=life.outcome(case) or "",
        claimed=money.claimed or _claimed(case),
        documented=money.documented,
        awarded=money.awarded,
        paid=money.paid,
        respondent_ids=tuple(dict.fromkeys(one.respondent_id for one in links(case))),
        flags=tuple(_flags(case)),
        profile=(*profile.on_card(case), *counted.on_card(case), *counted.measured(case)),
        answers=tuple(card_answers.on_card(case)),
    )


#: Who knows the next date of a case: a room above, which `app.py` joins.
_due_from: list[Callable[[OpenCase], date | None]] = []


def due_from(ask: Callable[[OpenCase], date | None]) -> None:
    """Have a function asked for the next date of a case, whenever its card is made."""
    _due_from[:] = [ask]


def _next_due(case: OpenCase) -> date | None:
    return _due_from[0](case) if _due_from else None


def lines(text: str) -> tuple[str, ...]:
    """One spelling a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def tails(value: Any, part: str) -> tuple[str, ...]:
    """The ends of all numbers of one sort, however deep in groups they stand."""
    return tuple(dict.fromkeys(number[-TAIL:] for number in _numbers(value, part)))


def _numbers(value: Any, part: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one, part)
    elif isinstance(value, dict):
        if "written" in value and value.get(part):
            yield str(value[part])
        for one in value.values():
            yield from _numbers(one, part)


def _marks(identity: Mapping[str, Any]) -> Iterator[str]:
    """Marks of the e-mail addresses among the ways to reach somebody."""
    for way in identity.get("reach") or []:
        yield from (addresses.mark(one) for one in addresses.addresses(way.get("name", "")))


def _stages(case: OpenCase) -> Stages:
    """As the ledger says; nothing where no room counts."""
    return _count[0](case) if _count else Stages()


def _claimed(case: OpenCase) -> Money | None:
    """What the main kind asks first about money and shows on cards."""
    for kind in case.kinds[:1]:
        for field in _money_fields(kind):
            value = case.section(Section(field.section)).values.get(stored_key(kind, field.key))
            if value:
                return Money(value["minor"], value["currency"])
    return None


def _money_fields(kind: str) -> list[kinds.Field]:
    try:
        return [field for field in kinds.get(kind).card_fields() if field.type is Type.MONEY]
    except Invalid:
        # The file of this kind was taken away; its cases stay.
        return []


def _flags(case: OpenCase) -> Iterator[str]:
    header = case.section(Section.HEADER).values
    if header.get("safe_now") == "no":
        yield "unsafe"
    if header.get("danger_now") == "yes":
        yield "danger"
    if gate.emergency(case):
        yield "exception"
    if case.section(Section.IDENTITY).state == "removed":
        yield "removed"
    if case.keys.restricted:
        yield "restricted"
    yield from _agreed(case)
    if (leads := joined.into(case)) is not None:
        yield f"{LEADS}{leads.ref}"


def _agreed(case: OpenCase) -> Iterator[str]:
    """What the person agreed to that lists ask for, each with its last day."""
    told = consents.listing(case.actor, case.keys)
    if case.row.status != CLOSED and (casework := told.live(consents.CASEWORK)):
        yield ends_on(casework.answer.ends_on)
    for purpose, flag in (("trends", TRENDS), ("link", LINKED)):
        if (agreed := told.live(purpose)) and agreed.answer.ends_on:
            yield f"{flag}{agreed.answer.ends_on.isoformat()}"
    asked = told.newest("link")
    if asked is not None and told.live("link") is None:
        yield NOT_LINKED


def ends_on(day: date | None) -> str:
    """The flag of a case whose consent to casework ends on a day; lists ask for those of the next days."""
    return f"until:{day.isoformat()}" if day else "until:"
