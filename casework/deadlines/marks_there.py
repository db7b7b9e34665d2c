"""Whether the marks on rules are all there, each as it was given.

Marks are signed and never change, so a database writer can only take some out, or break them. Each has a number at
its desk and an event in the record that follows from it: an event after the newest mark betrays what is missing.
Each must also carry the signature of somebody who is or was at the desk. Where that does not hold, no mark verifies
a rule any more, because nobody knows whether it was taken back; what warns goes on warning. A coordinator then reads
the list and lets it stand: a mark of its own, which names everything that was there.
"""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from casework.access import policy
from casework.access.policy import Action
from casework.audit import thread
from casework.deadlines.models import RuleMark
from casework.vault import ChainState, Role, to_desk
from casework.vault.encoding import Part, lp

PURPOSE = "rule mark"
#: The mark of a coordinator who lets the list stand; its digest is of all marks before it.
STANDS = "stands"
_THREAD = "rule mark"


def parts(row: RuleMark) -> tuple[Part, ...]:
    """What is signed of a mark."""
    return row.desk_id, row.id, row.number, row.digest, row.mark, row.on.isoformat(), row.body


def signed(state: ChainState, row: RuleMark) -> bool:
    """Whether who is named gave it, is still here, and may: a volunteer's key signs no mark."""
    member = state.members.get(row.user_id)
    return member is not None and _gave(state, row, member.role, member.ed)


def event_id(row: RuleMark) -> UUID:
    """The id of the event that goes with a mark."""
    return thread.public_id(row.desk_id, _THREAD, row.number)


def next_number(desk_id: UUID, rows: Sequence[RuleMark]) -> int:
    """The number of the next mark: after the newest row and after the newest event, if rows are missing.

    Args:
        desk_id: where; its chain is held, so that no two marks take one number.
        rows: every mark that is there.
    """
    number = max((row.number for row in rows), default=0) + 1
    while _recorded(desk_id, number):
        number += 1
    return number


def digest_of(rows: Sequence[RuleMark]) -> bytes:
    """What a coordinator signs who lets these marks stand."""
    every = sorted(sha256(lp(*parts(row), row.user_id, row.signature)).digest() for row in rows)
    return sha256(b"".join(every)).digest()


def whole(state: ChainState, rows: Sequence[RuleMark]) -> bool:
    """Whether these are all marks that were ever given at a desk since a coordinator last let them stand.

    Args:
        state: the desk's verified chain.
        rows: every mark that is there, by number.
    """
    stand = [row for row in rows if row.mark == STANDS]
    after, last = list(rows), 0
    if stand:
        last = stand[-1].number
        after = [row for row in rows if row.number >= last]
        if stand[-1].digest != digest_of([row for row in rows if row.number < last]):
            return False
        last -= 1
    numbers = [row.number for row in after]
    if numbers != list(range(last + 1, last + 1 + len(after))):
        return False
    return all(_ever_signed(state, row) for row in after) and not _recorded(
        state.desk_id, last + len(after) + 1
    )


def _ever_signed(state: ChainState, row: RuleMark) -> bool:
    now = state.members.get(row.user_id)
    known = (*state.former.get(row.user_id, ()), *([now] if now else ()))
    return any(_gave(state, row, member.role, member.ed) for member in known)


def _gave(state: ChainState, row: RuleMark, role: Role, key: bytes) -> bool:
    wanted = Action.RULE_MEND if row.mark == STANDS else Action.RULE_MARK
    if role not in policy.RULES[wanted] or row.desk_id != state.desk_id:
        return False
    return to_desk.signed_with(key, row.signature, PURPOSE, *parts(row))


def _recorded(desk_id: UUID, number: int) -> bool:
    return bool(thread.there([thread.public_id(desk_id, _THREAD, number)]))
