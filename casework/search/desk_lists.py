"""The lists and searches of a desk, for those who may see them; cards follow every save of a case."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np
from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import cards, opening, saved
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Refused
from casework.search import joined, service
from casework.search.card import Card
from casework.search.figures import Figures, figures_of
from casework.search.filters import fitting
from casework.search.listing import Filters, Page, Sort
from casework.search.opened import Opened
from casework.search.pack import Pack
from casework.search.service import Found, Trouble
from casework.search.sums import Sums, sums_of
from casework.vault import keeping

#: Cards that are made anew in one go.
SLICE = 100


def follow_saves() -> None:
    """Let every save of a case bring its card up to date, and every erasure take it away."""
    saved.after_save(keep_card)
    saved.on_erase(forget_card)


def keep_card(actor: Actor, case: OpenCase) -> None:
    """Write the card of a case that was just saved; a restricted case has none."""
    if case.keys.restricted:
        service.take_out(actor.desk, case.id)
    else:
        problems = service.put(actor.desk, card_of(cards.summary(case)))
        if problems:
            mend(actor)


def forget_card(case_id: UUID, actor: Actor | None) -> None:
    """Take the card of an erased case away: alone where somebody has keys, else with all that lie beside it.

    Args:
        case_id: the case.
        actor: who erases it; None for a job.
    """
    if actor is None:
        service.drop(case_id)
    else:
        service.take_out(actor.desk, case_id)


def card_of(of: cards.Summary) -> Card:
    """A case's summary as the card that lists and searches use."""
    currency = _currency(of)
    return Card(
        case_id=of.case_id,
        ref=of.ref,
        opened=of.opened,
        changed=of.changed,
        called=of.called or "",
        variants=of.variants,
        phones=of.phones,
        documents=of.documents,
        kind=of.kind,
        other_kinds=of.other_kinds,
        risk=of.risk,
        status=of.status,
        home=of.home,
        host=of.host,
        languages=of.languages,
        sector=of.sector,
        outcome=of.outcome,
        primary=of.primary_id,
        backup=of.backup_id,
        due=of.due,
        claimed=_minor(of.claimed, currency),
        documented=_minor(of.documented, currency),
        awarded=_minor(of.awarded, currency),
        paid=_minor(of.paid, currency),
        currency=currency,
        respondents=of.respondent_ids,
        flags=of.flags,
        profile=of.profile,
        answers=of.answers,
    )


def _currency(of: cards.Summary) -> str:
    """A card has one: that of the money which came furthest."""
    furthest = of.paid or of.awarded or of.documented or of.claimed
    return furthest.currency if furthest else ""


def _minor(money: cards.Money | None, currency: str) -> int | None:
    """An amount in the card's currency; two currencies never stand in one column of one card."""
    return money.minor if money and money.currency == currency else None


def browse(actor: Actor, filters: Filters, sort: Sort, number: int, size: int) -> Page:
    """One page of a list.

    Args:
        actor: who looks.
        filters, sort: what is shown, and how.
        number: of the page, from 1.
        size: cards a page.
    """
    return service.list_in(cards_for(actor), filters, sort, number, size)


def cards_for(actor: Actor) -> Opened:
    """The cards that somebody may see: the desk's, and those of restricted cases that name them.

    A restricted case has no card in the store. For whoever is named one is made for this request; for
    everybody else there is nothing, not even where an older card of it were still about.
    """
    policy.require(actor, Action.CASE_LIST)
    opened = service.open_cards(actor.desk)
    mine, others = keeping.restricted_cases(actor.desk)
    if not mine and not others:
        return opened
    shared = opened.pack.take(np.setdiff1d(np.arange(len(opened.pack)), opened.pack.rows_of(mine | others)))
    own = Pack.of([card for row in _rows(mine) if (card := _card_again(actor, row))])
    missing = tuple(one for one in opened.missing if one not in mine | others)
    return replace(opened, pack=Pack.join([shared, own]), missing=missing)


def _rows(case_ids: Collection[UUID]) -> Sequence[Case]:
    return db.session.scalars(select(Case).where(Case.id.in_(case_ids))).all() if case_ids else []


def sums(actor: Actor, filters: Filters) -> tuple[Sums, ...]:
    """How far the money of the cases that somebody may see came, by currency and by where they stand.

    Args:
        actor: who looks.
        filters: which cases are added.
    """
    return sums_of(cards_for(actor).pack, filters)


