"""The timeline of a removal as its page shows it: how long is left, each step with who and when, what can stop it."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from casework import clock
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.deadlines import countdown, sealing
from casework.deadlines.choices import Meaning
from casework.deadlines.flights import Timeline
from casework.deadlines.held import Held, State
from casework.deadlines.starts import SPOKEN
from casework.plans import trying
from casework.web import dates_shown, glance_shown, questions, tokens
from casework.web.cases_shown import moment, workers

#: Who fears return, and whom nobody asked, is not named to officials of that state.
_NO_FEAR = "no"


def shown(case: OpenCase, found: Timeline) -> dict[str, Any]:
    """Everything that the page says."""
    before = [_step(case, one, found) for one in found.before]
    after = [_step(case, one, found) for one in found.after]
    _point_out(before if not _left(found) else after)
    return {
        "counts": _counts(found),
        "leaves": _leaves(found),
        "known": found.leaves is not None,
        "left": _left(found),
        "place": dates_shown.place(found.zone),
        "before": before,
        "after": after,
        "remedies": [_remedy(case, one, found) for one in found.remedies],
        "facts": glance_shown.of_removal(case),
        "feared": case.section(Section.LEGAL).values.get("deportation.fear") != _NO_FEAR,
        "returned": found.returned,
        "refused": found.refused,
        "trouble": questions.sentence(found.trouble) if found.trouble else None,
    }


def _left(found: Timeline) -> bool:
    return found.leaves is not None and found.leaves < clock.now()


def _counts(found: Timeline) -> dict[str, Any] | None:
    """How long is left, as text and as a moment; None where it has left, or nobody knows when it leaves."""
    if found.leaves is None or _left(found):
        return None
    minutes = countdown.minutes_left(clock.now(), found.leaves)
    offices = countdown.offices_of(found.country)
    open_minutes = countdown.office_minutes(clock.now(), found.leaves, found.zone, offices)
    return {
        "text": _long(minutes),
        "iso": found.leaves.astimezone(UTC).isoformat(),
        "now": minutes < dates_shown.HOURS_SHOWN * 60,
        "office": _long(open_minutes) if open_minutes else "",
        "offices": gettext(
            "%(begins)s to %(ends)s, without weekends and public holidays",
            begins=f"{countdown.OPENS:%H:%M}",
            ends=f"{countdown.CLOSES:%H:%M}",
        )
        if offices.name
        else gettext(
            "%(begins)s to %(ends)s, without weekends; holidays of the place are not known",
            begins=f"{countdown.OPENS:%H:%M}",
            ends=f"{countdown.CLOSES:%H:%M}",
        ),
    }


def _long(minutes: int) -> str:
    """Hours and minutes; from four days on, days and hours."""
    hours, rest = divmod(minutes, 60)
    if hours >= 2 * dates_shown.HOURS_SHOWN:
        days, hours = divmod(hours, 24)
        parts = [
            ngettext("%(num)s day", "%(num)s days", days),
            ngettext("%(num)s hour", "%(num)s hours", hours),
        ]
    else:
        parts = [ngettext("%(num)s hour", "%(num)s hours", hours)] if hours else []
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", rest))
    return " ".join(str(part) for part in parts)


def _leaves(found: Timeline) -> str:
    """When it leaves, there and in the time of the page."""
    if found.leaves is None or found.day is None:
        return ""
    if not found.exact:
        return str(
            gettext(
                "%(day)s; the hour is not known, so the first minute counts",
                day=dates_shown.weekday(found.day),
            )
        )
    return dates_shown.there_and_here(found.leaves, found.zone)


def _step(case: OpenCase, one: Held, found: Timeline) -> dict[str, Any]:
    """A step: what, when, whose, and what came of it."""
    names = workers()
    owner = one.owner_id or case.row.primary_id
    ended = one.turns[-1] if one.state is State.DONE and one.turns else None
    said = dates_shown.shown(one, names.get(owner) if owner else None, None)
    return said | {
        "caveat": gettext(one.lead.caveat) if one.lead and one.lead.caveat else "",
        "when": dates_shown.there_and_here(one.strikes, found.zone) if one.exact else said["when"],
        "late": one.running and one.strikes < clock.now(),
        "done": ended is not None,
        "done_by": (names.get(ended.by) or gettext("somebody who left")) if ended and ended.by else "",
        "done_at": moment(ended.at) if ended else "",
        "mine_href": url_for("cases.take_step", ref=case.row.ref, deadline_id=one.id),
        "done_href": url_for("cases.step_done", ref=case.row.ref, deadline_id=one.id),
        "href": url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id),
        "owner_id": owner,
        "try_href": url_for("cases.no_answer", ref=case.row.ref) if _speaks(case, one) else "",
        "token": tokens.for_form() if one.running else None,
        "next": False,
    }


def _speaks(case: OpenCase, one: Held) -> bool:
    """Whether somebody calls the person then, and there is a way by which they may be tried."""
    return one.running and sealing.about(one) == SPOKEN and bool(trying.offered(case))


def _point_out(steps: Iterable[dict[str, Any]]) -> None:
    """The first step that is not done stands open."""
    first = next((one for one in steps if not one["done"]), None)
    if first is not None:
        first["next"] = True


def _remedy(case: OpenCase, one: Held, found: Timeline) -> dict[str, Any]:
    said = dates_shown.shown(one, None, None)
    acts = one.lead is not None and one.lead.meaning is Meaning.ACT_BY
    coming = found.leaves is not None and not _left(found)
    return said | {
        "href": url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id),
        "too_late": acts and coming and found.leaves is not None and one.strikes > found.leaves,
    }
