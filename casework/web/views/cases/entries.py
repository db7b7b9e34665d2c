"""What was noted on a case, newest first, and noting more."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access import desks
from casework.access.policy import Action
from casework.cases import arriving, kinds, opening, severe, values
from casework.cases import entries as noting
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.groups import belonging
from casework.plans import trying
from casework.web import given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import moment, word, workers
from casework.web.forms.cases import kinds_of_entry
from casework.web.groups_shown import of_group
from casework.web.moments import typed_moment
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to, show

#: What of a note can be put right; when it was and what it was stay.
_TEXT = next(field for field in kinds.page("entry") if field.key == "text")


@pages.get("/<ref>/entries")
@needs(Action.CASE_OPEN, writes=True)
def entries(ref: str) -> str:
    """Everything that was noted; opening it is recorded."""
    found = noting.listing(g.actor, ref)
    case = opening.load(g.actor, ref)
    add = (gettext("Write a note"), url_for("cases.new_entry", ref=ref), "note")
    return show(
        case,
        "entries",
        entries=_with_groups(case, found.noted),
        refused=found.refused > 0,
        missing=not found.whole and not found.refused,
        add=() if case.row.status == "closed" else (add,),
    )


@pages.get("/<ref>/entries/new")
@needs(Action.CASE_WORK, writes=True)
def new_entry(ref: str) -> str:
    """A form for a note, a call, a visit, an event; it shows whose case it is, so it is an arrival."""
    arriving.arrive(g.actor, ref)
    return _page(ref, given_back.texts(), {})


@pages.post("/<ref>/entries/new")
@drafted(_("A note"))
@needs(Action.CASE_WORK)
def add_entry(ref: str) -> Response | tuple[str, int]:
    """Note it; the same form twice notes it once."""
    texts = questions.typed_texts()
    answers = values.read(kinds.page("entry"), texts, locale=get_locale())
    if answers.problems:
        return _page(ref, texts, answers.problems), 422
    try:
        kind = request.form.get("kind", "note")
        heavy, when = "heavy" in request.form, typed_moment(answers.values)
        trying.note(
            g.actor,
            ref,
            kind,
            when,
            answers.values["text"],
            tokens.sent(),
            heavy=heavy,
            done=gettext("They were reached"),
        )
    except Invalid as refused:
        return _page(ref, texts, {refused.field or "": refused}), 422
    flash(gettext("Saved."))
    case = opening.load(g.actor, ref)
    return redirect(
        url_for("cases.pause" if severe.entry(case, kind, heavy=heavy) else "cases.entries", ref=ref)
    )


@pages.get("/<ref>/pause")
@needs(Action.CASE_OPEN)
def pause(ref: str) -> str:
    """After something hard: a calm note, and whom to talk to. Nothing is kept of who saw it."""
    opening.load(g.actor, ref)
    return render_template(
        "cases/pause.html",
        whom=desks.body(g.actor.desk)[0].get("care", ""),
        on_href=url_for("cases.entries", ref=ref),
    )


def _page(ref: str, texts: Texts | None, problems: dict[str, Invalid]) -> str:
    chosen = given_back.shown().get("kind", "note")
    return render_template(
        "cases/entry_new.html",
        action=url_for("cases.add_entry", ref=ref),
        form_token=tokens.for_form(),
        kinds=[(code, label, code == chosen) for code, label in kinds_of_entry()],
        questions=questions.ask(kinds.page("entry"), None, texts, problems),
        errors=questions.general(problems),
        **back_to(opening.load(g.actor, ref)),
    )


@pages.get("/<ref>/entries/<uuid:entry_id>/correct")
@needs(Action.CASE_WORK, writes=True)
def edit_entry(ref: str, entry_id: UUID) -> str:
    """A note that is wrong, to put right."""
    arriving.arrive(g.actor, ref)
    return _correcting(*noting.one(g.actor, ref, entry_id), given_back.texts(), {})


@pages.post("/<ref>/entries/<uuid:entry_id>/correct")
@drafted(_("A correction"))
@needs(Action.CASE_WORK)
def correct_entry(ref: str, entry_id: UUID) -> Response | tuple[str, int]:
    """Put it right; everybody sees that it was corrected."""
    texts, rev = questions.typed_texts(), request.form.get("rev", -1, type=int)
    answers = values.read([_TEXT], texts, locale=get_locale())
    problems = dict(answers.problems)
    if not problems:
        try:
            heavy, said = "heavy" in request.form, answers.values.get("text", "")
            noting.correct(g.actor, ref, entry_id, said, rev, heavy=heavy)
        except Differing as differing:
            case, _now = noting.one(g.actor, ref, entry_id)
            return _correcting(case, differing.theirs, texts, {}, theirs=differing.theirs.text), 409
        except Invalid as refused:
            problems = {refused.field or "": refused}
        else:
            flash(gettext("Corrected."))
            return redirect(url_for("cases.entries", ref=ref))
    return _correcting(*noting.one(g.actor, ref, entry_id), texts, problems, rev=rev), 422


def _correcting(
    case: OpenCase,
    now: noting.Noted,
    texts: Texts | None,
    problems: dict[str, Invalid],
    *,
    rev: int | None = None,
    theirs: str = "",
) -> str:
    heavy = given_back.shown().get("heavy") if texts else now.heavy
    return render_template(
        "cases/entry_edit.html",
        action=url_for("cases.correct_entry", ref=case.row.ref, entry_id=now.id),
        rev=now.rev if rev is None else rev,
        questions=questions.ask([_TEXT], {"text": now.text}, texts, problems),
        errors=questions.general(problems),
        heavy=bool(heavy) or "heavy" in request.form,
        theirs=theirs,
        **back_to(case) | {"back_href": url_for("cases.entries", ref=case.row.ref)},
    )


def _with_groups(case: OpenCase, noted: tuple[noting.Noted, ...]) -> list[dict[str, Any]]:
    """The notes of the case, and what was written once for the groups that it belongs to."""
    own = [(one.when, _shown(case, one)) for one in noted]
    shared = [(item.when, of_group(group, item)) for group, item in belonging.chronology(case)]
    return [shown for _when, shown in sorted(own + shared, key=lambda pair: pair[0], reverse=True)]


def _shown(case: OpenCase, one: noting.Noted) -> dict[str, Any]:
    kind, channel = word("entry_types", one.type), word("contact_channels", one.channel)
    return {
        "kind": one.type,
        "kind_label": kind[1] if kind else one.type,
        "when": moment(one.when),
        "iso": one.when.isoformat(),
        "who": workers().get(one.by),
        "text": one.text or (channel[1] if channel else ""),
        "heavy": one.heavy,
        "corrected": _corrected(one),
        "edit_href": url_for("cases.edit_entry", ref=case.row.ref, entry_id=one.id) if one.text else None,
    }


def _corrected(one: noting.Noted) -> str:
    """That it was put right, by whom and when; empty where it stands as it was written."""
    if one.corrected is None:
        return ""
    who, at = one.corrected
    name = workers().get(who) or gettext("somebody who left")
    return str(gettext("Corrected by %(name)s, %(moment)s", name=name, moment=moment(at)))
