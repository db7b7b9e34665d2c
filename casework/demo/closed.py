"""Old closed cases of the demo: one is held, one lost its names, and what runs by itself has left its report."""

from casework import clock
from casework.access.actor import Actor
from casework.cases import legal_status
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.drafts import service as drafts
from casework.retention import pseudonymising, purging, service
from casework.retention.stays import What
from casework.shifts import service as shifts

#: Of fewer than so many that wait for a decision all stay, so that a small demo still shows every sort of case.
_PLENTY = 6


def decide(network: Network) -> None:
    """What a coordinator decided this morning, and what the house did by itself."""
    said = table("desks")["closed"]
    actor = network.actor(said["who"], said["desk"])
    _decided(actor, said)
    for what, purge in (
        ("shifts", shifts.purge),
        ("drafts", drafts.purge),
        ("statuses", legal_status.purge),
        ("pseudonymised", pseudonymising.run),
    ):
        purging.run(what, purge)


def _decided(actor: Actor, said: dict[str, str]) -> None:
    waiting = service.due(actor)
    if waiting:
        until = clock.today().replace(year=clock.today().year + 1, day=1)
        service.stay(actor, waiting[0].ref, What.HOLD, said["held_because"], until)
    if len(waiting) >= _PLENTY:
        service.pseudonymise(actor, waiting[1].ref, waiting[1].ref)
