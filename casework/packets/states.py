"""Where a packet stands at the desk that it is for; as plain words, so that it ends without any key.

Words can be changed by whoever writes to the database, and rows put back. So that a packet ends stands in the record
as well: in that of the desk that took it back, or of the one that answered, under ids that both desks can foretell.
"""

from uuid import UUID

from casework.audit import thread

#: It waits · a case was logged from it · the desk said no · the sending desk took it back · its last day has passed.
WAITING, ACCEPTED, DECLINED, RECALLED, EXPIRED = "waiting", "accepted", "declined", "recalled", "expired"


def taken_back(packet_id: UUID) -> UUID:
    """The id of the event of a packet's taking back."""
    return thread.public_id(packet_id, "packet taken back", 1)


def answered(packet_id: UUID) -> UUID:
    """The id of the event of a packet's being accepted or declined: only one of them ever happens."""
    return thread.public_id(packet_id, "packet answered", 1)


def has_ended(packet_id: UUID) -> bool:
    """Whether the record of either desk says that a packet ended, whatever its row says."""
    return bool(thread.there([taken_back(packet_id), answered(packet_id)]))
