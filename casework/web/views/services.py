"""The directory of services: looking for a place, entering and correcting one, saying that it was checked."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases.changing import Differing
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.plans import directory
from casework.plans.places import Place
from casework.web import given_back, kept, questions, tokens
from casework.web.access import drafted, needs
from casework.web.forms import typed
from casework.web.forms.plans import LookForPlace
from casework.web.services_shown import line, whole

pages = Blueprint("services", __name__, url_prefix="/desk/<desk>/services")

_WHAT = "services"
Answer = Response | str | tuple[str, int]


@pages.get("/")
@needs(Action.SERVICE_VIEW)
def listing() -> str:
    """The places that fit what was looked for last."""
    form = LookForPlace(data=kept.recall(_WHAT, request.args.get("v")))
    every, refused = directory.listing(g.actor)
    form.offer(every)
    fitting = [one for one in every if form.wanted.fits(one)]
    return render_template(
        "services/list.html",
        places=[line(one) for one in fitting],
        any=bool(every),
        form=form,
        chosen=form.words,
        refused=refused > 0,
    )


@pages.post("/")
@needs(Action.SERVICE_VIEW)
def find() -> Response:
    """Keep what was looked for out of the address."""
    form: LookForPlace = typed(LookForPlace)
    form.offer(directory.listing(g.actor)[0])
    if "clear" in request.form or not form.validate():
        return redirect(url_for("services.listing"))
    return redirect(url_for("services.listing", v=kept.keep(_WHAT, form.chosen)))


@pages.get("/retired")
@needs(Action.SERVICE_RETIRE)
def retired() -> str:
    """Those to which nobody is sent any more."""
    places, _refused = directory.listing(g.actor, retired=True)
    return render_template("services/retired.html", places=[line(one) for one in places])


@pages.get("/new")
@needs(Action.SERVICE_ENTER)
def new() -> str:
    """A form for a place."""
    return _page(None, given_back.texts())


@pages.post("/new")
@drafted(_("A service of the directory"))
@needs(Action.SERVICE_ENTER)
def enter() -> Answer:
    """Enter it, once."""
    texts = questions.typed_texts()
    answers = values.read(kinds.page("service"), texts, locale=get_locale())
    if answers.problems:
        return _page(None, texts, answers.problems), 422
    try:
        made = directory.enter(g.actor, answers.values, tokens.sent())
    except Invalid as refused:
        return _page(None, texts, {refused.field or "": refused}), 422
    return redirect(url_for("services.one", service_id=made))


@pages.get("/<uuid:service_id>")
@needs(Action.SERVICE_VIEW)
def one(service_id: UUID) -> str:
    """What the desk knows of one place."""
    return render_template("services/one.html", place=whole(directory.get(g.actor, service_id)))


@pages.get("/<uuid:service_id>/edit")
@needs(Action.SERVICE_ENTER)
def edit(service_id: UUID) -> str:
    """A form for what is different."""
    return _page(directory.get(g.actor, service_id), given_back.texts())


@pages.post("/<uuid:service_id>/edit")
@drafted(_("A service of the directory"))
@needs(Action.SERVICE_ENTER)
def correct(service_id: UUID) -> Answer:
    """Keep what is different."""
    place, texts = directory.get(g.actor, service_id), questions.typed_texts()
    answers = values.read(kinds.page("service"), texts, locale=get_locale())
    if answers.problems:
        return _page(place, texts, answers.problems), 422
    try:
        directory.correct(g.actor, service_id, answers.values, request.form.get("rev", 0, type=int))
    except Differing as differing:
        meanwhile = Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")
        return _page(differing.theirs, texts, {"": meanwhile}, theirs=True), 409
    except Invalid as refused:
        return _page(place, texts, {refused.field or "": refused}), 422
    flash(gettext("Saved."))
    return redirect(url_for("services.one", service_id=service_id))


@pages.post("/<uuid:service_id>/checked")
@needs(Action.SERVICE_ENTER)
def checked(service_id: UUID) -> Response:
    """Somebody made sure of it today."""
    directory.check_today(g.actor, service_id)
    flash(gettext("Written down: checked today."))
    return redirect(url_for("services.one", service_id=service_id))


@pages.post("/<uuid:service_id>/retire")
@needs(Action.SERVICE_RETIRE)
def retire(service_id: UUID) -> Response:
    """Send nobody there any more, or again."""
    directory.retire(g.actor, service_id, retired=request.form.get("retired") != "no")
    flash(gettext("Saved."))
    return redirect(url_for("services.one", service_id=service_id))


def _page(
    place: Place | None,
    texts: Texts | None = None,
    problems: dict[str, Invalid] | None = None,
    *,
    theirs: bool = False,
) -> str:
    fields = kinds.page("service")
    return render_template(
        "services/edit.html",
        title=place.name if place else gettext("A place that helps"),
        back_href=url_for("services.one", service_id=place.id) if place else url_for("services.listing"),
        action=request.path,
        form_token=tokens.for_form(),
        rev=place.rev if place else 0,
        questions=questions.ask(fields, place.answers if place else None, texts, problems or {}),
        errors=questions.general(problems or {}),
        theirs=questions.say(fields, place.answers) if place and theirs else None,
    )
