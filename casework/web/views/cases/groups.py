"""The groups that a case belongs to; asking its person, and taking it out again."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import entries as noting
from casework.cases import kinds, opening, values
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.groups import belonging, service
from casework.groups.belonging import Link
from casework.web import csrf, given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import day, moment
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.consents import answer_of
from casework.web.views.cases.frame import back_to, show

_NOT_ASKED = {"purpose", "recipient", "data"}


@pages.get("/<ref>/groups")
@needs(Action.CASE_OPEN, writes=True)
def groups_of(ref: str) -> str:
    """The groups of a case, those that it left too; opening them is recorded."""
    case, links = belonging.of_case(g.actor, ref)
    add = (gettext("Ask about a group"), url_for("cases.ask_group", ref=ref), "new")
    point = (gettext("Point to a note"), url_for("cases.point_note", ref=ref), "note")
    doing = (add, point) if any(one.counts for one in links) else (add,)
    return show(
        case,
        "groups",
        lines=[_line(case, one) for one in links],
        token=csrf.hidden_field(),
        add=() if case.row.status == CLOSED else doing,
    )


def _line(case: OpenCase, link: Link) -> tuple[str, str, str, list[str], dict[str, str] | None]:
    taking = {"href": url_for("cases.leave_group", ref=case.row.ref, group_id=link.group_id), "role": ""}
    href = url_for("groups.one", group_id=link.group_id)
    return href, link.named, _state(link), [], taking if link.state != "left" else None


def _state(link: Link) -> str:
    if link.state == "waits":
        return str(gettext("Not asked yet: known there by the reference alone"))
    if link.counts:
        return str(gettext("They agreed, until %(day)s", day=day(link.until)))
    return str(gettext("Not any more"))


@pages.get("/<ref>/groups/ask")
@needs(Action.CONSENT_RECORD, writes=True)
def ask_group(ref: str) -> str:
    """Which group, and what the person says to it."""
    return _page(ref, given_back.texts(), {})


@pages.post("/<ref>/groups/ask")
@drafted(_("A group that somebody belongs to"))
@needs(Action.CONSENT_RECORD)
def join_group(ref: str) -> Response | tuple[str, int]:
    """Write down what they said; a yes lets the case belong to the group."""
    texts = questions.typed_texts()
    told = values.read(_asked(), texts, locale=get_locale())
    try:
        group_id = UUID(request.form.get("group") or "")
    except ValueError:
        told.problems[""] = Invalid("Choose the group that you asked about.")
    if not told.problems:
        try:
            answer = answer_of(told.values | {"purpose": belonging.PURPOSE}, belonging.PURPOSE)
            belonging.join(g.actor, ref, group_id, answer, tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Written down."))
            return redirect(url_for("cases.groups_of", ref=ref))
    return _page(ref, texts, told.problems), 422


@pages.post("/<ref>/groups/<uuid:group_id>/out")
@needs(Action.CONSENT_RECORD)
def leave_group(ref: str, group_id: UUID) -> Response:
    """They do not want to belong to it; a word is enough."""
    belonging.leave(g.actor, ref, group_id)
    flash(gettext("From now on the case does not belong to the group."))
    return redirect(url_for("cases.groups_of", ref=ref))


@pages.get("/<ref>/groups/point")
@needs(Action.CASE_WORK, writes=True)
def point_note(ref: str) -> str:
    """Notes of this case that the chronology of a group may point to."""
    return _pointing(ref, None)


@pages.post("/<ref>/groups/point")
@needs(Action.CASE_WORK)
def point_to(ref: str) -> Response | tuple[str, int]:
    """Point to one. The note itself stays where it is."""
    try:
        entry, group_id = (UUID(request.form.get(name) or "") for name in ("entry", "group"))
        belonging.point(g.actor, ref, entry, group_id)
    except ValueError:
        return _pointing(ref, Invalid("Choose a note and a group.")), 422
    except Invalid as refused:
        return _pointing(ref, refused), 422
    flash(gettext("The group points to it now."))
    return redirect(url_for("groups.one", group_id=group_id))


def _asked() -> list[Any]:
    return [field for field in kinds.page("consent") if field.key not in _NOT_ASKED]


def _page(ref: str, texts: Texts | None, problems: dict[str, Invalid]) -> str:
    case = opening.load(g.actor, ref, Action.CONSENT_RECORD)
    return render_template(
        "cases/group_ask.html",
        action=request.path,
        form_token=tokens.for_form(),
        groups=[(str(one.id), one.name) for one in service.listing(g.actor)[0]],
        chosen=given_back.shown().get("group", ""),
        new_href=url_for("groups.new"),
        questions=questions.ask(_asked(), None, texts, problems),
        errors=questions.general(problems),
        **back_to(case),
    )


def _pointing(ref: str, problem: Invalid | None) -> str:
    case = opening.load(g.actor, ref, Action.CASE_WORK)
    noted = noting.listing(g.actor, ref).noted
    return render_template(
        "cases/group_point.html",
        action=request.path,
        groups=[(str(one.group_id), one.named) for one in belonging.links(case) if one.counts],
        notes=[(str(one.id), f"{moment(one.when)}: {one.text[:120]}") for one in noted],
        errors=[questions.sentence(problem)] if problem else [],
        **back_to(case),
    )
