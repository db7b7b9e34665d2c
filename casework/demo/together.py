"""The campaign and the formation of the demo, written by its campaign team."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.campaigns import service as campaigns
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.formations import service as formations

_TERM, _HALF_A_YEAR = 365, 180


def tell(network: Network) -> None:
    """Let the campaign team write down what data/together.toml says."""
    write(network.actor(table("together")["who"], NETWORK))


def write(actor: Actor) -> None:
    """The same, by somebody of a campaign team."""
    said = table("together")
    _campaign(actor, said)
    _formation(actor, said)


def _campaign(actor: Actor, said: dict[str, Any]) -> None:
    told = said["campaign"] | {"review": _day(-_HALF_A_YEAR)}
    campaign = campaigns.make(actor, told, [], uuid4())
    made: list[UUID] = []
    for one in said["item"]:
        of = made[one["of"]] if "of" in one else None
        days = {key: _day(ago) for key, ago in one.get("days", {}).items()}
        made.append(campaigns.add(actor, campaign, one["sort"], one["told"] | days, uuid4(), of))


def _formation(actor: Actor, said: dict[str, Any]) -> None:
    formation = formations.add(actor, "formation", said["formation"], uuid4())
    for one in said["organisation"]:
        told = {key: value for key, value in one.items() if key != "since"}
        made = formations.add(actor, "organisation", told, uuid4())
        if "since" in one:
            _of(actor, formation, "member", {"since": _day(one["since"])}, made)
    for one in said["seat"]:
        _of(actor, formation, "seat", one | {"since": _day(_HALF_A_YEAR), "ends": _day(_HALF_A_YEAR - _TERM)})
    for number, one in enumerate(said["deed"]):
        _of(actor, formation, "deed", one | {"on": _day(_HALF_A_YEAR // (number + 2))})


def _of(
    actor: Actor, formation: UUID, sort: str, told: dict[str, Any], organisation: UUID | None = None
) -> None:
    formations.add(actor, sort, told, uuid4(), formation, organisation)


def _day(ago: int) -> dict[str, Any]:
    """A day as an answer is stored; negative numbers lie ahead."""
    day = clock.today() - timedelta(days=ago)
    return {"date": day.isoformat(), "precision": "day", "calendar": "gregorian", "written": ""}