def figures(actor: Actor, filters: Filters) -> Figures:
    """What the cases that somebody may see add up to: exact, and for the desk alone.

    Args:
        actor: who looks.
        filters: which cases are counted.
    """
    opened = cards_for(actor)
    lacking = bool(opened.problems or opened.missing)
    return replace(figures_of(opened.pack, filters, clock.today()), lacking=lacking)


def several(
    actor: Actor, wanted: Sequence[tuple[Filters, Sort]], most: int, among: Opened | None = None
) -> list[Page]:
    """The beginnings of several lists, with the cards opened once.

    Args:
        actor: who looks.
        wanted: what each list shows, and how.
        most: cards a list.
        among: what `cards_for` gave them already, so that a page that asks often opens the cards once.
    """
    opened = among or cards_for(actor)
    return [service.list_in(opened, filters, sort, 1, most) for filters, sort in wanted]


def look(actor: Actor, query: str) -> Found:
    """The cases that fit what was heard, best first, each with the reason.

    Args:
        actor: who looks.
        query: a name, the end of a number, a reference.
    """
    return service.find_in(cards_for(actor), query, lambda _case_id: True)


def mend(actor: Actor, most: int = SLICE) -> int:
    """Make anew some of the cards that were lost when a block was erased without keys, or does not open.

    It is called until it answers 0; what it has made stays made.

    Args:
        actor: somebody who may list the cases.
        most: how many at most, so that one request never takes long.

    Returns:
        How many cards are still to be made.
    """
    policy.require(actor, Action.CASE_LIST)
    opened = service.open_cards(actor.desk)
    if not opened.problems and not opened.missing:
        return 0
    closed = frozenset[UUID]().union(*keeping.restricted_cases(actor.desk))
    rows = db.session.scalars(select(Case).where(Case.desk_id == actor.desk_id))
    every = {row.id: row for row in rows if row.id not in closed}
    lacking = sorted({one for one in (*opened.missing, *opened.lacking(every)) if one in every})
    lost = [one for one in opened.missing if one in closed]
    cards_again = {case_id: _card_again(actor, every[case_id]) for case_id in lacking[:most]}
    left = len(lacking[most:])
    service.rebuild(actor.desk, [*lost, *cards_again], cards_again.get, more=left > 0)
    return left


def mend_after_erasures(actor: Actor, most: int) -> None:
    """Make anew some of the cards that went with an erased one; of whatever else is wrong nothing is touched.

    Args:
        actor: somebody who may list the cases.
        most: how many at most.
    """
    opened = service.open_cards(actor.desk)
    if all(problem.trouble is Trouble.ERASED for problem in opened.problems):
        mend(actor, most)


def torn(actor: Actor) -> bool:
    """Whether a job took cards away with that of an erased case, and they were not made anew yet.

    Args:
        actor: whose desk it is.
    """
    return service.erased_blocks(actor.desk.desk_id)


def _card_again(actor: Actor, row: Case) -> Card | None:
    """The card of a case; of one that does not open, what its plain columns say, so that it is not lost."""
    try:
        case = opening.for_upkeep(actor, row.ref)
        return card_of(cards.summary(case))
    except Refused:
        return Card(
            case_id=row.id,
            ref=row.ref,
            opened=row.opened_on,
            changed=row.changed_on,
            status=row.status,
            primary=row.primary_id,
            backup=row.backup_id,
        )


def of_cases(actor: Actor, case_ids: Collection[UUID], among: Opened | None = None) -> dict[UUID, Card]:
    """The cards of some cases that this person may see; those without one are left out.

    Args:
        actor: who looks.
        case_ids: of this desk.
        among: as for `several`.
    """
    pack = (among or cards_for(actor)).pack
    rows = [row for row in pack.rows_of(case_ids).tolist() if pack.newest[row]]
    return {card.case_id: card for card in pack.cards(rows)}


def totals(actor: Actor, wanted: Sequence[Filters], among: Opened | None = None) -> list[int]:
    """How many cases fit each of some filters, with the cards opened once.

    Args:
        actor: who looks.
        wanted: what each number counts.
        among: as for `several`.
    """
    pack = (among or cards_for(actor)).pack
    return [int(joined.as_one(pack, pack.newest & fitting(pack, filters)).sum()) for filters in wanted]
