"""Who outside was given parts of a case: giving, ruling, answering, ending."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework import clock
from casework.access.policy import Action
from casework.cases import opening
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound
from casework.evidence.bodies import Piece
from casework.sharing import ending, grants, heard, ruling, talking, terms
from casework.sharing.grants import Given
from casework.web import tokens
from casework.web.access import needs
from casework.web.cases_shown import day, moment, word
from casework.web.forms import typed
from casework.web.forms.sharing import Give, Rule, Say
from casework.web.grants_shown import sections_in_words, spoken, state_word
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/lawyers")
@needs(Action.GRANT_VIEW)
def lawyers(ref: str) -> str:
    """Who was given what."""
    case, every = grants.listing(g.actor, ref)
    return render_template(
        "cases/grants.html",
        grants=[_line(ref, one) for one in every],
        new_href=url_for("cases.new_grant", ref=ref),
        mended=sum(one.mended and one.ends_on >= clock.today() for one in every),
        again_href=url_for("cases.give_again", ref=ref),
        **back_to(case),
    )


@pages.get("/<ref>/lawyers/new")
@needs(Action.GRANT_MAKE)
def new_grant(ref: str) -> str:
    """The form."""
    case = opening.load(g.actor, ref, Action.GRANT_MAKE)
    return _new(case, _give(case))


@pages.post("/<ref>/lawyers/new")
@needs(Action.GRANT_MAKE, network=True)
def give(ref: str) -> Response | tuple[str, int]:
    """Give it; it may have to wait for the conflict check."""
    case = opening.load(g.actor, ref, Action.GRANT_MAKE)
    form = _give(case)
    if not form.validate():
        return _new(case, form), 422
    chosen = (form.sections.data or [], form.files.data or [], form.downloads.data or [])
    try:
        wish = terms.wished(form.ally.data, *chosen, form.ends_on.data)
        grant_id = grants.make(g.actor, ref, wish, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _new(case, form), 422
    flash(gettext("Written down. Below it says whether they can read it now."))
    return redirect(url_for("cases.lawyer", ref=ref, grant_id=grant_id))


@pages.post("/<ref>/lawyers/again")
@needs(Action.GRANT_MAKE, network=True)
def give_again(ref: str) -> Response:
    """The case was damaged and stands again: one press gives again what was given."""
    found = ruling.give_again(g.actor, ref)
    if found.given:
        flash(ngettext("One grant can be read again.", "%(num)s grants can be read again.", found.given))
    if found.waiting:
        flash(
            ngettext(
                "One grant still waits: open it to see for what.",
                "%(num)s grants still wait: open each to see for what.",
                found.waiting,
            ),
            "wrong",
        )
    return redirect(url_for("cases.lawyers", ref=ref))


@pages.get("/<ref>/lawyers/<uuid:grant_id>")
@needs(Action.GRANT_VIEW)
def lawyer(ref: str, grant_id: UUID) -> str:
    """One grant: what was given, what was opened, what was said."""
    return _page(ref, grant_id)


@pages.post("/<ref>/lawyers/<uuid:grant_id>/rule")
@needs(Action.GRANT_MAKE, network=True)
def rule_on_grant(ref: str, grant_id: UUID) -> Response | tuple[str, int]:
    """A coordinator rules, with a reason."""
    form: Rule = typed(Rule)
    if not form.validate():
        return _page(ref, grant_id, rule=form), 422
    try:
        ruling.rule(g.actor, ref, grant_id, form.reason.data, allow=form.ruling.data == "allow")
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, grant_id, rule=form), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.lawyer", ref=ref, grant_id=grant_id))


@pages.post("/<ref>/lawyers/<uuid:grant_id>/compare")
@needs(Action.GRANT_MAKE, network=True)
def compare_again(ref: str, grant_id: UUID) -> Response:
    """Compare once more, with the list as it is now."""
    try:
        free = ruling.compare_again(g.actor, ref, grant_id)
        flash(gettext("Nothing was found: they can read it now.") if free else gettext("It still waits."))
    except Invalid as refused:
        flash(gettext(refused.message, **refused.params))
    return redirect(url_for("cases.lawyer", ref=ref, grant_id=grant_id))


@pages.post("/<ref>/lawyers/<uuid:grant_id>/end")
@needs(Action.GRANT_END)
def end_grant(ref: str, grant_id: UUID) -> Response:
    """Nothing opens for them from now on."""
    try:
        ending.revoke(g.actor, ref, grant_id)
        flash(gettext("Ended. What is written from now on is under a key that they never had."))
    except Invalid as refused:
        flash(gettext(refused.message, **refused.params))
    return redirect(url_for("cases.lawyer", ref=ref, grant_id=grant_id))


@pages.post("/<ref>/lawyers/<uuid:grant_id>/answer")
@needs(Action.CASE_WORK)
def answer_lawyer(ref: str, grant_id: UUID) -> Response | tuple[str, int]:
    """The desk answers, or asks."""
    form: Say = typed(Say)
    if not form.validate():
        return _page(ref, grant_id, say=form), 422
    try:
        talking.answer(g.actor, ref, grant_id, form.text.data, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, grant_id, say=form), 422
    flash(gettext("Sent to them, sealed."))
    return redirect(url_for("cases.lawyer", ref=ref, grant_id=grant_id))


def _give(case: OpenCase) -> Give:
    form: Give = typed(Give)
    people = [(str(one.user_id), one.name or "") for one in terms.allies(g.actor)]
    form.offer(people, [(str(one.id), _file(one)) for one in grants.files_of(case)])
    return form


def _file(piece: Piece) -> str:
    found = word("proofs", piece.said.what)
    return piece.said.called or (found[1] if found else "")


def _new(case: OpenCase, form: Give) -> str:
    return render_template(
        "cases/grant_new.html",
        form=form,
        action=url_for("cases.give", ref=case.row.ref),
        form_token=tokens.for_form(),
        consents_href=url_for("cases.consents", ref=case.row.ref),
        **back_to(case) | {"back_href": url_for("cases.lawyers", ref=case.row.ref)},
    )


def _page(ref: str, grant_id: UUID, rule: Rule | None = None, say: Say | None = None) -> str:
    case, every = grants.listing(g.actor, ref)
    found = next((one for one in every if one.id == grant_id), None)
    if found is None:
        raise NotFound
    talk = heard.of_case(case, grant_id)
    return render_template(
        "cases/grant.html",
        grant=_line(ref, found) | _detail(found),
        said=[spoken(one) for one in talk.said],
        unsaid=talk.missing,
        rule=rule or Rule(),
        say=say or Say(),
        form_token=tokens.for_form(),
        **back_to(case) | {"back_href": url_for("cases.lawyers", ref=ref)},
    )


def _line(ref: str, one: Given) -> dict[str, Any]:
    return {
        "href": url_for("cases.lawyer", ref=ref, grant_id=one.id),
        "name": one.name,
        "state": state_word(one),
        "until": day(one.ends_on),
        "parts": sections_in_words(one.sections),
        "files": [_named(file) for file in one.files],
    }


def _named(file: dict[str, Any]) -> str:
    found = word("proofs", file["what"])
    return str(file["name"] or (found[1] if found else ""))


def _detail(one: Given) -> dict[str, Any]:
    files = {file["id"]: _named(file) for file in one.files}
    return {
        "id": one.id,
        "lives": one.lives,
        "waits": one.state == "waiting",
        "alike": one.alike,
        "hits": one.hits,
        "unlisted": one.unlisted,
        "mended": one.mended,
        "ruled": one.ruled,
        "downloads": [_named(file) for file in one.files if file["download"]],
        "opened": [
            {
                "what": files.get(seen.what) or ", ".join(sections_in_words((seen.what,))),
                "first": moment(seen.first),
                "last": moment(seen.last),
                "taken": seen.taken,
            }
            for seen in one.opened
        ],
    }
