"""Three released windows, so that campaign teams find something to read: the demo's own desks, and a large one elsewhere.

The desks of the demo are too small for the plan of a large network, so a desk that exists nowhere sends a
return with thousands of people who do not exist either.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

import numpy as np

from casework import clock
from casework.access.actor import Actor
from casework.db import db
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.errors import Invalid
from casework.trends import releases, returns, stewards, windows
from casework.trends.domains import COLUMNS, domain, place
from casework.trends.facts import Array, Facts
from casework.trends.models import TrendReturn
from casework.trends.sheets import Sheet
from casework.vault import returning, to_desk
from casework.vault.returning import Place

WINDOWS, PEOPLE = 3, 6_000
_MONTHS = 3
_OPEN_FOR = timedelta(days=20)
_OPENING = ("kind", "home", "host", "sector", "gender", "age")
#: What is common among the people who do not exist; everything else is rarer the later it stands in its list.
_COMMON = {
    "kind": ("wage_theft", "detention", "recruitment_debt", "deportation", "trafficking"),
    "home": ("NP", "BD", "PH", "ID", "ET", "IN"),
    "host": ("MY", "QA", "SA", "AE", "LB"),
    "sector": ("F", "T", "C", "I", "A"),
    "gender": ("woman", "man"),
    "age": ("25_34", "18_24", "35_44"),
    "outcome": ("partly", "goal_met", "lost_contact", "referred"),
    "paid": ("part", "none", "most", "all"),
    "days": ("quarter", "month", "half", "year"),
    "months": ("m6", "m3", "m12", "m1"),
}


def publish(network: Network) -> None:
    """Announce, fill, run and release the last windows; nothing, where there are not two coordinators of the network.

    Args:
        network: with all of its people.
    """
    logins = sorted(set(network.hosts.values()))
    if len(logins) < windows.STEWARDS[0]:
        return
    for number, first_on in enumerate(_firsts(clock.today())):
        _release(network, (logins[0], logins[1]), first_on, Random(number))


def _firsts(today: date) -> Iterator[date]:
    """The first days of the quarters before the last one, the oldest first: all of them have closed."""
    quarter = today.year * 4 + (today.month - 1) // _MONTHS
    for one in range(quarter - WINDOWS - 1, quarter - 1):
        yield date(one // 4, one % 4 * _MONTHS + 1, 1)


def _release(network: Network, logins: tuple[str, str], first_on: date, rng: Random) -> None:
    one, two = (network.actor(login, NETWORK) for login in logins)
    with clock.at(_noon(first_on)):
        last_on = windows.last_day(first_on, _MONTHS)
        made = windows.announce(
            one, "large", first_on, last_on + _OPEN_FOR, (one.user_id, two.user_id), uuid4()
        )
    with clock.at(_noon(last_on + timedelta(3))):
        _send_all(network, made)
        _send_invented(one, made, rng)
    with clock.at(_noon(last_on + _OPEN_FOR + timedelta(2))):
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


def _send_invented(actor: Actor, window_id: UUID, rng: Random) -> None:
    state = actor.desk.state
    window = windows.get(state, window_id)
    sheet = Sheet(_people(rng, _OPENING), _people(rng, tuple(set(COLUMNS) - set(_OPENING)), PEOPLE // 2))
    place_of = Place(state.desk_id, window_id, uuid4())
    keys = {who: state.member(who).x for who in window.stewards}
    boxes, body = returning.pack(keys, place_of, sheet.to_bytes())
    signed = to_desk.sign(actor.person, returns.PURPOSE, *returns.signed_parts(place_of, boxes, body))
    db.session.add(
        TrendReturn(
            id=uuid4(), desk_id=state.desk_id, window_id=window_id, from_id=place_of.from_id, on=clock.today(),
            signer_id=actor.user_id, signature=signed, boxes=boxes, body=body,
        )
    )  # fmt: skip
    db.session.flush()


def _people(rng: Random, columns: tuple[str, ...], count: int = PEOPLE) -> Facts:
    drawn = np.random.default_rng(rng.randrange(2**32))
    return Facts.in_columns(**{column: _draw(drawn, column, count) for column in sorted(columns)})


def _draw(drawn: np.random.Generator, column: str, count: int) -> Array:
    """Places of a column: what is common first, then the rest of its list."""
    common = [place(column, code) for code in _COMMON[column]]
    order = [*common, *(n for n in range(len(domain(column))) if n not in common)]
    weights = 1 / np.arange(1, len(order) + 1) ** 1.5
    return np.array(order)[drawn.choice(len(order), count, p=weights / weights.sum())]
