"""Taking all files of the desk along: asked for, agreed to, waited for, made while it is sent."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, stream_with_context, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from casework.access.policy import Action
from casework.errors import Conflict, Invalid, NotFound
from casework.export import making, service, terms
from casework.export.packing import NAME
from casework.export.service import Standing
from casework.web import export_shown, export_words, tokens
from casework.web.access import needs
from casework.web.export_stream import Stream
from casework.web.forms import typed
from casework.web.forms.export import Agree, Ask, Make
from casework.web.questions import sentence
from casework.web.views.cases.evidence import store

pages = Blueprint("export", __name__, url_prefix="/desk/<desk>/export")

Answer = AnyResponse | tuple[str, int]


@pages.get("/")
@needs(Action.DESK_EXPORT)
def page() -> str:
    """What it is, and a form that asks for it; or where it stands."""
    return _page(typed(Ask))


@pages.post("/")
@needs(Action.DESK_EXPORT)
def ask() -> Answer:
    """Ask for it."""
    form: Ask = typed(Ask)
    if not form.validate():
        return _page(form), 422
    try:
        made = service.ask(g.actor, form.reason.data, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    flash(gettext("Asked. Everybody who works here sees it on Today; another coordinator has to agree."))
    return redirect(url_for("export.one", export_id=made))


@pages.get("/<uuid:export_id>")
@needs(Action.DESK_EXPORT)
def one(export_id: UUID) -> str:
    """Where one stands, and its next step."""
    return _one(export_id)


@pages.post("/<uuid:export_id>/agree")
@needs(Action.DESK_EXPORT)
def agree(export_id: UUID) -> Answer:
    """The second coordinator agrees to what they saw."""
    form: Agree = typed(Agree)
    if not form.validate():
        return _one(export_id, agree=form), 422
    try:
        service.agree(g.actor, export_id, form.fingerprint.data)
    except Invalid as refused:
        return _one(export_id, sentence(refused)), 422
    except Conflict:
        return _one(export_id, gettext("This is not what your page showed. Read it again.")), 409
    flash(gettext("You have agreed. It can be made when the time has passed; until then anybody can object."))
    return redirect(url_for("export.one", export_id=export_id))


@pages.post("/<uuid:export_id>/stop")
@needs(Action.DESK_EXPORT)
def stop(export_id: UUID) -> Answer:
    """Stop it; it is over then, also while it is being made."""
    service.stop(g.actor, export_id)
    flash(gettext("Stopped. Nothing leaves."))
    return redirect(url_for("export.one", export_id=export_id))


@pages.get("/<uuid:export_id>/make")
@needs(Action.DESK_EXPORT)
def words(export_id: UUID) -> AnyResponse | str:
    """The words that the file will open with, drawn anew each time."""
    try:
        making.ready(g.actor, export_id)
    except Invalid as refused:
        flash(sentence(refused), "wrong")
        return redirect(url_for("export.one", export_id=export_id))
    return _make(export_id, Make())


@pages.post("/<uuid:export_id>/make")
@needs(Action.DESK_EXPORT, network=True)
def make(export_id: UUID) -> Answer:
    """Make it, while it is sent."""
    form: Make = typed(Make)
    drawn = export_words.recall(form.drawn.data)
    if problem := _problem(form, drawn):
        form.refuse(problem)
    if drawn is None or form.errors or not form.words.data:
        return _make(export_id, form, drawn), 422
    try:
        going = making.begin(g.actor, export_id, tokens.sent())
    except Invalid as refused:
        return _one(export_id, sentence(refused)), 422
    stream = Stream(g.desk.code, going, store())
    answer = Response(stream_with_context(stream.parts(drawn)), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


def _page(form: Ask) -> str:
    found = service.standing(g.actor)
    return render_template(
        "export/page.html",
        form=form,
        token=tokens.for_form(),
        living=[export_shown.shown(each) for each in found if each.living],
        before=[export_shown.shown(each) for each in found if not each.living],
        **_terms(),
    )


def _one(export_id: UUID, problem: str = "", agree: Agree | None = None) -> str:
    asked = export_shown.shown(_found(export_id))
    form = agree or Agree(fingerprint=asked["fingerprint"])
    return render_template("export/one.html", asked=asked, form=form, problem=problem, **_terms())


def _problem(form: Make, drawn: str | None) -> Invalid | None:
    if drawn is None:
        return Invalid("The words that you saw are forgotten. Write these down instead.", "words")
    if form.validate() and not export_words.same(drawn, form.words.data):
        return Invalid("These are not the six words. Look at your paper.", "words")
    return None


def _make(export_id: UUID, form: Make, drawn: str | None = None) -> str:
    """The words stay the same while somebody types them wrongly; they stand on paper already."""
    shown = drawn
    if shown is None:
        form.drawn.data, shown = export_words.draw()
    asked = export_shown.shown(_found(export_id))
    return render_template("export/make.html", asked=asked, form=form, words=shown, token=tokens.for_form())


def _found(export_id: UUID) -> Standing:
    found = next((each for each in service.standing(g.actor) if each.asked.id == export_id), None)
    if found is None:
        raise NotFound
    return found


def _terms() -> dict[str, Any]:
    said = terms.load()
    return {"wait_hours": said.wait // timedelta(hours=1), "ends_days": said.ends.days}
