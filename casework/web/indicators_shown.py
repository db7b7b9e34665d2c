"""Indicators of a release in the reader's language: what each means, where it comes from, a sentence to quote."""

from typing import Any

from flask_babel import gettext

from casework.trends import indicators
from casework.trends.domains import LISTS
from casework.trends.indicators import MIDDLE, Found
from casework.trends.releases import Release
from casework.web.cases_shown import day, word


def _titles() -> dict[str, tuple[str, str]]:
    """What each is called, and what it means."""
    return {
        "recruitment_cost": (
            gettext("What a job cost, in months of its wages"),
            gettext("Half of the workers paid this much or less to get the job, counted in months of what it pays."),
        ),
        "owed": (
            gettext("Wages and money owed"),
            gettext("In half of the cases that closed, this much or less was claimed, in US dollars at fixed rates."),
        ),
        "paid": (
            gettext("Wages and money paid, of what was claimed"),
            gettext("In half of the cases that closed, this share of the claim or less was paid."),
        ),
        "detained": (
            gettext("Days in detention"),
            gettext("Half of the people who were detained were held this long or less."),
        ),
        "signs": (
            gettext("Signs of forced labour"),
            gettext("Half of the people described this many of the eleven signs or fewer. A count, never a verdict."),
        ),
        "dates_kept": (
            gettext("Reached before every deadline"),
            gettext("Of the cases with a legal date, those in which every date was kept."),
        ),
    }  # fmt: skip


def of_release(release: Release, source: str) -> list[dict[str, Any]]:
    """The indicators of a release as its page shows them.

    Args:
        release: without a closing it has none.
        source: what follows each sentence to quote: window, what was counted, release.
    """
    numbers = release.parts.get("closing")
    return [_shown(one, source) for one in indicators.of_numbers(numbers)] if numbers else []


def _shown(found: Found, source: str) -> dict[str, Any]:
    about = found.indicator
    title, meaning = _titles()[about.key]
    return {
        "quote": _quote(found, title, meaning, source) if found.value is not None else "",
        "key": about.key,
        "title": title,
        "meaning": meaning,
        "value": _value(found, found.value),
        "between": _between(found),
        "count": found.count,
        "source": gettext("Our own measure") if about.own else about.source,
        "address": about.address,
        "checked": day(about.checked_on),
    }


def _between(found: Found) -> str:
    """Where it may lie."""
    if found.value is None:
        return ""
    if found.low == found.high:
        return str(gettext("the same wherever the numbers lie within their intervals"))
    low, high = _value(found, found.low), _value(found, found.high)
    return str(gettext("between “%(low)s” and “%(high)s”", low=low, high=high))


def _quote(found: Found, title: str, meaning: str, source: str) -> str:
    """A sentence that can be quoted: with where it may lie, its window and its source."""
    told = {
        "title": title,
        "value": _value(found, found.value),
        "between": _between(found),
        "count": found.count,
    }
    return str(
        gettext(
            "%(title)s: %(value)s (%(between)s). %(meaning)s About %(count)s cases that closed, %(source)s",
            meaning=meaning,
            source=source,
            **told,
        )
    )


def _value(found: Found, code: str | None) -> str:
    if code is None:
        return ""
    if found.indicator.is_ == MIDDLE:
        shown = word(LISTS[found.indicator.table], code)
        return shown[1] if shown else code
    return str(gettext("%(share)s percent", share=code))
