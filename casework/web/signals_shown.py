"""Signals as templates show them, and the weekly word to other desks, said by the first page that has the keys."""

from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext, ngettext

from casework.access import desks
from casework.access.actor import Actor
from casework.errors import Conflict
from casework.people.consents import Told
from casework.signals import asking, notes, service, sharing, telling
from casework.signals.asking import Later, ToAsk
from casework.signals.book import Decision
from casework.signals.notes import Note
from casework.signals.service import Elsewhere, Signal
from casework.web.cases_shown import day, moment, word, workers
from casework.web.guard import begin_to_write
from casework.web.lists_shown import row
from casework.web.respondents_shown import kinds_in_words


def tell_weekly() -> None:
    """Once a week, before a page is shown: tell the other desks. Nobody waits for it, and nobody presses anything."""
    if not telling.due(g.actor):
        return
    begin_to_write()
    try:
        telling.if_due(g.actor)
    except Conflict:
        begin_to_write()


def line(signal: Signal) -> dict[str, Any]:
    """A signal in a list."""
    return {
        "href": url_for("signals.one", respondent_id=signal.one.id),
        "name": signal.one.name,
        "kinds": kinds_in_words(signal.one),
        "persons": persons(signal.persons),
        "elsewhere": [_band(one) for one in signal.elsewhere],
        "unsure": len(signal.unsure),
        "aside": _aside(signal),
        "decided": _decided(signal.decisions[-1]) if signal.decisions else None,
    }


def persons(count: int) -> str:
    """How many people of this desk."""
    return str(ngettext("%(num)s person here", "%(num)s people here", count))


def _band(one: Elsewhere) -> str:
    many = gettext("3 or more people") if one.band == telling.MANY else gettext("1 or 2 people")
    return str(gettext("%(desk)s: %(band)s", desk=one.desk.name or gettext("another desk"), band=many))


def _aside(signal: Signal) -> dict[str, str] | None:
    if signal.aside is None:
        return None
    who = workers().get(signal.aside.by) or gettext("somebody who left")
    return {"until": day(signal.aside.until), "why": signal.aside.why, "who": who}


def _decided(one: Decision) -> dict[str, str]:
    what = word("meeting_decisions", one.what)
    return {
        "what": what[1] if what else one.what,
        "on": day(one.on),
        "text": one.text,
        "who": workers().get(one.by) or str(gettext("somebody who left")),
    }


def whole(actor: Actor, respondent_id: UUID) -> dict[str, Any]:
    """One signal on its own page: whom to ask, whom to turn to, what was decided."""
    signal = service.get(actor, respondent_id)
    people = asking.to_ask(actor, respondent_id)
    names = {one.user_id: one.name for one in desks.lines_of(actor.network)}
    written = notes.listing(actor, frozenset({respondent_id}))
    return {
        "signal": line(signal) | {"id": signal.one.id, "months": signal.months},
        "register_href": url_for("respondents.one", respondent_id=signal.one.id),
        "unsure": [
            {"name": one.name, "href": url_for("respondents.one", respondent_id=one.id)}
            for one in signal.unsure
        ],
        "answers": asking.answers(people),
        "people": [_person(one) for one in people],
        "more": max(0, len(signal.cases) - asking.MOST),
        "others": [_other(one, names, written) for one in signal.elsewhere],
        "decisions": [_decided(one) for one in reversed(signal.decisions)],
        "shared": sharing.state(actor, signal.one.id),
    }


def _person(one: ToAsk) -> dict[str, Any]:
    """Somebody to ask: by which way, and what they answered, to whom and when."""
    ways = [found[1] for way in one.ways if (found := word("contact_channels", way))]
    return {
        "case": row(one.card),
        "ways": ", ".join(ways),
        "safe": bool(ways),
        "now": one.now,
        "answer": _answer(one.answer, holds=one.holds),
        "later": [_later(each) for each in one.later if each.answer is not None],
        "ask_href": url_for("cases.consents", ref=one.card.ref, purpose=asking.PURPOSE),
    }


def _later(one: Later) -> tuple[str, str, str]:
    """A later question, what they answered to it, and its colour."""
    purpose, said = word("consent_purposes", one.purpose), _answer(one.answer, holds=one.holds)
    assert said is not None  # noqa: S101 - only what was asked is shown
    return (purpose[1] if purpose else one.purpose, *said)


def _answer(answer: Told | None, *, holds: bool) -> tuple[str, str] | None:
    """What they answered, in words, and its colour."""
    if answer is None:
        return None
    said = {
        "who": workers().get(answer.by) or gettext("somebody who left"),
        "when": moment(answer.at),
    }
    if holds:
        return str(gettext("Yes: asked by %(who)s, %(when)s", **said)), "green"
    if answer.withdrawn_at is not None:
        return str(gettext("Taken back: asked by %(who)s, %(when)s", **said)), "line"
    if answer.answer.given:
        return str(gettext("Run out: asked by %(who)s, %(when)s", **said)), "amber"
    return str(gettext("No: asked by %(who)s, %(when)s", **said)), "line"


def _other(one: Elsewhere, names: dict[UUID, str | None], written: list[Note]) -> dict[str, Any]:
    """Another desk that knows the name: what it is called, who coordinates it, what was written."""
    there = [name for who in one.desk.coordinators if (name := names.get(who))]
    return {
        "id": one.desk.desk_id,
        "name": one.desk.name,
        "band": _band(one),
        "coordinators": ", ".join(there),
        "since": day(one.desk.week),
        "notes": [
            {"own": note.own, "by": names.get(note.by) or "?", "at": moment(note.at), "text": note.text}
            for note in written
            if note.with_desk == one.desk.desk_id
        ],
    }
