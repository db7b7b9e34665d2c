"""Closed cases and what is purged by itself, in words."""

from datetime import date, timedelta
from typing import Any

from flask import g, url_for
from flask_babel import format_date, gettext, ngettext

from casework import codes
from casework.retention import purging, service, witness
from casework.retention.service import Due, Remains
from casework.retention.stays import Stay
from casework.web.cases_shown import day, kind_word, moment, workers
from casework.web.forms.retention import WORDS

#: How far back Today tells what was purged.
LATELY = timedelta(days=7)


def for_today() -> dict[str, Any]:
    """For coordinators: closed cases that wait, what was purged lately, and a clock that jumped."""
    waits = service.waiting(g.actor)
    return {
        "waits": waits,
        "waits_text": ngettext(
            "One closed case waits for a decision", "%(num)s closed cases wait for a decision", waits
        ),
        "reports": reports(LATELY),
        "jump": jump(),
    }


def reports(since: timedelta) -> list[tuple[str, str]]:
    """What was purged: when, and how much of what."""
    return [(day(one.at.date()), _purged(one.what, one.count)) for one in purging.reports(g.actor, since)]


def _purged(what: str, count: int) -> str:
    words = {
        "drafts": ngettext(
            "one draft that nobody came back for", "%(num)s drafts that nobody came back for", count
        ),
        "emergencies": ngettext(
            "one name, because 72 hours passed without consent",
            "%(num)s names, because 72 hours passed without consent",
            count,
        ),
        "statuses": ngettext(
            "one immigration status, on its day", "%(num)s immigration statuses, on their day", count
        ),
        "invitations": ngettext(
            "one invitation that nobody answered", "%(num)s invitations that nobody answered", count
        ),
        "shifts": ngettext(
            "one hand-over note after 30 days", "%(num)s hand-over notes after 30 days", count
        ),
        "introductions": ngettext(
            "what one organiser was told, on its day", "what %(num)s organisers were told, on its day", count
        ),
        "pseudonymised": ngettext(
            "one closed case lost its names", "%(num)s closed cases lost their names", count
        ),
    }
    return str(words.get(what, what))


def jump() -> dict[str, str] | None:
    """That nothing is purged because the server's clock jumped."""
    found = witness.jump()
    return {"trusted": moment(found.trusted), "now": moment(found.now)} if found else None


def shown(one: Due) -> dict[str, Any]:
    """A closed case that a coordinator looks at."""
    return {
        "ref": one.ref,
        "called": one.called,
        "href": url_for("retention.one", ref=one.ref),
        "closed": day(one.closed_on),
        "ends": day(one.ends_on),
        "open_loop": one.open_loop,
        "ask_on": day(one.ask_on) if one.ask_on else None,
        "runs": one.runs,
        "stays": [_stay(stay) for stay in one.stays],
    }


def _stay(one: Stay) -> dict[str, str]:
    return {
        "what": one.what.value,
        "words": str(WORDS[one.what]),
        "why": one.why,
        "until": day(one.until),
        "by": workers().get(one.by) or gettext("somebody who left"),
    }


def remains(one: Remains) -> dict[str, Any]:
    """What stays of a case without names: a line."""
    what = one.what
    kinds = [kind_word(kind)[1] for kind in what["kinds"]]
    return {
        "ref": what["ref"],
        "text": " · ".join([*kinds, _reason(what["reason"])]),
        "months": f"{_month(what['opened'])} – {_month(what['closed'])}",
        "forget_href": url_for("retention.forget", kept_id=one.id),
    }


def _reason(key: str) -> str:
    listed = codes.load("closing_reasons")
    return str(gettext(listed.label(key))) if key in listed else key


def _month(text: str) -> str:
    return str(format_date(date.fromisoformat(f"{text}-01"), "MMM y"))
