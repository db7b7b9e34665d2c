"""Reaching the person, or somebody around them: the rule first, then numbers; and changing both.

Numbers travel only in answers to forms, so that no address, link or cached page can lead to them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework import clock
from casework.access.policy import Action
from casework.cases import joined, kinds, opening, reaching, safe_contact, values
from casework.cases.changing import Differing
from casework.cases.reaching import Read, Stopped
from casework.cases.safe_contact import WAYS, Obstacle
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.plans import trying
from casework.web import questions
from casework.web.access import needs
from casework.web.cases_shown import day, moment, word
from casework.web.others_shown import other_person
from casework.web.rows import rearranged
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

_WAYS = next(field for field in kinds.first_contact() if field.key == WAYS)


@pages.get("/<ref>/reach")
@pages.get("/<ref>/around/<uuid:around>/reach")
@needs(Action.CONTACT_SHOW, writes=True)
def reach(ref: str, around: UUID | None = None) -> str:
    """The rule, and no number."""
    return _page(reaching.read(g.actor, ref, around), around)


@pages.post("/<ref>/reach")
@pages.post("/<ref>/around/<uuid:around>/reach")
@needs(Action.CONTACT_SHOW)
def show_ways(ref: str, around: UUID | None = None) -> str | tuple[str, int]:
    """The numbers, to whoever ticked that they read the rule, within its hours or against a reason."""
    has_read, reason = "read" in request.form, request.form.get("reason", "")
    try:
        ways = reaching.show(g.actor, ref, has_read=has_read, reason=reason, around=around)
    except Stopped as stopped:
        return _page(reaching.read(g.actor, ref, around), around, problem=stopped, stopped=True), 422
    except Invalid as refused:
        return _page(reaching.read(g.actor, ref, around), around, problem=refused), 422
    tried = around is None and bool(trying.offered(opening.load(g.actor, ref)))
    shown = [(questions.say(_WAYS.fields, way), _press(way) if tried else None) for way in ways]
    return _page(reaching.read(g.actor, ref, around), around, shown=shown, against=bool(reason.strip()))


@pages.post("/<ref>/reach/confirm")
@pages.post("/<ref>/around/<uuid:around>/reach/confirm")
@needs(Action.CASE_WORK)
def confirm_reach(ref: str, around: UUID | None = None) -> Response:
    """What the person said at this contact: it is still safe, or it is not any more."""
    still = request.form.get("still") == "yes"
    reaching.confirm(g.actor, ref, still=still, around=around)
    flash(
        gettext("Confirmed today.")
        if still
        else gettext("From now on every way to reach them counts as unsafe.")
    )
    return redirect(url_for("cases.reach", ref=ref, around=around))


@pages.post("/<ref>/reach/edit")
@pages.post("/<ref>/around/<uuid:around>/reach/edit")
@needs(Action.CASE_WORK)
def edit_reach(ref: str, around: UUID | None = None) -> str | tuple[str, int]:
    """The ways and the rule to change, with their numbers: so all that holds for seeing them holds for this too."""
    has_read, reason = "read" in request.form, request.form.get("reason", "")
    try:
        reaching.show(g.actor, ref, has_read=has_read, reason=reason, around=around)
    except Invalid as refused:
        return _page(reaching.read(g.actor, ref, around), around, problem=refused, to_change=True), 422
    return _edit(ref, around)


@pages.post("/<ref>/reach/save")
@pages.post("/<ref>/around/<uuid:around>/reach/save")
@needs(Action.CASE_WORK)
def save_reach(ref: str, around: UUID | None = None) -> Response | str | tuple[str, int]:
    """Keep what was typed; it counts as confirmed today."""
    texts = questions.typed_texts()
    rev = request.form.get("rev", -1, type=int)
    if (other := rearranged(request.form, texts)) is not None:
        return _edit(ref, around, other, rev=rev)
    ways = values.read([_WAYS], texts, locale=get_locale())
    told = values.read(kinds.page("safe_contact"), texts, locale=get_locale())
    if problems := ways.problems | told.problems:
        return _edit(ref, around, texts, problems, rev), 422
    try:
        reaching.save(g.actor, ref, ways.values.get(WAYS, []), told.values, rev, around)
    except Differing:
        meanwhile = Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")
        return _edit(ref, around, texts, {"": meanwhile}, theirs=True), 409
    except Invalid as refused:
        return _edit(ref, around, texts, {refused.field or "": refused}, rev), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.reach", ref=ref, around=around))


def _press(way: Mapping[str, Any]) -> tuple[str, UUID]:
    """What says that nobody answered by this way: its channel, and a token of its own."""
    return str(way.get("channel") or trying.OTHER), uuid4()


def _edit(
    ref: str,
    around: UUID | None,
    texts: Texts | None = None,
    problems: dict[str, Invalid] | None = None,
    rev: int | None = None,
    *,
    theirs: bool = False,
) -> str:
    """The form: over what is stored, or as it was typed; after a conflict with their version above it."""
    case, rule, now = reaching.to_change(g.actor, ref, around)
    asked, stored = (_WAYS, *kinds.page("safe_contact")), {WAYS: list(rule.ways), **rule.told}
    return render_template(
        "cases/reach_edit.html",
        action=url_for("cases.save_reach", ref=ref, around=around),
        rev=now if rev is None else rev,
        questions=questions.ask(asked, stored, texts, problems),
        errors=questions.general(problems or {}),
        theirs=questions.say(asked, stored) if theirs else None,
        other=other_person(case, around),
        **back_to(case),
    )


def _page(read: Read, around: UUID | None, problem: Invalid | None = None, **more: Any) -> str:
    rule, now = read.rule, clock.now()
    return render_template(
        "cases/reach.html",
        ways=[_way(way) for way in rule.ways],
        told=questions.say(kinds.page("safe_contact"), rule.told),
        obstacles=[_obstacle(one, read) for one in read.obstacles],
        ageing=rule.ageing(now) and Obstacle.STALE not in read.obstacles,
        confirmed=day(rule.confirmed_at.date()) if rule.confirmed_at else None,
        problem=questions.sentence(problem) if problem else None,
        wrong=problem.field if problem else None,
        reason=request.form.get("reason", "") if problem else "",
        ref=read.case.row.ref,
        closed=read.case.row.status == "closed",
        around=around,
        other=other_person(read.case, around),
        joined=[] if around else [(one, url_for("cases.reach", ref=one)) for one in joined.refs(read.case)],
        **back_to(read.case),
        **more,
    )


def _way(way: Any) -> tuple[str, str, bool]:
    """What may be said of a way before the rule was read: what sort of way, and whether it is safe."""
    channel, safe = word("contact_channels", way.get("channel")), safe_contact.is_safe(way)
    sort = channel[1] if channel else gettext("Another way")
    return sort, gettext("Marked safe") if safe else gettext("Not marked safe: counts as unsafe"), safe


def _obstacle(one: Obstacle, read: Read) -> str:
    window = read.rule.window
    if one is Obstacle.OUTSIDE and window:
        opens = moment(window.opens(clock.now()))
        return str(gettext("It is outside of the hours that they gave. Next: %(moment)s.", moment=opens))
    texts = {
        Obstacle.UNSAFE: gettext("No way to reach them is marked safe."),
        Obstacle.UNWANTED: gettext(
            "They said that they do not want to be contacted, or took their agreement back."
        ),
        Obstacle.STALE: gettext("Nobody has confirmed for more than 60 days that this is still safe."),
    }
    return str(texts[one])
