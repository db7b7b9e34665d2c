"""Papers of a campaign and its one public page: chosen, looked at, written down for whom, taken along."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework import codes
from casework.access.policy import Action
from casework.campaigns import complaints, leaving, page, service, telling
from casework.campaigns.leaving import Wish
from casework.campaigns.teller import Teller
from casework.cases import values
from casework.cases.changing import Differing
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.teams.records import Book, Item
from casework.web import given_back, paper_languages, questions, teams_shown, tokens
from casework.web.access import drafted, needs
from casework.web.forms import Pairs, coded, typed
from casework.web.forms.campaign_papers import MakePaper, Publish
from casework.web.views.cases.evidence import sent_file

pages = Blueprint("campaign_papers", __name__, url_prefix="/desk/<desk>/campaigns/<uuid:campaign_id>/papers")

Answer = Response | tuple[str, int]
Problems = dict[str, Invalid]


@pages.get("/")
@needs(Action.CAMPAIGN_VIEW)
def listing(campaign_id: UUID) -> str:
    """What can be made, and what left."""
    found = service.look(g.actor, campaign_id)
    own = [key for key in leaving.OWN if key != leaving.PAGE]
    return render_template(
        "campaigns/papers.html",
        campaign=found.told["name"],
        back_href=url_for("campaigns.one", campaign_id=campaign_id),
        papers=[_sort(campaign_id, key, "") for key in own],
        complaints=[_sort(campaign_id, one.key, one.lead) for one in complaints.all().values()],
        page_href=url_for("campaign_papers.public", campaign_id=campaign_id),
        left=[_left(found, one) for one in leaving.listing(found)],
    )


@pages.get("/new/<paper>")
@needs(Action.CAMPAIGN_WORK)
def new(campaign_id: UUID, paper: str) -> str:
    """For whom a paper is, and what it tells."""
    return _form_page(campaign_id, paper, _form(paper))


@pages.post("/new/<paper>")
@needs(Action.CAMPAIGN_WORK)
def make(campaign_id: UUID, paper: str) -> Answer:
    """Write it down, and hand it over at once."""
    form = _form(paper)
    if not form.validate():
        return _form_page(campaign_id, paper, form), 422
    try:
        made = leaving.make(g.actor, campaign_id, _wish(paper, form), tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _form_page(campaign_id, paper, form), 422
    return sent_file([made], "application/pdf", "pdf", len(made))


@pages.get("/page")
@needs(Action.CAMPAIGN_VIEW)
def public(campaign_id: UUID) -> str:
    """The public page as it would be, and what it says."""
    return _public(campaign_id, given_back.texts(), {})


@pages.post("/page")
@drafted(_("The page of a campaign"))
@needs(Action.CAMPAIGN_WORK)
def word(campaign_id: UUID) -> Answer:
    """Keep what it says."""
    texts = questions.typed_texts()
    told = values.read(page.fields(), texts, locale=get_locale())
    if not told.problems:
        try:
            page.keep(g.actor, campaign_id, told.values, teams_shown.sent_rev())
        except Differing as differing:
            return _public(campaign_id, texts, _meanwhile(), theirs=differing.theirs), 409
        flash(gettext("Saved. Look at the page below before it goes anywhere."))
        return redirect(url_for("campaign_papers.public", campaign_id=campaign_id))
    return _public(campaign_id, texts, told.problems), 422


@pages.post("/page/take")
@needs(Action.CAMPAIGN_WORK)
def take(campaign_id: UUID) -> Answer:
    """The page as one file, as it was looked at."""
    form = typed(Publish)
    if not form.validate():
        return _public(campaign_id, None, {}, publish=form), 422
    wish = Wish(leaving.PAGE, form.recipient.data, frozenset(), questions.voice())
    try:
        made = leaving.publish(g.actor, campaign_id, wish, form.seen.data or "", tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _public(campaign_id, None, {}, publish=form), 422
    file = made.encode()
    return sent_file([file], "text/html; charset=utf-8", "html", len(file))


def _sort(campaign_id: UUID, key: str, lead: str) -> tuple[str, str, str]:
    title = gettext(leaving.title(key))
    return (
        title,
        gettext(lead) if lead else "",
        url_for("campaign_papers.new", campaign_id=campaign_id, paper=key),
    )


def _left(found: Book, item: Item) -> dict[str, str]:
    return {
        "title": gettext(leaving.title(item.told["paper"])),
        "recipient": item.told["recipient"],
        "written": teams_shown.written(found, item),
    }


def _form(paper: str) -> MakePaper:
    leaving.title(paper)
    form: MakePaper = typed(MakePaper, language=str(get_locale()))
    if paper in complaints.all():
        form.parts.label.text = gettext("Conventions")
    form.offer(_parts(paper), paper_languages.offered(current_app.config["CASEWORK"].languages))
    return form


def _parts(paper: str) -> Pairs:
    """What a paper can tell; of a complaint the conventions, where it is about them."""
    if paper == leaving.BRIEF:
        return [(key, words) for key, words in coded("page_parts") if key in telling.PARTS]
    if paper == leaving.PLAN:
        return [("due", gettext("What is due")), ("done", gettext("What was done"))]
    if complaints.get(paper).convention:
        return [(one.key, gettext(one.label)) for one in codes.load("instruments") if "ILO" in one.label]
    return coded("instruments")


def _wish(paper: str, form: MakePaper) -> Wish:
    offered = current_app.config["CASEWORK"].languages
    return Wish(
        paper=paper,
        recipient=form.recipient.data or "",
        parts=form.chosen,
        voice=paper_languages.voice_in(form.language.data),
        unread=paper_languages.from_a_file(form.language.data, offered),
    )


def _form_page(campaign_id: UUID, paper: str, form: MakePaper) -> str:
    found = service.look(g.actor, campaign_id)
    procedure = complaints.all().get(paper)
    return render_template(
        "campaigns/paper_new.html",
        title=gettext(leaving.title(paper)),
        back_href=url_for("campaign_papers.listing", campaign_id=campaign_id),
        campaign=found.told["name"],
        action=request.path,
        form=form,
        form_token=tokens.for_form(),
        lead=gettext(procedure.lead) if procedure else "",
        waits=gettext(procedure.waits) if procedure else "",
        checks=[(gettext(one.text), one.source) for one in procedure.checks] if procedure else [],
        source=(procedure.source, procedure.source_date) if procedure else None,
    )


def _meanwhile() -> Problems:
    return {"": Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")}


def _public(
    campaign_id: UUID,
    texts: Texts | None,
    problems: Problems,
    theirs: Any = None,
    publish: Publish | None = None,
) -> str:
    found = service.look(g.actor, campaign_id)
    item, teller = page.words(found), Teller(found, questions.voice())
    return render_template(
        "campaigns/page.html",
        back_href=url_for("campaign_papers.listing", campaign_id=campaign_id),
        heading=item.told["title"] if item else "",
        parts=page.parts(teller, item) if item else [],
        seen=page.digest(page.html(teller, item)) if item else "",
        theirs=questions.say(page.fields(), theirs) if theirs else None,
        publish=publish or Publish(formdata=None),
        take_href=url_for("campaign_papers.take", campaign_id=campaign_id),
        **teams_shown.form(
            page.fields(), item.told if item else None, texts, problems, item.rev if item else 0
        )
        | {"action": url_for("campaign_papers.word", campaign_id=campaign_id)},
    )
