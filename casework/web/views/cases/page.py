"""A case as one arrives at it, everything folded; and the record of who did what on it."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving, joined
from casework.web.access import needs
from casework.web.events_shown import line
from casework.web.pages_of import Pages
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to, show

_LINES = 50


@pages.get("/<ref>")
@needs(Action.CASE_OPEN, writes=True)
def page(ref: str) -> str | Response:
    """The head, and the sections that can be opened. Arriving is recorded. A case that was joined leads to the other."""
    case = arriving.arrive(g.actor, ref)
    leads = joined.into(case)
    if leads is None or "own" in request.args:
        return show(case)
    flash(gettext("%(ref)s leads here: it is a case of the same person.", ref=case.row.ref))
    return redirect(url_for("cases.page", ref=leads.ref))


@pages.get("/<ref>/record")
@needs(Action.CASE_AUDIT, writes=True)
def audit(ref: str) -> str:
    """Everything that happened on this case, newest first."""
    case, seen = arriving.record_of(g.actor, ref)
    part = Pages(len(seen), _LINES, request.args.get("page", 1, type=int))
    return render_template(
        "cases/audit.html",
        lines=[line(one) for one in seen[part.first : part.last]],
        **part.links(lambda number: url_for("cases.audit", ref=ref, page=number)),
        **back_to(case),
    )
