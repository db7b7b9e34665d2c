"""Which return of a desk is its newest: what the record of the network says, beside the rows that are stored.

Whoever writes to the database can put an older return back, with somebody in it who has said no since. The
record says by its chain of hashes which one came last, or that none stands; stewards count that one only.
"""

from datetime import date
from uuid import UUID

from casework.audit import service as audit
from casework.audit.events import Event
from casework.errors import Refused
from casework.trends.models import TrendReturn
from casework.vault import ChainState, DeskKeys, keeping


def came(network: DeskKeys, row: TrendReturn) -> None:
    """Record at the network that this is a desk's return of a window from now on.

    Args:
        network: the network, opened by whoever sends the return or takes it in.
        row: as it is stored.
    """
    ids = str(row.window_id), str(row.from_id)
    audit.record(network, Event.TREND_CAME, window=ids[0], sender=ids[1], digest=_digest(row))


def gone(network_id: UUID, window_id: UUID, from_id: UUID) -> None:
    """Record that a desk has no return of a window any more; no key is needed, so a job can say so too."""
    state: ChainState = keeping.load(network_id)
    audit.record_keyless(state, Event.TREND_GONE, window=str(window_id), sender=str(from_id))


class Arrived:
    """The newest returns of a window, by the record."""

    def __init__(self, network: DeskKeys, window_id: UUID, since: date) -> None:
        """Read the record once.

        Args:
            network: the network, opened.
            window_id: of which window.
            since: no return of it came before this day.
        """
        both = audit.lately(network, since, Event.TREND_CAME, Event.TREND_GONE)
        mine = [seen.details for seen in reversed(both) if seen.details["window"] == str(window_id)]
        self._newest = {said["sender"]: said.get("digest") for said in mine}

    def check(self, row: TrendReturn) -> None:
        """Go on only if this is what came last from its desk, and was not taken back since.

        Raises:
            Refused: it is not.
        """
        if self._newest.get(str(row.from_id)) != _digest(row):
            raise Refused


def _digest(row: TrendReturn) -> str:
    return audit.digest(row.boxes, row.body)
