"""I want to organise: asked for itself, passed to the organiser whom the person chose, taken back with a word."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.organising import introducing, offers, standing_in, wishing
from casework.organising.kept import LOST, Introduced, Standing
from casework.organising.wishing import Wish
from casework.web import given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import day, word, workers
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.consents import answer_of
from casework.web.views.cases.frame import back_to

_NOT_ASKED = {"purpose", "recipient", "data"}
_NOBODY = UUID(int=0)


@pages.get("/<ref>/organising")
@needs(Action.ORGANISER_TELL, writes=True, network=True)
def organising(ref: str) -> str:
    """To whom they were introduced, and a form for asking; opening it is recorded."""
    return _page(*introducing.listing(g.actor, ref), given_back.texts(), {})


@pages.post("/<ref>/organising")
@drafted(_("Somebody who wants to organise"))
@needs(Action.ORGANISER_TELL, network=True)
def introduce(ref: str) -> Response | tuple[str, int]:
    """Write down what they said; a yes is passed on."""
    texts = questions.typed_texts()
    asked = values.read(_asked(), texts, locale=get_locale())
    told = values.read(kinds.page("introduction"), texts, locale=get_locale())
    # Who says no is asked nothing else.
    problems = asked.problems | (told.problems if asked.values.get("given") == "yes" else {})
    if not problems:
        try:
            answer = answer_of(asked.values | {"purpose": introducing.PURPOSE}, introducing.PURPOSE)
            passed = introducing.introduce(g.actor, ref, _wish(told.values), answer, tokens.sent(), _task())
        except Invalid as refused:
            problems[refused.field or ""] = refused
        else:
            flash(
                gettext("Passed on, sealed to this organiser alone.")
                if passed
                else gettext("Written down. Nothing was passed on, and nothing else changes.")
            )
            return redirect(url_for("cases.organising", ref=ref))
    return _page(*introducing.listing(g.actor, ref), texts, problems), 422


@pages.post("/<ref>/organising/<uuid:entry_id>/back")
@needs(Action.ORGANISER_TELL)
def unintroduce(ref: str, entry_id: UUID) -> Response:
    """They do not want it any more."""
    introducing.take_back(g.actor, ref, entry_id)
    flash(gettext("Taken back. If the organiser had read it, they are told to leave them alone."))
    return redirect(url_for("cases.organising", ref=ref))


@pages.post("/<ref>/organising/<uuid:entry_id>/stand-in")
@needs(Action.ORGANISER_TELL, network=True)
def stand_in(ref: str, entry_id: UUID) -> Response | tuple[str, int]:
    """The organiser is away: whom the person named beforehand is let know instead."""
    try:
        standing_in.step_in(g.actor, ref, entry_id, tokens.sent(), _task())
    except Invalid as refused:
        return _page(*introducing.listing(g.actor, ref), None, {"": refused}), 422
    flash(gettext("Passed on, sealed to this organiser alone."))
    return redirect(url_for("cases.organising", ref=ref))


def _task() -> str:
    return str(gettext("Ask whether they have met the organiser"))


def _wish(told: dict[str, Any]) -> Wish:
    form, offer = request.form, request.form.get("offer", type=UUID) or _NOBODY
    return Wish(
        offer,
        form.get("channel", ""),
        told.get("called") or "",
        told.get("words") or "",
        form.get("stand_in", type=UUID),
    )


def _asked() -> list[Any]:
    return [field for field in kinds.page("consent") if field.key not in _NOT_ASKED]


def _page(case: OpenCase, found: list[Introduced], texts: Texts | None, problems: dict[str, Invalid]) -> str:
    sent, ref = given_back.shown(), case.row.ref
    every, ways = offers.listing(g.actor), wishing.ways(case)
    stands = standing_in.standings(case)
    return render_template(
        "cases/organising.html",
        action=url_for("cases.introduce", ref=ref),
        form_token=tokens.for_form(),
        told=[_line(ref, one, stands[one.id]) for one in found],
        offers=[
            (str(one.id), one.recipient, str(one.id) == sent.get("offer"), {"help": one.says})
            for one in every
        ],
        stand_ins=[("", gettext("Nobody: ask them again"), not sent.get("stand_in"))]
        + [(str(one.id), one.recipient, str(one.id) == sent.get("stand_in")) for one in every],
        ways=[(one, _channel(one), one == sent.get("channel")) for one in ways],
        errors_at={
            key: [questions.sentence(one)]
            for key, one in problems.items()
            if key in ("offer", "channel", "stand_in")
        },
        asked=questions.ask(_asked(), None, texts, problems),
        questions=questions.ask(kinds.page("introduction"), None, texts, problems),
        errors=questions.general(problems),
        reach_href=url_for("cases.reach", ref=ref),
        closed=case.row.status == CLOSED,
        **back_to(case),
    )


def _channel(code: str) -> str:
    found = word("contact_channels", code)
    return found[1] if found else code


def _line(ref: str, one: Introduced, stands: tuple[Standing, bool]) -> dict[str, Any]:
    how, can_step_in = stands
    return {
        "to": one.to,
        "channel": _channel(one.channel),
        "on": day(one.at.date()),
        "who": workers().get(one.by) or gettext("somebody who left"),
        "read": day(one.read_on) if one.read_on else "",
        "ended": _ENDED.get(one.ended, ""),
        "lost": str(_LOST[how]) if how in LOST else "",
        "stand_in": one.stand_in,
        "stand_in_href": url_for("cases.stand_in", ref=ref, entry_id=one.id) if can_step_in else "",
        "back_href": "" if one.ended else url_for("cases.unintroduce", ref=ref, entry_id=one.id),
    }


_ENDED = {"withdrawn": _("Taken back"), "stood_in": _("Another steps in"), "over": _("Taken back")}
_LOST = {
    Standing.UNREAD: _("They have not read it for two weeks or longer. Perhaps they are away."),
    Standing.AWAY: _("They meet nobody any more, or did not say it again, or left the network."),
    Standing.BACK: _("Nobody has it any more: they gave it back, or its time was over."),
}
