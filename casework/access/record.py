"""A desk's own record: who signed in, invited, admitted, was refused."""

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.service import Seen

#: How far back the page goes; the record itself keeps everything.
NEWEST = 1000


def of_desk(actor: Actor) -> list[Seen]:
    """What happened at a desk and belongs to no case, newest first; reading it is recorded too.

    Args:
        actor: a coordinator of the desk.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DESK_AUDIT)
    seen = audit.of_desk(actor.desk, NEWEST)
    audit.record(actor.desk, Event.AUDIT_READ)
    return seen
