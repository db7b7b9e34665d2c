"""Two entries that are one: said, undone, and made sure of."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.respondents import merging, register
from casework.web import questions
from casework.web.access import needs
from casework.web.respondents_shown import compared, doubles
from casework.web.views.respondents.blueprint import pages


@pages.get("/<uuid:respondent_id>/merge")
@needs(Action.RESPONDENT_MERGE, network=True)
def merge_page(respondent_id: UUID) -> str:
    """Both beside each other, before anybody says that they are one."""
    return _page(respondent_id)


@pages.post("/<uuid:respondent_id>/merge")
@needs(Action.RESPONDENT_MERGE, network=True)
def merge(respondent_id: UUID) -> Response | tuple[str, int]:
    """Say it."""
    into = _chosen()
    if into is None:
        problem = Invalid("Choose the one that it is a double of.", "into")
        return _page(respondent_id, problem), 422
    try:
        leads = merging.merge(g.actor, respondent_id, into, request.form.get("why", ""))
    except Invalid as refused:
        return _page(respondent_id, refused), 422
    flash(gettext("Merged. It counts in signals when a coordinator has made sure of it."))
    return redirect(url_for("respondents.one", respondent_id=leads))


@pages.post("/<uuid:respondent_id>/part")
@needs(Action.RESPONDENT_MERGE, network=True)
def part(respondent_id: UUID) -> Response:
    """Undo it."""
    merging.part(g.actor, respondent_id)
    flash(gettext("They are two again."))
    return redirect(url_for("respondents.one", respondent_id=respondent_id))


@pages.post("/<uuid:respondent_id>/merge-checked")
@needs(Action.RESPONDENT_CHECK, network=True)
def check(respondent_id: UUID) -> Response:
    """A coordinator made sure."""
    try:
        merging.check(g.actor, respondent_id)
    except Invalid as refused:
        flash(questions.sentence(refused))
    else:
        flash(gettext("Saved. The two count as one in signals."))
    return redirect(url_for("respondents.one", respondent_id=respondent_id))


def _page(respondent_id: UUID, problem: Invalid | None = None) -> str:
    everybody, here = register.listing(g.actor), register.get(g.actor, respondent_id)
    into = _chosen() or request.args.get("into", type=UUID)
    other = everybody.by_id.get(into) if into else None
    return render_template(
        "respondents/merge.html",
        name=here.name,
        back_href=url_for("respondents.one", respondent_id=respondent_id),
        action=request.path,
        choices=doubles(everybody, here, into),
        compared=compared(here, other) if other else None,
        other=other.name if other else "",
        why=request.form.get("why", ""),
        problem=questions.sentence(problem) if problem else "",
        wrong=problem.field if problem else "",
    )


def _chosen() -> UUID | None:
    return request.form.get("into", type=UUID)
