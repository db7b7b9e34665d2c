"""Everything that changes keys, or who holds something, as data: what there is before, what is done, what must be true afterwards.

Each `run` begins where the last one stopped: after a crash it is simply called again.
"""

from tests.crashes.journeys import allies, cases, keys_of_desk, packets, people

JOURNEYS = {
    **people.JOURNEYS,
    **keys_of_desk.JOURNEYS,
    **allies.JOURNEYS,
    **cases.JOURNEYS,
    **packets.JOURNEYS,
}
