"""Erasing a case for good, and the certificate that stays of it."""

from datetime import timedelta
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving
from casework.cases import erasing as erasures
from casework.cases.erasing import Certificate
from casework.cases.opening import load
from casework.errors import Invalid
from casework.web import tokens
from casework.web.access import needs
from casework.web.cases_shown import day, word, workers
from casework.web.forms import typed
from casework.web.forms.cases import Erase
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/erase")
@needs(Action.CASE_ERASE, writes=True)
def erase(ref: str) -> str:
    """What goes, what stays, until when; and the form."""
    arriving.arrive(g.actor, ref)
    return _page(ref, _form())


@pages.post("/<ref>/erase")
@needs(Action.CASE_ERASE)
def erase_now(ref: str) -> Response | tuple[str, int]:
    """Erase it; the same form twice leads to the same certificate."""
    form, token = _form(), tokens.sent()
    if not form.validate():
        return _page(ref, form), 422
    try:
        made = erasures.erase(g.actor, ref, form.reason.data, form.ref_again.data, _kept(), token)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, form), 422
    flash(gettext("Erased."))
    return redirect(url_for("cases.erased_one", certificate=made))


@pages.get("/erased")
@needs(Action.CASE_ERASE)
def erased() -> str:
    """Every certificate of this desk."""
    found = erasures.certificates(g.actor)
    return render_template("cases/erased_list.html", certificates=[_shown(one) for one in found])


@pages.get("/erased/<uuid:certificate>")
@needs(Action.CASE_ERASE)
def erased_one(certificate: UUID) -> str:
    """A certificate, to be printed for the person."""
    return render_template("cases/erased.html", one=_shown(erasures.certificate(g.actor, certificate)))


def _form() -> Erase:
    form: Erase = typed(Erase, data={"form_token": tokens.for_form()})
    form.offer()
    return form


def _kept() -> timedelta:
    return timedelta(days=current_app.config["CASEWORK"].backup_days)


def _page(ref: str, form: Erase) -> str:
    return render_template(
        "cases/erase.html",
        form=form,
        action=request.path,
        copy_href=url_for("cases.copy", ref=ref),
        days=_kept().days,
        **back_to(load(g.actor, ref)),
    )


def _shown(one: Certificate) -> dict[str, str]:
    reason = word("erasure_reasons", one.reason)
    return {
        "href": url_for("cases.erased_one", certificate=one.id),
        "ref": one.ref,
        "reason": reason[1] if reason else one.reason,
        "on": day(one.on),
        "backups_end_on": day(one.backups_end_on),
        "by": workers().get(one.by) or gettext("somebody who left"),
    }
