"""What somebody who leaves hands over: each open case needs a note, and somebody else who knows it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import or_, select, update

from casework.access import recovery
from casework.access.actor import Actor, nobody_reads
from casework.access.leaving import Hindrance
from casework.access.policy import Action
from casework.cases import assignment, entries, opening, readers, saved
from casework.cases.changing import CLOSED, changing
from casework.cases.models import Case
from casework.db import db
from casework.errors import Refused
from casework.vault import keeping

#: The type of entry that hands a case over.
NOTE = "handover"


def hindrances(actor: Actor, user_id: UUID) -> list[Hindrance]:
    """Open cases of somebody that lack a hand-over note, or somebody else who works on them.

    Args:
        actor: who asks, with the desk's keys.
        user_id: who is to leave.
    """
    closed_to_me = keeping.restricted_cases(actor.desk)[1]
    found = [
        Hindrance(row.ref, note=not _noted(actor, row), other=_other(row, user_id) is None)
        for row in _theirs(actor, user_id)
        if row.status != CLOSED and row.id not in closed_to_me
    ]
    return [one for one in found if one.note or one.other]


def _noted(actor: Actor, row: Case) -> bool:
    try:
        return entries.has(opening.for_upkeep(actor, row.ref), NOTE)
    except Refused:
        # It opens for nobody: that is no reason for somebody to stay.
        return True


def hand_over(actor: Actor, user_id: UUID) -> None:
    """Whoever stands in works on the cases from now on."""
    quiet, closed_to_me = replace(actor, said_why=nobody_reads), keeping.restricted_cases(actor.desk)[1]
    with saved.told_once():
        for row in _theirs(actor, user_id):
            if row.id in closed_to_me:
                _in_silence(row, user_id)
                continue
            with changing(quiet, row.ref, Action.CASE_ASSIGN, also_closed=True) as case:
                assignment.put(case, (_other(row, user_id), None))


def take_over(actor: Actor, old: UUID, new: UUID) -> None:
    """Somebody has new keys, and so a new id: what they worked on stays theirs."""
    quiet, closed_to_me = replace(actor, said_why=nobody_reads), keeping.restricted_cases(actor.desk)[1]
    if recovery.were_cards(actor.desk.state, actor.user_id):
        _name_again(quiet, old, new)
    with saved.told_once():
        for row in _theirs(actor, old):
            pair = (_same(row.primary_id, old, new), _same(row.backup_id, old, new))
            if row.id not in closed_to_me and not _closed_to(actor, row, new):
                with changing(quiet, row.ref, Action.CASE_ASSIGN, also_closed=True) as case:
                    assignment.put(case, pair)


def _same(who: UUID | None, old: UUID, new: UUID) -> UUID | None:
    return new if who == old else who


def _name_again(actor: Actor, old: UUID, new: UUID) -> None:
    """Cases that somebody had restricted to themselves and the cards: for this they had named the cards."""
    mine = select(Case).where(Case.id.in_(keeping.restricted_cases(actor.desk)[0])).order_by(Case.id)
    for row in db.session.scalars(mine).all():
        with changing(actor, row.ref, Action.CASE_RESTRICT, also_closed=True) as case:
            if case.keys.named and old in case.keys.named:
                readers.narrow(case, case.keys.named | {new})


def _closed_to(actor: Actor, row: Case, who: UUID) -> bool:
    """A restricted case: those who are still named there name them again."""
    named = who == actor.user_id or recovery.were_cards(actor.desk.state, actor.user_id)
    return row.id in keeping.restricted_cases(actor.desk)[0] and not named


def _in_silence(row: Case, user_id: UUID) -> None:
    """A case that the coordinator cannot open: only who works on it is changed, which is no secret."""
    pair = {"primary_id": _other(row, user_id), "backup_id": None}
    db.session.execute(update(Case).where(Case.id == row.id).values(**pair, rev=Case.rev + 1))


def _theirs(actor: Actor, user_id: UUID) -> Sequence[Case]:
    """Cases that somebody works on or stands in for, in one order for all."""
    mine = or_(Case.primary_id == user_id, Case.backup_id == user_id)
    return db.session.scalars(select(Case).where(Case.desk_id == actor.desk_id, mine).order_by(Case.id)).all()


def _other(row: Case, user_id: UUID) -> UUID | None:
    """The other of the two who know a case."""
    return row.backup_id if row.primary_id == user_id else row.primary_id
