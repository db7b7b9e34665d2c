"""Why somebody opens a case that is not theirs: asked once a session, before anything of it is shown."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving
from casework.web import asking_why, kept, reasons
from casework.web.access import needs
from casework.web.views.cases.blueprint import pages


@pages.get("/<ref>/why")
@needs(Action.CASE_OPEN)
def why(ref: str) -> str:
    """The question; a case that is not there for this person has none."""
    arriving.check_there(g.actor, ref)
    return asking_why.page(ref, asking_why.form_of())


@pages.post("/<ref>/why")
@needs(Action.CASE_OPEN)
def say(ref: str) -> Response | tuple[str, int]:
    """Record the answer, and go on to what was asked for."""
    form = asking_why.form_of()
    if not form.validate():
        return asking_why.page(ref, form), 422
    reasons.remember(arriving.say_why(g.actor, ref, form.why.data))
    to = kept.recall(asking_why.WHAT, request.args.get("v")).get("to")
    return redirect(to or url_for("cases.page", ref=ref))
