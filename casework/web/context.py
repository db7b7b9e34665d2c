"""What every template may use: who is here, where, in which language."""

from dataclasses import replace
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext
from flask_login import current_user

from casework.access import entrance
from casework.access.desks import Named
from casework.access.policy import Action, Role, can
from casework.sharing import reading
from casework.vault import PersonKeys
from casework.web import csrf, given_back, languages
from casework.web.static_files import digest


def install(app: Flask) -> None:
    """Hand every template the same few names."""
    app.context_processor(_names)
    app.url_defaults(stay_at_desk)


def _names() -> dict[str, Any]:
    person: Any = current_user.person if current_user and current_user.is_authenticated else None
    desks = entrance.desks_of(person, g.get("actor"), g.get("places")) if person else []
    if here := g.get("desk"):
        here = _named(person, here)
    return {
        "actor": g.get("actor"),
        "person": person,
        "desk": here,
        "desks": [here if here and one.id == here.id else _named(person, one) for one in desks],
        "csrf_field": csrf.hidden_field,
        "may": may,
        **given_back.names(),
        **surroundings(),
    }


def _named(person: PersonKeys, desk: Named) -> Named:
    """A desk under its name; an ally holds no key of it, and knows the name out of what they were given."""
    if desk.name is None and desk.role is Role.ALLY:
        # Before something was given, and when all of it has ended, nothing that they can open says the name.
        name = reading.name_of_desk(person, desk.id)
        return replace(desk, name=name or gettext("A desk you help (%(code)s)", code=desk.code))
    if desk.name is None and desk.network:
        # Campaign teams hold no key of the network, and its letters say nothing to them.
        return replace(desk, name=gettext("The network"))
    return desk


def may(action: str) -> bool:
    """Whether the reader may do something here, by the action's name: pages offer only what would be allowed."""
    actor = g.get("actor")
    return actor is not None and can(actor, Action(action))


def surroundings() -> dict[str, Any]:
    """What belongs to a page whoever reads it: its language, its light, whether it is a demo."""
    return {
        "languages": languages.offered(),
        "language": languages.current(),
        "direction": languages.direction(),
        "theme": _theme(),
        "demo": current_app.config["CASEWORK"].demo,
        "url_for": url_for,
    }


def _theme() -> str:
    """`light`, `dark`, or `auto`: as the device has it."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in {"light", "dark"} else "auto"


def stay_at_desk(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the same desk unless another is named; static files carry a digest."""
    if endpoint == "static":
        values.setdefault("v", digest(values["filename"]))
    elif (
        "desk" not in values and g.get("desk") and current_app.url_map.is_endpoint_expecting(endpoint, "desk")
    ):
        values["desk"] = g.desk.code
