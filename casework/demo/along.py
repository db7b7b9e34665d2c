"""Somebody of the demo has asked to take all files of their desk along; the other coordinator has not answered yet."""

from uuid import uuid4

from casework.demo.founding import Network
from casework.demo.sources import table
from casework.export import service


def ask(network: Network) -> None:
    """Ask for it, once all cases are there.

    Args:
        network: of the demo.
    """
    row = table("desks")["along"]
    service.ask(network.actor(row["who"], row["desk"]), row["reason"], uuid4())
