"""The pattern of the demo: what the register knows of one agency, its double, its chain, and what those affected decided."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.demo import cast
from casework.demo.answerable import respondents
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.errors import NotFound
from casework.respondents import chains, merging, register
from casework.signals import service, telling


def tell(network: Network) -> None:
    """Say all of it, at the end: by then both desks have their cases."""
    data = table("pattern")
    said = data["decided"]
    actor = network.actor(said["by"], said["desk"])
    for known in data["known"]:
        _know(actor, known)
    for double in data["double"]:
        _enter_twice(network.actor(double["by"], double["desk"]), double)
    for chain in data["chain"]:
        chains.link(actor, _entry(actor, chain["above"]), chain["sort"], _entry(actor, chain["below"]))
    _decide(actor, said)
    for one in cast.people():
        for desk in one.desks if one.works_cases else ():
            telling.if_due(network.actor(one.login, desk))


def _entry(actor: Actor, key: str) -> UUID:
    """The entry of somebody of the data files; who came up in no case is entered now."""
    known = respondents()[key]
    there = (one.id for one in register.listing(actor).known if one.name == known.name)
    found = next(there, None)
    return found or register.enter(actor, known.kind, known.name, known.country, uuid4()).id


def _know(actor: Actor, known: Mapping[str, str]) -> None:
    now = register.get(actor, _entry(actor, known["who"]))
    today = clock.today().isoformat()
    seen = {"date": today, "precision": "day", "calendar": "gregorian", "written": today}
    digits = "".join(filter(str.isdigit, known["phone"]))
    answers: dict[str, Any] = {
        "aliases": known["aliases"],
        "phones": [{"phone": {"written": known["phone"], "digits": digits}}],
        "places": [{"place": known["place"], "in_country": known["country"]}],
        "licences": [{"number": known["licence"], "state": "valid"}],
        "public": [{key: known[old] for key, old in _PUBLIC.items()} | {"seen_on": seen}],
    }
    register.correct(actor, now.id, now.kind, now.name, now.country, answers, now.rev)


_PUBLIC = {"what": "public", "says": "says", "source": "source"}


def _enter_twice(actor: Actor, double: Mapping[str, str]) -> None:
    """A double waits for a coordinator: one of the things that a signal asks for."""
    leads = register.get(actor, _entry(actor, double["of"]))
    made = register.enter(actor, leads.kind, double["name"], leads.country, uuid4())
    merging.merge(actor, made.id, leads.id, double["why"])


def _decide(actor: Actor, said: Mapping[str, Any]) -> None:
    """What those affected decided; in a demo of a few cases there is no signal, and nobody met."""
    on = clock.today() - timedelta(days=said["days"])
    try:
        service.decide(actor, _entry(actor, said["who"]), on, said["what"], said["text"], uuid4())
    except NotFound:
        return
