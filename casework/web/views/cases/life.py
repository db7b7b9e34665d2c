"""Who works on a case and where it stands: assigning, moving on, closing, reopening."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework import codes
from casework.access import desks
from casework.access.policy import Action
from casework.cases import assignment, opening
from casework.cases import life as living
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.web.access import needs
from casework.web.forms import Form, typed
from casework.web.forms.cases import Assign, Close, Reopen
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/workers")
@needs(Action.CASE_ASSIGN)
def assign(ref: str) -> str:
    """Who works on it, who stands in, where it stands."""
    case = opening.load(g.actor, ref)
    return _page("assign", case, _assign(case))


@pages.post("/<ref>/workers")
@needs(Action.CASE_ASSIGN)
def save_workers(ref: str) -> Response | tuple[str, int]:
    """Assign first, then move: a case that goes on needs both workers."""
    case = opening.load(g.actor, ref)
    form = _assign(case)

    def act() -> None:
        assignment.assign(g.actor, ref, *form.pair, form.seen_pair)
        if form.status.data != form.seen_status:
            living.move(g.actor, ref, form.status.data, form.seen_status)

    return _do("assign", case, form, act)


@pages.get("/<ref>/close")
@needs(Action.CASE_CLOSE)
def close(ref: str) -> str:
    """Why it ends."""
    case = opening.load(g.actor, ref)
    return _page("close", case, _close(case))


@pages.post("/<ref>/close")
@needs(Action.CASE_CLOSE)
def end(ref: str) -> Response | tuple[str, int]:
    """Close it."""
    case = opening.load(g.actor, ref)
    form = _close(case)
    return _do("close", case, form, lambda: living.close(g.actor, ref, form.ending, form.seen.data))


@pages.get("/<ref>/reopen")
@needs(Action.CASE_CLOSE)
def reopen(ref: str) -> str:
    """Why it goes on."""
    case = opening.load(g.actor, ref)
    return _page("close", case, _reopen(case))


@pages.post("/<ref>/reopen")
@needs(Action.CASE_CLOSE)
def open_again(ref: str) -> Response | tuple[str, int]:
    """Take it up again."""
    case = opening.load(g.actor, ref)
    form = _reopen(case)
    return _do("close", case, form, lambda: living.reopen(g.actor, ref, form.motive.data, form.to.data))


def _do(template: str, case: OpenCase, form: Form, act: Callable[[], object]) -> Response | tuple[str, int]:
    """Do it, or show the form again with what is wrong beside it."""
    if not form.validate():
        return _page(template, case, form), 422
    try:
        act()
    except Differing:
        form.refuse(
            Invalid(
                "Somebody else changed this meanwhile. What stands here now is theirs; save again to use yours."
            )
        )
        return _page(template, case, _seen_now(form, case.row.ref)), 409
    except Invalid as refused:
        form.refuse(refused)
        return _page(template, case, form), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.page", ref=case.row.ref))


def _seen_now(form: Form, ref: str) -> Form:
    """The form over what stands there now, so that sending it again is meant."""
    fresh = opening.load(g.actor, ref)
    if isinstance(form, Assign):
        form.seen.data = _seen(fresh)
    if isinstance(form, Close):
        form.seen.data = fresh.row.status
    return form


def _page(template: str, case: OpenCase, form: Form) -> str:
    return render_template(
        f"cases/{template}.html",
        form=form,
        action=request.path,
        reopening=isinstance(form, Reopen),
        **back_to(case),
    )


def _assign(case: OpenCase) -> Assign:
    row = case.row
    start = {"primary": str(row.primary_id or ""), "backup": str(row.backup_id or ""), "status": row.status}
    form: Assign = typed(Assign, data=start | {"seen": _seen(case)})
    people = [(str(one.user_id), one.name or "?") for one in desks.staff(g.actor.desk)]
    form.offer(people, [(row.status, _status(row.status)), *_next(case)])
    return form


def _close(case: OpenCase) -> Close:
    form: Close = typed(Close, data={"seen": case.row.status})
    form.offer()
    return form


def _reopen(case: OpenCase) -> Reopen:
    form: Reopen = typed(Reopen)
    form.offer(_next(case))
    return form


def _seen(case: OpenCase) -> str:
    return f"{case.row.primary_id or ''}|{case.row.backup_id or ''}|{case.row.status}"


def _next(case: OpenCase) -> list[tuple[str, str]]:
    moves = codes.load("statuses").fact(case.row.status, "moves")
    return [(code, _status(code)) for code in moves if code != "closed"]


def _status(code: str) -> str:
    return str(gettext(codes.load("statuses").label(code)))
