"""Who is answerable in a case: links to the register that the network's desks share."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving, opening
from casework.cases import links as linking
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound
from casework.respondents import register
from casework.search import answerable
from casework.web import csrf, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import word
from casework.web.forms import typed
from casework.web.forms.cases import NameRespondent
from casework.web.respondents_shown import kinds_in_words
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import show


@pages.get("/<ref>/respondents")
@needs(Action.CASE_OPEN, writes=True, network=True)
def respondents(ref: str) -> str:
    """Those who are linked; opening them is recorded."""
    case = arriving.look_into(g.actor, ref, "respondents")
    everybody = register.listing(g.actor)
    add = (gettext("Name somebody"), url_for("cases.name_respondent", ref=ref), "new")
    return show(
        case,
        "respondents",
        lines=[_line(case, link, everybody) for link in linking.links(case)],
        token=csrf.hidden_field(),
        add=() if case.row.status == CLOSED else (add,),
    )


#: Address, name, note, words, and how a line is taken out.
Line = tuple[str, str, str | None, list[str], dict[str, str] | None]


def _line(case: OpenCase, link: linking.Link, everybody: register.Register) -> Line:
    """A linked respondent, by the entry that leads; of a closed case nobody is taken out."""
    role = word("respondent_roles", link.role)
    one = everybody.by_id.get(everybody.leading(link.respondent_id))
    kind = word("respondent_kinds", one.kind) if one else None
    return (
        url_for("respondents.one", respondent_id=one.id if one else link.respondent_id),
        one.name if one else gettext("Does not open"),
        " · ".join(filter(None, (role[1] if role else "", _named_here(link, everybody)))) or None,
        [kind[1]] if kind else [],
        None if case.row.status == CLOSED else _taking(case.row.ref, link),
    )


def _named_here(link: linking.Link, everybody: register.Register) -> str:
    """The name that this case linked, where another entry leads it now."""
    own = everybody.by_id.get(link.respondent_id)
    if own is None or everybody.leading(own.id) == own.id:
        return ""
    return str(gettext("named here as %(name)s", name=own.name))


def _taking(ref: str, link: linking.Link) -> dict[str, str]:
    where = url_for("cases.unlink_respondent", ref=ref, respondent_id=link.respondent_id)
    return {"href": where, "role": link.role}


@pages.get("/<ref>/respondents/name")
@needs(Action.CASE_WORK, network=True)
def name_respondent(ref: str) -> str:
    """Choose from the register, or enter a new name."""
    return _page(ref, _form())


@pages.post("/<ref>/respondents/name")
@drafted(_("Who is answerable"))
@needs(Action.CASE_WORK, network=True)
def link_respondent(ref: str) -> Response | tuple[str, int]:
    """Link them; a new name is entered first, once."""
    form = _form()
    if not form.validate():
        return _page(ref, form), 422
    if same := request.form.get("same_as", type=UUID):
        form.respondent.data = str(same)
    elif "same_as" not in request.form and (alike := _alike(form)):
        return _page(ref, form, alike), 409
    try:
        _link(ref, form)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, form), 422
    return redirect(url_for("cases.respondents", ref=ref))


@pages.post("/<ref>/respondents/<uuid:respondent_id>/take-out")
@needs(Action.CASE_WORK, network=True)
def unlink_respondent(ref: str, respondent_id: UUID) -> Response:
    """Take a link back; the register keeps the respondent."""
    linking.unlink(g.actor, ref, respondent_id, request.form.get("role", ""))
    flash(gettext("Taken out of this case."))
    return redirect(url_for("cases.respondents", ref=ref))


def _link(ref: str, form: NameRespondent) -> None:
    """Link the one that was chosen, or a new one by the name that was typed."""
    if not form.respondent.data:
        told = (form.kind.data, form.name.data or "", form.country.data or "", form.role.data)
        linking.enter_and_link(g.actor, ref, *told, tokens.read(form.token.data))
        return
    try:
        respondent_id = UUID(form.respondent.data)
    except ValueError:
        raise NotFound from None
    linking.link(g.actor, ref, respondent_id, form.role.data)


def _alike(form: NameRespondent) -> list[tuple[str, str, str]]:
    """Entries that may be the one whose name was typed: id, name, what they are."""
    if form.respondent.data or not form.name.data:
        return []
    found = answerable.alike(register.listing(g.actor), [form.name.data])
    return [(str(one.one.id), one.one.name, ", ".join(kinds_in_words(one.one))) for one in found]


def _form() -> NameRespondent:
    form: NameRespondent = typed(NameRespondent)
    everybody = register.listing(g.actor)
    form.offer([(str(one.id), one.name) for one in everybody.known if everybody.leading(one.id) == one.id])
    return form


def _page(ref: str, form: NameRespondent, alike: list[tuple[str, str, str]] | None = None) -> str:
    """The form, also when it comes back: only to whoever may open the case that it is about."""
    opening.load(g.actor, ref)
    return render_template(
        "respondents/edit.html",
        title=gettext("Who is answerable in this case"),
        back=(url_for("cases.respondents", ref=ref), gettext("Back to the case")),
        action=url_for("cases.link_respondent", ref=ref),
        form=form,
        alike=alike,
    )
