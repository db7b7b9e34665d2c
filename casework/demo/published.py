"""Three released windows, so that campaign teams find something to read: the demo's own desks, and a large one elsewhere.

The desks of the demo are too small for the plan of a large network, so a desk that exists nowhere sends a
return with thousands of people who do not exist either. A small network stands beside (`beside`).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.demo import answerable, invented
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.errors import Invalid
from casework.respondents import register
from casework.trends import releases, returns, stewards, windows
from casework.trends.sheets import Sheet
from casework.vault import returning
from casework.vault.returning import Place

WINDOWS, PEOPLE = 3, 6_000
_MONTHS = 3
_OPEN_FOR = timedelta(days=20)


def publish(network: Network) -> None:
    """Announce, fill, run and release the last windows; nothing, where there are not two coordinators of the network.

    Args:
        network: with all of its people.
    """
    logins = sorted(set(network.hosts.values()))
    if len(logins) < windows.STEWARDS[0]:
        return
    known = _respondents(network)
    for number, first_on in enumerate(_firsts(clock.today())):
        sheet = invented.sheet(Random(number), PEOPLE, known)
        release(network, (logins[0], logins[1]), "large", first_on, sheet)


def _respondents(network: Network) -> list[UUID]:
    """Everybody of the register, the one who comes up again and again first."""
    desk, login = next((desk, login) for desk, login in network.hosts.items() if desk != NETWORK)
    actor = network.actor(login, desk)
    first = answerable.respondents()[answerable.counted()].name
    known = [one for one in register.listing(actor).known if one.merged is None]
    return [one.id for one in sorted(known, key=lambda one: (one.name != first, one.name))]


def _firsts(today: date) -> Iterator[date]:
    """The first days of the quarters before the last one, the oldest first: all of them have closed."""
    for back in range(WINDOWS, 0, -1):
        yield _quarter(today, back + 1)


def after_the_last(today: date) -> date:
    """The first day that no released window has."""
    return _quarter(today, 1)


def _quarter(today: date, back: int) -> date:
    number = today.year * 4 + (today.month - 1) // _MONTHS - back
    return date(number // 4, number % 4 * _MONTHS + 1, 1)


def release(
    network: Network,
    logins: tuple[str, str],
    plan: str,
    first_on: date,
    sheet: Sheet,
    announced: datetime | None = None,
) -> None:
    """One window, from its announcement to its release.

    Args:
        network: whose.
        logins: of its two stewards, the one who runs it first.
        plan: the name of the table plan.
        first_on: its first day.
        sheet: what a desk that exists nowhere sends, beside the network's own desks.
        announced: when; on its first day, if left out.
    """
    one, two = (network.actor(login, NETWORK) for login in logins)
    last_on = windows.last_day(first_on, windows.plan_of(plan).months)
    closes_on = last_on + _OPEN_FOR
    with clock.at(announced or _noon(first_on)):
        made = windows.announce(one, plan, first_on, closes_on, (one.user_id, two.user_id), uuid4())
    with clock.at(_noon(last_on + timedelta(3))):
        _send_all(network, made)
        _send_invented(one, made, sheet)
    with clock.at(_noon(closes_on + timedelta(2))):
        stewards.agree(two, made)
        stewards.run(one, made)
        found = releases.waiting(two, made)
        if found is not None:
            stewards.release(two, made, found.digest)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _send_all(network: Network, window_id: UUID) -> None:
    """The desks of the demo; one whose cards are not whole sends nothing, as in life."""
    for desk, login in sorted(network.hosts.items()):
        if desk != NETWORK:
            try:
                returns.send(network.actor(login, desk), window_id)
            except Invalid:
                continue


def _send_invented(actor: Actor, window_id: UUID, sheet: Sheet) -> None:
    state = actor.desk.state
    window = windows.get(state, window_id)
    place_of = Place(state.desk_id, window_id, uuid4())
    keys = {who: state.member(who).x for who in window.stewards}
    boxes, body = returning.pack(keys, place_of, sheet.to_bytes())
    returns.keep(actor, actor.desk, place_of, boxes, body)
