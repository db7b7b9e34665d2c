"""The top of the page of a case: what somebody on shift needs first, in words and in the reader's language.

Arriving at a case shows it, and arriving is recorded. No name, no number of an authority and no name of a
medicine is among it: those stand in their sections, which are opened one by one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import get_locale, gettext, ngettext

from casework import clock
from casework.cases import elements, kinds, questions, values
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.deadlines import flights, following, glance, service, spent
from casework.deadlines.spent import Spent
from casework.errors import Invalid, Refused
from casework.web import dates_shown
from casework.web.dates_shown import Due
from casework.web.moves_shown import Line, drawn
from casework.web.questions import voice

KINDS = ("detention", "deportation", "trafficking")
_SECTIONS = (Section.LEGAL, Section.HEALTH, Section.STORY, Section.IDENTITY)
_MOST_DATES = 3


@dataclass(frozen=True)
class Fact:
    """One line of it.

    Attributes:
        label, text: the question and its answer.
        warning: what is not as it should be; empty if nothing.
        due: how long it is until then, or None.
        href: where it is read or changed.
    """

    label: str
    text: str
    warning: str = ""
    due: Due | None = None
    href: str = ""


@dataclass(frozen=True)
class Glance:
    """The top of the page.

    Attributes:
        facts: lines, in the order in which they are asked for.
        line: times in detention and transfers, drawn; None where there is nothing to draw.
        moves: the same as a list: day and words.
        dates: the next dates of the case.
        columns: of trafficking, each element with what is there of it.
        flight_href: the steps before a flight, where there is one.
    """

    facts: list[Fact]
    line: Line | None = None
    moves: list[tuple[str, str]] = field(default_factory=list)
    dates: list[Fact] = field(default_factory=list)
    columns: list[tuple[str, str, str]] = field(default_factory=list)
    flight_href: str = ""


def of(case: OpenCase) -> Glance | None:
    """The top of a case's page; None for kinds that have none, and where nothing was answered yet."""
    if not any(kind in KINDS for kind in case.kinds):
        return None
    told = {key: value for section in _SECTIONS for key, value in case.section(section).values.items()}
    asked = {kind: questions.of_kind(told, kind) for kind in KINDS if kind in case.kinds}
    held, removal = asked.get("detention", {}), asked.get("deportation", {})
    times = _times(case)
    facts = [*_custody(held), *_removal(removal), *_lawyer(held, removal), *_days(times)]
    moved = glance.moves(held.get("transfers"))
    columns = _columns(asked["trafficking"]) if asked.get("trafficking") else []
    facts += _safety(asked.get("trafficking", {}))
    if not (facts or columns):
        return None
    return Glance(
        facts=facts,
        line=drawn(times, moved, _today(case)),
        moves=[_move(one) for one in moved],
        dates=_dates(case),
        columns=columns,
        flight_href=url_for("cases.flight", ref=case.row.ref) if flights.planned(case) else "",
    )


def of_removal(case: OpenCase) -> list[Fact]:
    """What the timeline of a removal says beside its steps: what was given, what stops it, who represents."""
    values_there = case.section(Section.LEGAL).values
    removal = questions.of_kind(values_there, "deportation")
    held = questions.of_kind(values_there, "detention")
    route = [
        Fact(gettext(kinds.get("deportation").field(key).label), text)
        for key in ("flight_number", "flight_route", "escort", "flight")
        if (text := _words("deportation", key, removal))
    ]
    told = [one for one in _removal(removal) if one.label != gettext("Removal")]
    return [*told, *_lawyer(held, removal), *route]


def _custody(held: Mapping[str, Any]) -> Iterator[Fact]:
    """Where the person is, since when, and when somebody last heard from them."""
    if where := _words("detention", "whereabouts", held):
        place = held.get("facility") or ""
        yield Fact(gettext("Where"), f"{where} · {place}" if place else where)
    if since := _words("detention", "arrested_at", held):
        yield Fact(gettext("Taken"), since)
    if heard := _words("detention", "last_heard_at", held):
        days = glance.silent_days(held.get("last_heard_at"), clock.now())
        silent = days is not None and days >= glance.SILENT_AFTER and held.get("whereabouts") != "released"
        warning = ngettext("Silent for %(num)s day", "Silent for %(num)s days", days or 0) if silent else ""
        yield Fact(gettext("Last heard"), heard, str(warning))
    if hearing := glance.next_hearing(held.get("hearings"), clock.now()):
        yield _hearing(hearing)
    if bond := _words("detention", "bond", held):
        amount = _words("detention", "bond_amount", held)
        yield Fact(gettext("Bond or bail"), f"{bond} · {amount}" if amount else bond)
    yield from _medicine(held)


def _hearing(row: Mapping[str, Any]) -> Fact:
    asked = {one.key: one for one in kinds.get("detention").field("hearings").fields}
    said = [
        values.show(asked[key], row.get(key), get_locale(), voice().gettext)
        for key in ("kind", "at", "place")
        if row.get(key)
    ]
    return Fact(gettext("Next hearing"), " · ".join(said), due=_due(row.get("at")))


def _medicine(held: Mapping[str, Any]) -> Iterator[Fact]:
    days = glance.medicine_days(held.get("medicine"), clock.today())
    if days is not None:
        text = ngettext("for %(num)s day", "for %(num)s days", days)
        short = days <= glance.MEDICINE_SOON
        yield Fact(gettext("Medicine left"), str(text), gettext("Runs out soon") if short else "")
    elif held.get("medicine_needed") == "yes":
        yield Fact(gettext("Medicine left"), gettext("needed; nobody counted yet"), gettext("Ask today"))


