"""Papers of a case: choosing one, saying for whom, fetching it; and what left before."""

from uuid import UUID

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response as AnyResponse

from casework.access.policy import Action
from casework.cases import arriving, opening
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.money.account.outstanding import Paid
from casework.papers import catalogue, intake, printing, service
from casework.papers.catalogue import Sort
from casework.papers.departures import Left
from casework.papers.plain_text import apart
from casework.papers.service import Wish
from casework.people.consents import Told
from casework.store import StoreAway
from casework.web import money_shown, paper_languages, tokens
from casework.web.access import needs
from casework.web.cases_shown import day, moment, word, workers
from casework.web.forms import typed
from casework.web.forms.papers import BY_HAND, Make
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.evidence import sent_file, store
from casework.web.views.cases.frame import back_to

#: Agreements under which something may go to an authority of some state.
_OF_STATES = ("authority", "embassy")


@pages.get("/<ref>/papers")
@needs(Action.PAPER_MAKE, writes=True)
def papers(ref: str) -> str:
    """Which papers can be made, and what left; opening it is recorded."""
    case, left = service.look(g.actor, ref)
    return render_template(
        "cases/papers.html",
        sorts=[
            (gettext(one.title), gettext(one.help), url_for("cases.new_paper", ref=ref, paper=one.key))
            for one in catalogue.SORTS
        ],
        left=[_left(case, one) for one in left],
        **back_to(case),
    )


def _left(case: OpenCase, left: Left) -> dict[str, object]:
    purpose = word("consent_purposes", left.purpose)
    may = service.fetchable(case, left)
    return {
        "title": gettext(catalogue.get(left.paper).title),
        "recipient": left.recipient or gettext("The person themselves"),
        "purpose": purpose[1] if purpose else "",
        "tells": ", ".join(_section(one) for one in left.sections),
        "at": moment(left.at),
        "by": workers().get(left.by),
        "stopped": not may,
        "href": url_for("cases.fetch_paper", ref=case.row.ref, departure_id=left.id) if may else None,
    }


def _section(key: str) -> str:
    found = word("sections", key)
    return found[1] if found else key


@pages.get("/<ref>/papers/new/<paper>")
@needs(Action.PAPER_MAKE, writes=True)
def new_paper(ref: str, paper: str) -> str:
    """For whom it is, and what it may tell; it shows whose case it is, so it is an arrival."""
    sort = catalogue.get(paper)
    arriving.arrive(g.actor, ref)
    case = opening.load(g.actor, ref, Action.PAPER_MAKE)
    agreed = service.recipients(case, sort)
    return _page(case, sort, agreed, _form(case, sort, agreed))


@pages.post("/<ref>/papers/new/<paper>")
@needs(Action.PAPER_MAKE)
def make_paper(ref: str, paper: str) -> AnyResponse | tuple[str, int]:
    """Check, write down, make; the same form twice makes one."""
    sort = catalogue.get(paper)
    case = opening.load(g.actor, ref, Action.PAPER_MAKE)
    agreed = service.recipients(case, sort)
    form = _form(case, sort, agreed)
    if not form.validate():
        return _page(case, sort, agreed, form), 422
    try:
        departure_id = service.make(g.actor, store(), ref, _wish(sort, form), tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _page(case, sort, agreed, form), 422
    except StoreAway:
        form.refuse(Invalid("The copy could not be kept just now, so nothing was made. Send it once more."))
        return _page(case, sort, agreed, form), 503
    flash(gettext("Made, and written down for whom. Save it from the first line below."))
    return redirect(url_for("cases.papers", ref=ref, made=departure_id))


def _wish(sort: Sort, form: Make) -> Wish:
    chosen = form.sections.data if sort.tells else ()
    return Wish(
        paper=sort.key,
        consent_id=form.consent_id,
        sections=frozenset(Section(one) for one in chosen or ()),
        voice=paper_languages.voice_in(form.language.data),
        home_state=form.of_home_state,
        unread=paper_languages.from_a_file(form.language.data, current_app.config["CASEWORK"].languages),
        payment=form.payment_id,
    )


@pages.get("/<ref>/papers/<uuid:departure_id>/fetch")
@needs(Action.PAPER_MAKE, writes=True)
def fetch_paper(ref: str, departure_id: UUID) -> Response:
    """The paper; each time it is fetched is recorded."""
    left, parts = service.fetch(g.actor, store(), ref, departure_id)
    return sent_file(parts, "application/pdf", "pdf", left.size)


@pages.get("/intake-form")
@needs(Action.CASE_LOG)
def intake_form() -> Response:
    """The empty form of a first contact, in the language of the page or another that is asked for."""
    wanted = request.args.get("language", "")
    offered = dict(paper_languages.offered(current_app.config["CASEWORK"].languages))
    voice = paper_languages.voice_in(wanted if wanted in offered else str(get_locale()))
    unread = paper_languages.from_a_file(str(voice.locale), current_app.config["CASEWORK"].languages)
    made = printing.pdf(
        intake.form(voice), voice.locale, foot=voice.gettext(printing.UNREAD) if unread else ""
    )
    return sent_file([made], "application/pdf", "pdf", len(made))


def _form(case: OpenCase, sort: Sort, agreed: list[Told]) -> Make:
    paid = [_payment(one) for one in service.payments(case)] if sort is catalogue.RECEIPT else []
    newest = paid[0][0] if paid else BY_HAND
    form: Make = typed(Make, language=str(get_locale()), payment=newest)
    offered = current_app.config["CASEWORK"].languages
    form.offer(
        [(str(one.id), _to(one)) for one in agreed],
        [(one.value, _section(one.value)) for one in sort.tells],
        paper_languages.offered(offered),
        paid,
        to_states=any(one.answer.purpose in _OF_STATES for one in agreed),
    )
    return form


def _payment(one: Paid) -> tuple[str, str]:
    """How a payment is told from the others: how much, when, what for."""
    subject = word("money_subjects", one.subject)
    said = (money_shown.amount(one.amount), money_shown.figure(one.day), subject[1] if subject else "")
    # A choice holds no markup: each part is kept apart from the direction of the next by signs of its own.
    return str(one.line.id), " · ".join(apart(part) for part in said if part)


def _to(told: Told) -> str:
    purpose = word("consent_purposes", told.answer.purpose)
    return f"{told.answer.recipient}: {purpose[1] if purpose else ''}"


def _page(case: OpenCase, sort: Sort, agreed: list[Told], form: Make) -> str:
    return render_template(
        "cases/paper_new.html",
        title=gettext(sort.title),
        help=gettext(sort.help),
        action=url_for("cases.make_paper", ref=case.row.ref, paper=sort.key),
        form=form,
        form_token=tokens.for_form(),
        agreed=[
            {"to": _to(one), "data": one.answer.data, "until": day(one.answer.ends_on)} for one in agreed
        ],
        consents_href=url_for("cases.consents", ref=case.row.ref),
        only_person=not sort.purposes,
        **back_to(case) | {"back_href": url_for("cases.papers", ref=case.row.ref)},
    )
