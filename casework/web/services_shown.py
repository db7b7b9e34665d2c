"""Places of the directory as templates show them."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from casework import clock
from casework.cases import kinds
from casework.plans.places import Place
from casework.web import questions
from casework.web.cases_shown import day, word, workers

#: What stands in the head of a page or a line, and is not said again below it.
_SAID = frozenset({"name", "sorts", "checked_on"})


def line(place: Place) -> dict[str, Any]:
    """A place in a list."""
    told = place.answers
    country, cost = word("countries", told.get("country")), word("service_costs", told.get("cost"))
    return {
        "href": url_for("services.one", service_id=place.id),
        "name": place.name,
        "sorts": [_said("service_sorts", one) for one in told.get("sorts", ())],
        "where": ", ".join(filter(None, (told.get("city"), country[1] if country else ""))),
        "languages": ", ".join(_said("languages", one) for one in told.get("languages", ())),
        "cost": cost[1] if cost else "",
        "free": told.get("cost") == "free",
        "undocumented": told.get("undocumented"),
        "phone": told.get("phone"),
        "hours": told.get("hours"),
        "stale": place.stale(clock.today()),
        "checked": _checked(place),
    }


def whole(place: Place) -> dict[str, Any]:
    """A place on its own page."""
    fields = [one for one in kinds.page("service") if one.key not in _SAID]
    return line(place) | {
        "id": place.id,
        "facts": questions.say(fields, place.answers),
        "retired": place.retired,
        "written": gettext("%(day)s, %(who)s", day=day(place.at.date()), who=_who(place.by)),
    }


def marked(place: Place) -> str:
    """A place in a list to choose from, with the word that it has to be checked first."""
    city = str(place.answers.get("city") or "")
    named = f"{place.name}, {city}" if city else place.name
    if place.stale(clock.today()):
        return str(gettext("%(place)s (check first)", place=named))
    return named


def _checked(place: Place) -> str:
    if place.checked_on is None:
        return str(gettext("Nobody has made sure of this yet"))
    said = {"day": day(place.checked_on), "who": _who(place.checked_by)}
    return str(gettext("Checked on %(day)s, %(who)s", **said))


def _who(user_id: Any) -> str:
    return workers().get(user_id) or str(gettext("somebody who left"))


def _said(listed: str, code: str) -> str:
    found = word(listed, code)
    return found[1] if found else code
