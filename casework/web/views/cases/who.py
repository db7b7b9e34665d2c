"""Who can see a case: the whole desk, or named members only."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import readers
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.web.access import needs
from casework.web.cases_shown import workers
from casework.web.forms import typed
from casework.web.forms.cases import WhoSees
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/who")
@needs(Action.CASE_RESTRICT, writes=True)
def who(ref: str) -> str:
    """As it is now."""
    case = readers.look(g.actor, ref)
    return _page(case, _form(case))


@pages.post("/<ref>/who")
@needs(Action.CASE_RESTRICT)
def choose_who(ref: str) -> Response | tuple[str, int]:
    """Let the whole desk see it, or only those who are named."""
    case = readers.look(g.actor, ref)
    form = _form(case)
    if not form.validate():
        return _page(case, form), 422
    try:
        readers.choose(g.actor, ref, form.wish, form.before)
    except Differing as differing:
        form.seen.data = form.written(differing.theirs)
        form.refuse(
            Invalid("Meanwhile somebody changed who can see it: %(who)s.", who=words(differing.theirs))
        )
        return _page(case, form), 409
    except Invalid as refused:
        form.refuse(refused)
        return _page(case, form), 422
    flash(gettext("Saved."))
    mine = form.wish is None or g.actor.user_id in form.wish
    return redirect(url_for("cases.page", ref=ref) if mine else url_for("desk.today"))


def words(named: readers.Named) -> str:
    """Who can see it, by name."""
    if named is None:
        return str(gettext("everybody who works at this desk"))
    return ", ".join(sorted(workers().get(one) or gettext("the recovery cards") for one in named))


def _form(case: OpenCase) -> WhoSees:
    now = case.keys.named
    shown = {"who": "all" if now is None else "named", "named": [*map(str, now or ())]}
    form: WhoSees = typed(WhoSees, data=shown | {"seen": WhoSees.written(now)})
    among = readers.offered(g.actor)
    people = sorted((workers().get(one) or "?", str(one)) for one in among.people)
    cards = [(str(among.cards), gettext("The recovery cards"))] if among.cards else []
    form.offer([*((one, name) for name, one in people), *cards])
    return form


def _page(case: OpenCase, form: WhoSees) -> str:
    return render_template(
        "cases/who.html",
        form=form,
        action=request.path,
        restricted=case.keys.restricted,
        **back_to(case),
    )
