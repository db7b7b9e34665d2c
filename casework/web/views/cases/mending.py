"""A case that was changed from outside: what is left of it, and letting it stand as it is."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import mending
from casework.cases.mending import Damage, Part, Standing
from casework.errors import Invalid
from casework.sharing import grants
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.cases import Mend
from casework.web.views.cases.blueprint import pages

_STANDING = {
    Standing.WHOLE: _("What the case says of itself opens, and is the newest."),
    Standing.BROKEN: _(
        "What the case says of itself does not open. So nobody can tell whether anything is missing."
    ),
    Standing.OLDER: _("What the case says of itself is older than its last save: somebody put it back."),
    Standing.OTHER: _("The reference of this case was changed."),
}
#: What each part of a case is called, by the name that `mending` has for it.
NAMES = {
    "called": _("What the person is called"),
    "entry": _("Notes, calls and lines of the ledger"),
    "consent": _("Consents"),
    "attachment": _("Evidence"),
    "departure": _("Papers that left"),
    "packet": _("Referred to other desks"),
    "heads_up": _("What coordinators were told"),
    "legal_status": _("Immigration status"),
    "dates": _("Dates and tasks"),
    "grant": _("What legal allies were given"),
    "header": _("Section: case"),
    "identity": _("Section: person"),
    "story": _("Section: story"),
    "legal": _("Section: legal"),
    "money": _("Section: money"),
    "health": _("Section: health"),
    "evidence": _("Section: evidence"),
    "plan": _("Section: plan"),
    "safety": _("Section: safety plan"),
    "profile": _("Section: profile"),
}


@pages.get("/<ref>/damage")
@needs(Action.CASE_MEND)
def damage(ref: str) -> str:
    """What is left of a case, and the form."""
    return _page(mending.look(g.actor, ref), Mend())


@pages.post("/<ref>/damage")
@needs(Action.CASE_MEND)
def accept_damage(ref: str) -> Response | tuple[str, int]:
    """Let it stand as it is."""
    form: Mend = typed(Mend)
    if not form.validate():
        return _page(mending.look(g.actor, ref), form), 422
    try:
        mending.accept(g.actor, ref, form.reason.data, form.ref_again.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(mending.look(g.actor, ref), form), 422
    flash(gettext("The case stands as it is now, and can be worked on."))
    if any(one.mended for one in grants.listing(g.actor, ref)[1]):
        flash(
            gettext("What legal allies were given waits: give it again under Legal allies, with one press."),
            "wrong",
        )
        return redirect(url_for("cases.lawyers", ref=ref))
    return redirect(url_for("cases.page", ref=ref))


def _page(found: Damage, form: Mend) -> str:
    return render_template(
        "cases/mend.html",
        ref_of=found.ref,
        standing=_STANDING[found.standing],
        whole=found.whole,
        parts=[_line(one) for one in found.parts],
        form=form,
        action=request.path,
    )


def _line(one: Part) -> dict[str, object]:
    return {
        "name": NAMES.get(one.name, one.name),
        "opens": one.opens,
        "closed": one.closed,
        "other": one.as_left is False,
    }
