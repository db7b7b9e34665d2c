"""Ending a date: done with what came of it, void with a reason and a second person, or taken up again.

A date is never deleted.
"""

from uuid import UUID

from casework.access.actor import Actor
from casework.deadlines import held
from casework.deadlines.changed import end, put, turning
from casework.deadlines.held import State
from casework.errors import Invalid


def done(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """It was done, or has come to pass.

    Args:
        actor: who says so.
        ref: the case's reference.
        deadline_id: which date.
        reason: what was done, or what came of it, in their words.

    Raises:
        Invalid: no reason, or it was ended already.
    """
    reason = held.reason_of(reason)
    with turning(actor, ref, deadline_id) as (case, now):
        end(case, now.turned("done", actor.user_id, reason, state=State.DONE, wake_at=None, moved=False))


def strike(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """Ask that it be struck out, because it does not count. Until a second person agrees, it runs on.

    Raises:
        Invalid: no reason, or it was ended already.
    """
    reason = held.reason_of(reason)
    with turning(actor, ref, deadline_id) as (case, now):
        end(case, now.turned("asked", actor.user_id, reason, state=State.ASKED))


def answer_strike(actor: Actor, ref: str, deadline_id: UUID, *, agree: bool) -> None:
    """The second person: strike it out, or let it stand.

    Raises:
        Invalid: nobody asked, or the same person did.
    """
    with turning(actor, ref, deadline_id) as (case, now):
        if now.state is not State.ASKED:
            raise Invalid("Nobody asks for this any more.")
        asked = next(turn for turn in reversed(now.turns) if turn.what == "asked")
        if not agree:
            end(case, now.turned("kept", actor.user_id, state=State.OPEN))
        elif asked.by == actor.user_id:
            raise Invalid("A second person has to agree: whoever asked cannot.")
        else:
            end(
                case,
                now.turned("void", actor.user_id, asked.reason, state=State.VOID, wake_at=None, moved=False),
            )


def reopen(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """It was ended by mistake: it runs again.

    Raises:
        Invalid: no reason, or it runs.
    """
    reason = held.reason_of(reason)
    with turning(actor, ref, deadline_id, ended=True) as (case, now):
        wake_at = held.wake_before(now.due_on, now.strikes, exact=now.exact)
        end(case, now.turned("opened", actor.user_id, reason, state=State.OPEN, wake_at=wake_at))


def seen(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Somebody has looked at a date that a changed rule moved."""
    with turning(actor, ref, deadline_id) as (case, now):
        wake_at = held.wake_before(now.due_on, now.strikes, exact=now.exact)
        put(case, now.turned("seen", actor.user_id, moved=False, wake_at=wake_at), "seen")
