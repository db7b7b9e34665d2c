"""Asking why somebody opens a case that is not theirs, in the place of whatever wanted to open it.

A page that was asked for is kept aside and shown afterwards; a form that was sent is carried along whole.
"""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.cases import arriving
from casework.db import db
from casework.errors import NeedsReason
from casework.web import kept, reasons
from casework.web.forms import typed
from casework.web.forms.cases import Why

#: Under this name the page that was asked for is kept.
WHAT = "why"
#: Behind a form that was sent: the same form goes on to its own address.
_ON = 307
_ASKED_FIRST = 403
_OURS = ("csrf", "why")


def ask(error: NeedsReason) -> Response | tuple[str, int]:
    """Ask, whatever the request was."""
    db.session.rollback()
    if request.method == "POST":
        return _with_what_was_sent(error.ref)
    view = kept.keep(WHAT, {"to": _here()})
    return redirect(url_for("cases.why", ref=error.ref, v=view))


def _with_what_was_sent(ref: str) -> Response | tuple[str, int]:
    form = form_of()
    if form.why.data and form.validate():
        said = arriving.say_why(g.actor, ref, form.why.data)
        db.session.commit()
        reasons.remember(said)
        return redirect(_here(), _ON)
    sent = [(name, one) for name, one in request.form.items(multi=True) if name not in _OURS]
    return page(ref, form, carried=sent), _ASKED_FIRST


def form_of() -> Why:
    """The question as it was answered, or not yet."""
    form: Why = typed(Why)
    form.offer()
    return form


def page(ref: str, form: Why, **more: Any) -> str:
    """The question."""
    shown = {"form": form, "ref_text": ref, "action": _here(), "carried": []}
    return render_template("cases/why.html", back_href=url_for("cases.listing"), **(shown | more))


def _here() -> str:
    return request.full_path.rstrip("?")