def _removal(removal: Mapping[str, Any]) -> Iterator[Fact]:
    """What was said of the removal, and what stops it."""
    if at := _words("deportation", "removal_at", removal):
        yield Fact(gettext("Removal"), at, due=_due(removal.get("removal_at")))
    for key, label in (("notice", gettext("Told or given")), ("return_country", gettext("To"))):
        if text := _words("deportation", key, removal):
            yield Fact(label, text)
    if stay := _words("deportation", "stay", removal):
        until = _words("deportation", "stay_until", removal)
        yield Fact(gettext("Stopped by law"), f"{stay} · {until}" if until else stay)
    steps = glance.running_steps(removal.get("remedies"))
    asked = kinds.get("deportation").field("remedies")
    if steps:
        named = {one.key: one for one in asked.fields}
        said = (
            " · ".join(
                values.show(named[key], row.get(key), get_locale(), voice().gettext)
                for key in ("kind", "outcome")
                if row.get(key)
            )
            for row in steps
        )
        yield Fact(gettext("Legal steps"), "; ".join(one for one in said if one))


def _lawyer(held: Mapping[str, Any], removal: Mapping[str, Any]) -> Iterator[Fact]:
    for kind, told in (("detention", held), ("deportation", removal)):
        if text := _words(kind, "representation", told):
            nobody = told.get("representation") in ("none", "seeking")
            yield Fact(gettext("Lawyer"), text, gettext("Nobody yet") if nobody else "")
            return


def _days(times: Spent | None) -> Iterator[Fact]:
    """All days in detention: inclusive days, nights, and the latest time."""
    if times is None:
        return
    text = gettext(
        "%(days)s, %(nights)s; %(latest)s",
        days=ngettext("%(num)s day in all", "%(num)s days in all", times.days),
        nights=ngettext("%(num)s night", "%(num)s nights", times.nights),
        latest=ngettext("latest time %(num)s day", "latest time %(num)s days", times.latest),
    )
    yield Fact(gettext("In detention"), str(text))


def _safety(told: Mapping[str, Any]) -> Iterator[Fact]:
    if place := _words("trafficking", "place_tonight", told):
        unsafe = told.get("place_tonight") != "yes"
        yield Fact(gettext("Safe place tonight"), place, gettext("Settle this first") if unsafe else "")
    if reviewed := _words("trafficking", "risk_reviewed_on", told):
        yield Fact(gettext("Risk looked at"), reviewed)
    if until := _words("trafficking", "reflection_until", told):
        yield Fact(gettext("Recovery period until"), until, due=_due(told.get("reflection_until")))


def _columns(told: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Act, means, purpose and signs: how much is there, and what is missing. Never more than that."""
    found = elements.tally(told)
    shown = [_column(one, found) for one in found.columns]
    signs = gettext("%(there)s of %(of)s", there=len(found.signs.present), of=found.signs.of)
    strong = ngettext("%(num)s strong", "%(num)s strong", found.strong)
    return [*shown, (gettext("Signs of forced labour"), str(signs), f"{strong} · {_open(found.signs)}")]


def _column(one: elements.Column, found: elements.Tally) -> tuple[str, str, str]:
    title = gettext(kinds.get("trafficking").field(one.key).part)
    count = ngettext("%(num)s fact", "%(num)s facts", len(one.present))
    if one.key in found.missing:
        return str(title), str(gettext("missing")), _open(one)
    if one.key == "means" and found.means_not_needed and not one.present:
        return str(title), str(gettext("not needed under 18")), _open(one)
    sourced = gettext("%(num)s with source and day", num=one.sourced)
    return str(title), str(count), f"{sourced} · {_open(one)}"


def _open(one: elements.Column) -> str:
    return str(ngettext("%(num)s not known", "%(num)s not known", one.open))


def _dates(case: OpenCase) -> list[Fact]:
    return [
        Fact(
            dates_shown.title(one.sort, one.lead.label if one.lead else one.title),
            dates_shown.when(one),
            "" if one.lead is None or one.lead.verified else gettext("Unverified"),
            dates_shown.due(one),
            url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id),
        )
        for one in service.coming(case)[:_MOST_DATES]
    ]


def _move(one: glance.Move) -> tuple[str, str]:
    asked = {f.key: f for f in kinds.get("detention").field("transfers").fields}
    day = values.show(asked["on"], one.row.get("on"), get_locale(), voice().gettext)
    ends = " → ".join(str(one.row.get(key) or "?") for key in ("from", "to"))
    return day or gettext("Day not known"), ends


def _times(case: OpenCase) -> Spent | None:
    try:
        told = following.told_by(case)
    except (Refused, Invalid):
        return None
    return spent.added_up(told.spells, _today(case))


def _today(case: OpenCase) -> date:
    _trouble, zone = following.standing(case)
    return clock.now().astimezone(ZoneInfo(zone)).date()


def _words(kind: str, key: str, told: Mapping[str, Any]) -> str:
    """An answer in words; empty where nothing was answered."""
    return values.show(kinds.get(kind).field(key), told.get(key), get_locale(), voice().gettext)


def _due(value: Any) -> Due | None:
    """How long it is until a stored day or moment."""
    day = glance.day_of(value)
    if day is None:
        return None
    at: datetime | None = values.moment(value) if value.get("time") else None
    return dates_shown.due_moment(at) if at else dates_shown.due_day(day)
