"""Who works on a case and where it stands, settled in one go: all of it is kept, or nothing."""

from dataclasses import dataclass

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import assignment, life
from casework.cases.assignment import Pair
from casework.cases.changing import Differing, changing
from casework.cases.opening import OpenCase


@dataclass(frozen=True)
class Standing:
    """Who works on a case, and where it stands.

    Attributes:
        pair: the worker and who stands in.
        status: of the list `statuses`.
    """

    pair: Pair
    status: str

    @classmethod
    def of(cls, case: OpenCase) -> "Standing":
        """As it is stored."""
        return cls((case.row.primary_id, case.row.backup_id), case.row.status)


def settle(actor: Actor, ref: str, wish: Standing, seen: Standing) -> OpenCase:
    """Say who works on a case and move it on, or refuse both.

    What the sender left as they had seen it is no wish of theirs: where somebody else changed that
    meanwhile, it stays as it stands now.

    Args:
        actor: who says so.
        ref: the case's reference.
        wish: how it is to be.
        seen: what the sender had seen.

    Raises:
        Differing: somebody else changed the very same meanwhile; carries what stands now, and the wish over it.
        Invalid: this status does not follow, or these two cannot work on it; nothing was changed.
    """
    with changing(actor, ref, Action.CASE_ASSIGN, also_closed=True) as case:
        now = Standing.of(case)
        meant = Standing(
            now.pair if wish.pair == seen.pair else wish.pair,
            now.status if wish.status == seen.status else wish.status,
        )
        if _crossed(now.pair, meant.pair, seen.pair) or _crossed(now.status, meant.status, seen.status):
            raise Differing(now, meant, seen)
        _check(actor, now, meant)
        if meant.pair != now.pair:
            assignment.put(case, meant.pair)
        if meant.status != now.status:
            life.put(case, meant.status)
    return case


def _crossed(now: object, meant: object, seen: object) -> bool:
    """Whether two people meant different things by the same part."""
    return now not in (seen, meant)


def _check(actor: Actor, now: Standing, meant: Standing) -> None:
    """Everything that could refuse, before anything is written."""
    if meant.status != now.status:
        life.check_move(now.status, meant.status)
    assignment.check(actor.desk, meant.status, *meant.pair)
