"""After somebody left, or a lock was opened: every case of the desk gets a key that nobody outside ever held.

It is done at once, with what caused it: whoever left has nothing to open in tomorrow's database. Of a desk that is
larger than one request can do, the rest follows in slices that anybody who works there goes on with (construction §6).
"""

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.vault import DeskKeys, keeping

#: Cases that one slice takes; well below a second.
SLICE = 2000
#: What is done at once: 20,000 cases and the blocks of their search cards, in one to two seconds (`bench/_rewrap.py`).
AT_ONCE = 24_000


def at_once(desk: DeskKeys) -> bool:
    """Renew the keys of as many cases as one request can do, in the transaction of what made it necessary.

    Args:
        desk: opened at its new epoch.

    Returns:
        Whether nothing is left to do; otherwise `renew` goes on.

    Raises:
        Conflict: somebody else changed the desk's keys at this moment.
    """
    handled = 0
    while handled < AT_ONCE:
        swept = _slice(desk)
        if swept.done or not swept.handled:
            return swept.done
        handled += swept.handled
    return False


def progress(actor: Actor) -> keeping.Progress:
    """How far the renewal of keys has come.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.KEYS_RENEW)
    return keeping.progress(actor.desk)


def renew(actor: Actor) -> keeping.Progress:
    """One slice more; each is kept.

    Raises:
        Denied: not for this person.
        Conflict: somebody else changed the desk's keys at this moment.
    """
    policy.require(actor, Action.KEYS_RENEW)
    if keeping.progress(actor.desk).finished:
        return keeping.progress(actor.desk)
    swept = _slice(actor.desk)
    now = keeping.progress(actor.desk)
    return keeping.Progress(now.done, now.total, finished=swept.done, stuck=len(swept.stuck))


def _slice(desk: DeskKeys) -> keeping.Swept:
    swept = keeping.finish_epoch(desk, SLICE)
    if swept.done:
        audit.record(desk, Event.KEYS_RENEWED)
    return swept
