"""Who of the demo asked to be told from outside: by mail, which a demo leaves in a folder, and in a calendar."""

from casework.demo import cast
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.reminders import feed, wishes
from casework.reminders.wishes import Wish


def ask(network: Network, server: bytes) -> None:
    """Write down what they asked for, once all cases are there.

    Args:
        network: of the demo.
        server: the server's secret, under which addresses lie.
    """
    for row in table("desks")["reminded"]:
        actor, zone = network.actor(row["who"], row["desk"]), str(cast.desks()[row["desk"]].zone)
        if address := row.get("mail"):
            begin, end = row.get("quiet", (21, 7))
            wish = Wish(address, row["language"], zone, begin, end, digest=row.get("digest", False))
            wishes.put(server, actor, wish)
        if row.get("calendar"):
            # Nobody keeps the secret: a new address is one press on the page of reminders.
            feed.make(actor)
