"""Dates as templates show them: how long it is, at both ends, and the working in words."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, url_for
from flask_babel import format_date, gettext, ngettext

from casework import clock, codes
from casework.access.policy import Action, can
from casework.cases.opening import OpenCase
from casework.cases.values import label
from casework.deadlines import lists, rules, service
from casework.deadlines.clock import Clock
from casework.deadlines.held import Held, Sort
from casework.deadlines.today import Line
from casework.web import languages
from casework.web.questions import voice

#: Text, moment or day as ISO, and how near it is: "now", "soon" or None.
Due = tuple[str, str, str | None]

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
HOURS_SHOWN, _SOON_DAYS = 48, 7


def next_due(case: OpenCase) -> Due | None:
    """The next date of a case, for its head."""
    one = service.next_of(case)
    return due(one) if one else None


def due(one: Held | Line) -> Due:
    """How long it is until a date."""
    if one.exact:
        return due_moment(one.strikes)
    return due_day(one.due_on, today=clock.now().astimezone(ZoneInfo(one.zone)).date())


def due_moment(strikes: datetime) -> Due:
    """How long it is until a moment: minutes within the hour, hours up to two days, days beyond."""
    seconds = (strikes - clock.now()).total_seconds()
    hours, days = int(abs(seconds) // _HOUR), int(abs(seconds) // _DAY)
    if not hours:
        text = _minutes(seconds)
    elif seconds < 0:
        text = _ago_hours(hours) if hours < HOURS_SHOWN else _ago(days)
    elif hours < HOURS_SHOWN:
        text = ngettext("%(num)s hour left", "%(num)s hours left", hours)
    else:
        text = ngettext("%(num)s day left", "%(num)s days left", days)
    near = "now" if seconds < HOURS_SHOWN * _HOUR else "soon" if days < _SOON_DAYS else None
    return str(text), strikes.astimezone(UTC).isoformat(), near


def due_day(day: date, *, today: date | None = None) -> Due:
    """How long it is until a day, at whose end it is too late."""
    days = (day - (today or clock.today())).days
    if days < 0:
        text = _ago(-days)
    elif days == 0:
        text = gettext("today")
    else:
        text = ngettext("%(num)s day left", "%(num)s days left", days)
    return str(text), day.isoformat(), "now" if days <= 1 else "soon" if days < _SOON_DAYS else None


def line(one: Line, called: str | None, owner: str | None) -> dict[str, Any]:
    """A date of the desk as `date_row` of `pieces/dates.html` shows it.

    Args:
        one: of the desk.
        called: what the person is called, where that is known.
        owner: name of whose it is.
    """
    return {
        "title": gettext("Emergency") if _taken(one) else title(one.sort, one.title),
        "ref": one.ref,
        "called": called,
        "due": due(one),
        "when": when(one),
        "meaning": _meaning(one.meaning),
        "unverified": not one.verified,
        "owner": owner,
        "waiting": one.waiting,
        "overdue": one.strikes < clock.now(),
    }


def _taken(one: Line) -> bool:
    """Whether it is an emergency that somebody has by name: nobody is asked to take it any more."""
    return one.sort is Sort.EMERGENCY and not one.waiting


def title(sort: Sort, text: str) -> str:
    """What a date is about, in words: tasks in those of who wrote them."""
    if sort is Sort.EMERGENCY:
        return str(gettext("Emergency: somebody has to take it upon themselves"))
    return str(gettext(text)) if sort is Sort.CLOCK else text


def when(one: Held | Line) -> str:
    """When it is, at the place whose day it is, and by the clock of the desk where that is another."""
    return there_and_here(one.strikes, one.zone) if one.exact else weekday(one.due_on)


def there_and_here(at: datetime, zone: str) -> str:
    """A moment by the clock of a place, and by that of the desk where it shows something else.

    Args:
        at: with a zone.
        zone: IANA name of the place.
    """
    there, here = at.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(languages.zone()))
    text = f"{weekday(there.date())}, {there:%H:%M}"
    if there.utcoffset() == here.utcoffset():
        return text
    day = "" if there.date() == here.date() else f"{weekday(here.date())}, "
    return f"{text} ({day}{here:%H:%M} {place(languages.zone())})"


def shown(one: Held, owner: str | None, backup: str | None) -> dict[str, Any]:
    """One date of a case with its working, for its section and its page."""
    lead = one.lead
    return {
        "id": str(one.id),
        "sort": one.sort.value,
        "event": lead.event if lead else "",
        "state": one.state.value,
        "title": title(one.sort, lead.label if lead else one.title),
        "due": due(one) if one.running else None,
        "when": when(one),
        "place": place(one.zone) if lead or one.exact else "",
        "meaning": _meaning(lead.meaning.value) if lead else "",
        "owner": owner,
        "backup": backup,
        "loose": one.loose,
        "moved": one.moved,
        "unverified": lead is not None and not lead.verified,
        "taken": one.acknowledged is not None,
        "reason": next((turn.reason for turn in reversed(one.turns) if turn.reason), ""),
        "working": working(lead) if lead else None,
        "others": [_other(each) for each in one.clocks[1:]],
    }


def working(lead: Clock) -> dict[str, Any]:
    """Everything that says why it is this date."""
    sure = lists.load("sure").label(lead.sure)
    return {
        "version": lead.version,
        "steps": [step.say(_translated, _any_day) for step in lead.steps],
        "notices": [step.say(_translated, _any_day) for step in lead.notices],
        "caveat": gettext(lead.caveat) if lead.caveat else "",
        "source": lead.source,
        "source_url": lead.source_url,
        "sure": gettext(sure),
        "checked": weekday(lead.checked_on),
        "recheck_due": lead.recheck_due,
        "rule_href": _rule_href(lead.digest),
    }


def _rule_href(digest: str) -> str | None:
    """The rule as it stands today; none where this person sees no rules, or it has changed since this was counted."""
    if not can(g.actor, Action.RULE_VIEW) or all(rule.digest != digest for rule in rules.load()):
        return None
    return url_for("rules.one", digest=digest)


def place(zone: str) -> str:
    """A zone as people call it: by its city."""
    return label(codes.load("zones"), zone, voice())


def _other(one: Clock) -> str:
    """Another version or reading, and its day."""
    reading = gettext(lists.load("readings").label(one.reading)) if one.reading else ""
    status = gettext(lists.load("statuses").label(one.status)) if one.status.value != "in_force" else ""
    said = "; ".join(filter(None, (gettext(one.version), reading, status)))
    return f"{weekday(one.day)}: {said}"


def _meaning(code: str) -> str:
    return str(gettext(lists.load("meanings").label(code))) if code else ""


def _translated(text: str) -> str:
    return str(gettext(text)) if text else ""


def _any_day(value: date) -> str:
    if isinstance(value, datetime):
        return f"{weekday(value.date())}, {value:%H:%M} ({place(str(value.tzinfo))})"
    return weekday(value)


def weekday(value: date) -> str:
    """A day with its weekday, and its month in letters."""
    return str(format_date(value, "EEE d MMM y"))


def _ago(days: int) -> str:
    return str(ngettext("%(num)s day ago", "%(num)s days ago", days))


def _minutes(seconds: float) -> str:
    minutes = int(abs(seconds) // _MINUTE)
    if seconds < 0:
        return str(ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes))
    return str(ngettext("%(num)s minute left", "%(num)s minutes left", minutes))


def _ago_hours(hours: int) -> str:
    return str(ngettext("%(num)s hour ago", "%(num)s hours ago", hours))
