"""Who works on a case and where it stands: assigning, moving on, closing, reopening."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework import codes
from casework.access.policy import Action
from casework.cases import arriving, authors, letting_go, opening, settling, severe
from casework.cases import life as living
from casework.cases.assignment import Pair
from casework.cases.changing import CLOSED, Differing
from casework.cases.opening import OpenCase
from casework.cases.settling import Standing
from casework.deadlines import closing
from casework.errors import Invalid
from casework.packets import news
from casework.packets.news import TakenOn
from casework.web.access import drafted, needs
from casework.web.cases_shown import staff, workers
from casework.web.dates_shown import title, weekday
from casework.web.forms import Form, typed
from casework.web.forms.cases import PAIR, STATUS, Assign, Close, Reopen
from casework.web.meanwhile import told
from casework.web.questions import Said
from casework.web.today_shown import carries_enough
from casework.web.versions import Both
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

#: Of the list `closing_reasons`.
_REFERRED = "referred"


@pages.get("/<ref>/workers")
@needs(Action.CASE_ASSIGN, writes=True)
def assign(ref: str) -> str:
    """Who works on it, who stands in, where it stands."""
    case = arriving.arrive(g.actor, ref)
    return _page("assign", case, _assign(case))


@pages.post("/<ref>/workers")
@drafted(_("Who works on it"))
@needs(Action.CASE_ASSIGN)
def save_workers(ref: str) -> Response | tuple[str, int]:
    """Workers and status are kept together, or neither."""
    case = opening.load(g.actor, ref)
    form = _assign(case)
    return _do("assign", case, form, lambda: _settle(ref, form))


def _settle(ref: str, form: Assign) -> None:
    """Settle it; somebody who carries enough already gets it all the same, and whoever says so is told."""
    fresh = form.wish.pair[0] if form.wish.pair[0] != form.before.pair[0] else None
    enough = fresh is not None and carries_enough(fresh)
    settling.settle(g.actor, ref, form.wish, form.before)
    if fresh and enough:
        flash(
            gettext(
                "%(name)s already carries as much as this desk agreed on for one worker. Talk with them, or choose somebody else.",
                name=workers().get(fresh) or "?",
            ),
            "warn",
        )


@pages.get("/<ref>/close")
@needs(Action.CASE_CLOSE, writes=True)
def close(ref: str) -> str:
    """Why it ends; filled in where another desk took it on and somebody comes from there."""
    case = arriving.arrive(g.actor, ref)
    taken, wanted = news.taken_on(g.actor, ref), request.args.get("packet", type=UUID)
    chosen = next((one for one in taken if one.packet_id == wanted), None)
    return _page("close", case, _close(case, chosen), taken=[] if chosen else _offers(case, taken))


def _offers(case: OpenCase, taken: list[TakenOn]) -> list[tuple[str, str]]:
    """Desks that took it on, each with the address of this page filled in with them."""
    return [(one.to, url_for("cases.close", ref=case.row.ref, packet=one.packet_id)) for one in taken]


@pages.post("/<ref>/close")
@drafted(_("Closing"))
@needs(Action.CASE_CLOSE)
def end(ref: str) -> Response | tuple[str, int]:
    """Close it."""
    case = opening.load(g.actor, ref)
    form = _close(case)
    on = "cases.pause" if severe.ending(case, form.reason.data or "") else "cases.page"
    return _do("close", case, form, lambda: living.close(g.actor, ref, form.ending, form.seen.data), on)


@pages.get("/<ref>/reopen")
@needs(Action.CASE_CLOSE, writes=True)
def reopen(ref: str) -> str:
    """Why it goes on."""
    case = arriving.arrive(g.actor, ref)
    return _page("close", case, _reopen(case))


@pages.post("/<ref>/reopen")
@drafted(_("Opening again"))
@needs(Action.CASE_CLOSE)
def open_again(ref: str) -> Response | tuple[str, int]:
    """Take it up again."""
    case = opening.load(g.actor, ref)
    form = _reopen(case)
    return _do("close", case, form, lambda: living.reopen(g.actor, ref, form.motive.data, form.to.data))


def _do(
    template: str, case: OpenCase, form: Form, act: Callable[[], object], on: str = "cases.page"
) -> Response | tuple[str, int]:
    """Do it and go on to a page of the case, or show the form again with what is wrong beside it."""
    if not form.validate():
        return _page(template, case, form), 422
    try:
        act()
    except Differing as differing:
        return _meanwhile(template, case, form, differing), 409
    except Invalid as refused:
        form.refuse(refused)
        return _page(template, case, form), 422
    flash(gettext("Saved."))
    return redirect(url_for(on, ref=case.row.ref))


def _meanwhile(template: str, case: OpenCase, form: Form, differing: Differing) -> str:
    """The form over what stands there now, so that sending it again is meant."""
    if isinstance(form, Assign):
        form.carry(differing.mine, differing.theirs)
        meanwhile = told(authors.of_standing(case))
        return _page(template, case, form, conflict=_both(differing, meanwhile.by), meanwhile=meanwhile)
    form.seen.data = differing.theirs
    form.refuse(
        Invalid(
            "Meanwhile somebody moved this case: it now stands at “%(status)s”. Save again to close it.",
            status=_status(differing.theirs),
        )
    )
    return _page(template, case, form)


def _both(differing: Differing, by: str) -> list[Both]:
    """What was settled differently, in words."""
    theirs, mine, seen = differing.theirs, differing.mine, differing.base
    parts = [
        Both(
            PAIR,
            gettext("Who works on it"),
            _named(theirs.pair),
            _named(mine.pair),
            by,
            mine.pair == seen.pair,
        ),
        Both(
            STATUS,
            gettext("Where it stands"),
            _status(theirs.status),
            _status(mine.status),
            by,
            mine.status == seen.status,
        ),
    ]
    return [part for part in parts if part.theirs != part.mine]


def _named(pair: Pair) -> Said:
    """Worker and stand-in as an answer of two questions."""
    names = [(workers().get(one) or "?") if one else gettext("Nobody yet") for one in pair]
    return [[(gettext("Worker"), names[0]), (gettext("Stand-in"), names[1])]]


def _page(template: str, case: OpenCase, form: Form, **more: Any) -> str:
    return render_template(
        f"cases/{template}.html",
        form=form,
        action=request.path,
        reopening=isinstance(form, Reopen),
        running=_running(case) if isinstance(form, Close) else [],
        goes=list(dict.fromkeys(gettext(field.label) for _section, _key, field in letting_go.goes(case))),
        **back_to(case),
        **more,
    )


def _running(case: OpenCase) -> list[dict[str, str]]:
    """The dates that keep a case from being closed."""
    return [
        {
            "href": url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id),
            "title": title(one.sort, one.lead.label if one.lead else one.title),
            "when": weekday(one.due_on),
        }
        for one in closing.running(case)
    ]


def _assign(case: OpenCase) -> Assign:
    now = Standing.of(case)
    primary, backup = (str(one or "") for one in now.pair)
    start = {"primary": primary, "backup": backup, "status": now.status, "seen": Assign.written(now)}
    form: Assign = typed(Assign, data=start)
    people = [(str(one.user_id), one.name or "?") for one in staff()]
    form.offer(people, _statuses(case, form))
    return form


def _statuses(case: OpenCase, form: Assign) -> list[tuple[str, str]]:
    """Where it stands, and where it may go; what was sent too: somebody may have moved it meanwhile."""
    offered = [case.row.status] if case.row.status == CLOSED else [case.row.status, *_moves(case)]
    sent = form.status.data
    known = sent in codes.load("statuses").codes and sent not in offered
    return [(code, _status(code)) for code in (*offered, *([sent] if known else ()))]


def _close(case: OpenCase, taken: TakenOn | None = None) -> Close:
    start: dict[str, Any] = {"seen": case.row.status, "referrer_told": "nobody"}
    if taken is not None:
        start |= {"reason": _REFERRED, "accepted_by": taken.to, "accepted_on": taken.on}
    form: Close = typed(Close, data=start)
    form.offer()
    return form


def _reopen(case: OpenCase) -> Reopen:
    form: Reopen = typed(Reopen)
    form.offer([(code, _status(code)) for code in _moves(case)])
    return form


def _moves(case: OpenCase) -> list[str]:
    """Where it may go from where it stands, but for its end, which has a page of its own."""
    return [code for code in codes.load("statuses").fact(case.row.status, "moves") if code != CLOSED]


def _status(code: str) -> str:
    return str(gettext(codes.load("statuses").label(code)))
