"""Filters of the list by what the chosen kind of case asks: made of its file, so that a new kind brings its own."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from casework import clock
from casework.cases import card_answers, kinds, values
from casework.cases.fields import Field, Type
from casework.web.forms import coded
from casework.web.questions import voice

#: What the names of these filters begin with; the stored key of the question follows.
LEAD = "asked-"
_DAYS = [
    ("past", _("already past")),
    ("7", _("within 7 days")),
    ("30", _("within 30 days")),
    ("-30", _("the last 30 days")),
    ("-365", _("the last year")),
]
_LISTS = {Type.COUNTRY: "countries", Type.LANGUAGE: "languages"}


def questions(kind: str) -> dict[str, Field]:
    """The questions of a kind that lists filter by, by the names of their filters.

    Args:
        kind: its key, or anything else that somebody sent: that one has none.
    """
    return {f"{LEAD}{kind}.{field.key}": field for field in card_answers.asked(kind)}


def offered(field: Field) -> list[tuple[str, str]]:
    """Codes and words to choose from, in the language of the page."""
    if field.type is Type.DATE:
        return [(code, str(words)) for code, words in _DAYS]
    if field.type in _LISTS:
        return coded(_LISTS[field.type])
    return list(values.named_choices(kinds.code_list(field.codes), voice()))


def filters(asked: Mapping[str, Field], chosen: Mapping[str, str]) -> dict[str, Any]:
    """What was chosen, as the search room takes it.

    Args:
        asked: as `questions` gives them.
        chosen: codes by the names of filters.
    """
    answers, answered = set(), []
    for name, field in asked.items():
        if name in chosen:
            lead = card_answers.lead(*name.removeprefix(LEAD).split(".", 1))
            if field.type is Type.DATE:
                answered.append((lead, *_span(chosen[name])))
            else:
                answers.add(f"{lead}{chosen[name]}")
    return {"answers": frozenset(answers), "answered": tuple(answered)}


def _span(code: str) -> tuple[date | None, date]:
    """The first and last day of a choice among `_DAYS`."""
    today = clock.today()
    if code == "past":
        return None, today - timedelta(days=1)
    first, last = sorted((today, today + timedelta(days=int(code))))
    return first, last
