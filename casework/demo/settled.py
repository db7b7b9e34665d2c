"""What the desks have done by the end of their morning: dates counted by the rules of now, and every card in its list."""

from collections.abc import Iterable

from casework.deadlines import sweeping
from casework.demo.cast import Person
from casework.demo.founding import Network
from casework.search import desk_lists


def settle(network: Network, people: Iterable[Person]) -> None:
    """Let everybody press once what Today offers while rules and cards lag behind; some cases only they can open.

    Args:
        network: whose desks.
        people: who works there.
    """
    for one in people:
        for desk in one.desks if one.works_cases else ():
            actor = network.actor(one.login, desk)
            while sweeping.sweep(actor):
                pass
            while desk_lists.mend(actor):
                pass
