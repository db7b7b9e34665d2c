"""Makes the demo, once, in the caller's transaction."""

from collections.abc import Callable, Iterator
from itertools import groupby

from casework import clock, store
from casework.access.doorway import Doorway
from casework.access.signing_in import keep_pins
from casework.cases import saved
from casework.demo import (
    along,
    authenticators,
    beside,
    cast,
    closed,
    founding,
    organising,
    pattern,
    published,
    reminded,
    settled,
    stories,
    together,
)
from casework.demo.founding import Network
from casework.demo.plan import plan
from casework.demo.playing import Player
from casework.demo.telling import Step
from casework.errors import Invalid
from casework.settings import Settings

Say = Callable[[str], None]
Quarter = tuple[int, int]


def seed(settings: Settings, door: Doorway, say: Say, cases: int) -> bool:
    """See `casework.demo.seed`."""
    if not settings.demo:
        raise Invalid("This installation is no demo: it is one when it runs with CASEWORK_DEMO=1.")
    if founding.exists():
        _insist_on_ours(settings, door)
        return False
    end = clock.now()
    say(f"Making a demo: {len(cast.desks())} desks, {len(cast.people())} people, {cases} cases.")
    say("A small network of two people stands beside it.")
    say("Nobody in either exists. This is done once and takes a few minutes.")
    network = Network(door)
    with saved.told_once():
        _play(Player(network, end, store.connect(settings.store)), plan(end, cases), say)
    closed.decide(network)
    settled.settle(network, cast.people())
    pattern.tell(network)
    published.publish(network)
    beside.found(network)
    reminded.ask(network, settings.secret)
    together.tell(network)
    along.ask(network)
    stories.tell(network)
    organising.tell(network)
    for keys in network.keys.values():
        keep_pins(keys)
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    secrets = {one.login: network.keys[one.login].totp_secret for one in cast.everybody()}
    authenticators.keep(settings.instance, secrets)
    say("The demo is ready.")
    return True


def _insist_on_ours(settings: Settings, door: Doorway) -> None:
    """Refuse tables of real people: a demo shows its banner to them, and sends its cookie in the clear.

    Raises:
        Invalid: not all of the people whom the demo left in the private folder are in these tables.
    """
    made = authenticators.logins(settings.instance)
    if not made or not founding.known(door, made):
        raise Invalid(
            "This database was not made by the demo. Start it without CASEWORK_DEMO=1, or give the demo a folder and"
            " a database of its own."
        )


def _play(player: Player, steps: list[Step], say: Say) -> None:
    for (year, quarter), some in _by_quarter(steps):
        player.play(some)
        say(f"  {_MONTHS[quarter]} {year}: {player.logged} cases so far")
    player.welcome(clock.now())


def _by_quarter(steps: list[Step]) -> Iterator[tuple[Quarter, Iterator[Step]]]:
    return groupby(steps, key=lambda step: (step.at.year, (step.at.month - 1) // 3))


_MONTHS = ("January to March", "April to June", "July to September", "October to December")
