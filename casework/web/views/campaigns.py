"""Campaigns of the network: the team's home, one campaign, what is written in it, who is in its team."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action, can
from casework.campaigns import service, sorts
from casework.cases import values
from casework.cases.changing import Differing
from casework.cases.values import Texts
from casework.errors import Invalid, NotFound
from casework.formations import service as formations
from casework.organising import meeting
from casework.signals import to_teams
from casework.teams.records import Book, Item
from casework.trends import releases
from casework.web import campaigns_shown, given_back, questions, teams_shown, tokens, trends_shown
from casework.web.access import drafted, needs

pages = Blueprint("campaigns", __name__, url_prefix="/desk/<desk>/campaigns")

Answer = Response | str | tuple[str, int]
Problems = dict[str, Invalid]
#: Lines of what is due that are shown at once.
_MOST = 20
_RELEASES = 3


@pages.get("/")
@needs(Action.CAMPAIGN_VIEW, writes=True)
def home() -> str:
    """The campaigns of somebody, and what is due in them."""
    every, refused = service.listing(g.actor)
    shared, amiss = to_teams.listing(g.actor)
    return render_template(
        "campaigns/home.html",
        shared=[campaigns_shown.shared(one) for one in shared],
        amiss=amiss,
        fallen=campaigns_shown.fallen(formations.look(g.actor)),
        waiting=meeting.waiting(g.actor),
        releases=[trends_shown.line(one) for one in releases.every(g.actor)[:_RELEASES]],
        campaigns=[campaigns_shown.line(one) for one in every],
        due=[campaigns_shown.due_line(*pair) for pair in service.due_of(g.actor, every)[:_MOST]],
        refused=refused,
    )


@pages.get("/ladder")
@needs(Action.CAMPAIGN_VIEW)
def ladder() -> str:
    """Every lawful action, from the lightest up, with what it needs."""
    return render_template("campaigns/ladder.html", rungs=campaigns_shown.ladder())


@pages.get("/lessons")
@needs(Action.CAMPAIGN_VIEW, writes=True)
def lessons() -> str:
    """What campaigns of the network let others learn."""
    return render_template(
        "campaigns/lessons.html",
        lessons=[campaigns_shown.lesson(one) for one in service.lessons(g.actor)],
    )


@pages.get("/new")
@needs(Action.CAMPAIGN_WORK)
def new() -> str:
    """A form for a campaign."""
    return _brief(None, given_back.texts(), {})


@pages.post("/new")
@drafted(_("A campaign"))
@needs(Action.CAMPAIGN_WORK)
def make() -> Answer:
    """Make it, once."""
    texts = questions.typed_texts()
    told = values.read(sorts.brief(), texts, locale=get_locale())
    if not told.problems:
        try:
            made = service.make(
                g.actor, told.values, request.form.getlist("members", type=UUID), tokens.sent()
            )
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            return redirect(url_for("campaigns.one", campaign_id=made))
    return _brief(None, texts, told.problems), 422


@pages.get("/<uuid:campaign_id>")
@needs(Action.CAMPAIGN_VIEW)
def one(campaign_id: UUID) -> str:
    """A campaign on one page."""
    found = service.look(g.actor, campaign_id)
    return render_template(
        "campaigns/one.html",
        name=found.told["name"],
        goals=teams_shown.all_said("campaign_goals", found.told.get("goals")),
        level=teams_shown.said("campaign_levels", found.told.get("level")),
        facts=campaigns_shown.facts(found),
        won=campaigns_shown.paid_first(found),
        due=[campaigns_shown.due_line(*pair) for pair in service.due_of(g.actor, [found])],
        parts=campaigns_shown.parts(found, _directory(found)),
        functions=campaigns_shown.by_function(found),
        alone=len(found.members) == 1,
        team=teams_shown.team_said(found),
        edit_href=url_for("campaigns.edit", campaign_id=campaign_id),
        team_href=url_for("campaigns.team", campaign_id=campaign_id),
        papers_href=url_for("campaign_papers.listing", campaign_id=campaign_id),
        stories_href=url_for("campaign_stories.listing", campaign_id=campaign_id),
    )


@pages.get("/<uuid:campaign_id>/edit")
@needs(Action.CAMPAIGN_WORK)
def edit(campaign_id: UUID) -> str:
    """What the campaign is, to correct."""
    return _brief(service.look(g.actor, campaign_id), given_back.texts(), {})


@pages.post("/<uuid:campaign_id>/edit")
@drafted(_("A campaign"))
@needs(Action.CAMPAIGN_WORK)
def retell(campaign_id: UUID) -> Answer:
    """Keep it."""
    texts = questions.typed_texts()
    told = values.read(sorts.brief(), texts, locale=get_locale())
    if not told.problems:
        try:
            service.retell(g.actor, campaign_id, told.values, teams_shown.sent_rev())
        except Differing as differing:
            theirs = questions.say(sorts.brief(), differing.theirs)
            return _brief(service.look(g.actor, campaign_id), texts, _meanwhile(), theirs=theirs), 409
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(url_for("campaigns.one", campaign_id=campaign_id))
    return _brief(service.look(g.actor, campaign_id), texts, told.problems), 422


@pages.get("/<uuid:campaign_id>/new/<sort>")
@needs(Action.CAMPAIGN_WORK)
def new_item(campaign_id: UUID, sort: str) -> str:
    """A form for one more item."""
    return _item(service.look(g.actor, campaign_id), sort, None, given_back.texts(), {})


@pages.post("/<uuid:campaign_id>/new/<sort>")
@drafted(_("Something of a campaign"))
@needs(Action.CAMPAIGN_WORK)
def add(campaign_id: UUID, sort: str) -> Answer:
    """Write it down, once."""
    texts = questions.typed_texts()
    told = values.read(sorts.sort_named(sort).fields, texts, locale=get_locale())
    if told.problems and sorts.sort_named(sort).must and not teams_shown.chosen_of():
        # Said with the rest, so that nobody mends one thing and is sent back for another.
        told.problems["of"] = Invalid("Choose what this belongs to.", "of")
    if not told.problems:
        try:
            said = told.values | _listed(sort)
            service.add(g.actor, campaign_id, sort, said, tokens.sent(), teams_shown.chosen_of())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(url_for("campaigns.one", campaign_id=campaign_id, _anchor=sort))
    return _item(service.look(g.actor, campaign_id), sort, None, texts, told.problems), 422


@pages.get("/<uuid:campaign_id>/item/<uuid:item_id>")
@needs(Action.CAMPAIGN_VIEW)
def item(campaign_id: UUID, item_id: UUID) -> str:
    """An item, to read and to correct."""
    found = service.look(g.actor, campaign_id)
    wanted = _there(found, item_id)
    return _item(found, wanted.sort, wanted, given_back.texts(), {})


@pages.post("/<uuid:campaign_id>/item/<uuid:item_id>")
@drafted(_("Something of a campaign"))
@needs(Action.CAMPAIGN_WORK)
def correct(campaign_id: UUID, item_id: UUID) -> Answer:
    """Keep what is different."""
    found, texts = service.look(g.actor, campaign_id), questions.typed_texts()
    wanted = _there(found, item_id)
    fields = sorts.sort_named(wanted.sort).fields
    told = values.read(fields, texts, locale=get_locale())
    if not told.problems:
        try:
            rev = teams_shown.sent_rev()
            said = told.values | _listed(wanted.sort)
            service.correct(g.actor, campaign_id, item_id, said, rev, teams_shown.chosen_of())
        except Differing as differing:
            theirs = questions.say(fields, differing.theirs)
            now = _there(service.look(g.actor, campaign_id), item_id)
            return _item(found, wanted.sort, now, texts, _meanwhile(), theirs=theirs), 409
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(url_for("campaigns.one", campaign_id=campaign_id, _anchor=wanted.sort))
    return _item(found, wanted.sort, wanted, texts, told.problems), 422


@pages.post("/<uuid:campaign_id>/item/<uuid:item_id>/strike")
@needs(Action.CAMPAIGN_WORK)
def strike(campaign_id: UUID, item_id: UUID) -> Response:
    """Let an item count no more, or again."""
    service.strike(g.actor, campaign_id, item_id, struck=request.form.get("struck") != "no")
    flash(gettext("Saved."))
    return redirect(url_for("campaigns.one", campaign_id=campaign_id))


@pages.get("/<uuid:campaign_id>/team")
@needs(Action.CAMPAIGN_VIEW)
def team(campaign_id: UUID) -> str:
    """Who is in the team, and who may be let in."""
    found = service.look(g.actor, campaign_id)
    return render_template(
        "campaigns/team.html",
        name=found.told["name"],
        back_href=url_for("campaigns.one", campaign_id=campaign_id),
        team=service.team(g.actor, campaign_id),
        others=service.others(g.actor, campaign_id) if can(g.actor, Action.CAMPAIGN_TEAM) else [],
        in_href=url_for("campaigns.let_in", campaign_id=campaign_id),
        out_href=url_for("campaigns.let_go", campaign_id=campaign_id),
    )


@pages.post("/<uuid:campaign_id>/team/in")
@needs(Action.CAMPAIGN_TEAM)
def let_in(campaign_id: UUID) -> Response:
    """Let somebody in."""
    service.let_in(g.actor, campaign_id, _member())
    flash(gettext("They can open this campaign now, with all that was written before."))
    return redirect(url_for("campaigns.team", campaign_id=campaign_id))


@pages.post("/<uuid:campaign_id>/team/gone")
@needs(Action.CAMPAIGN_TEAM)
def let_go(campaign_id: UUID) -> Response:
    """Take somebody out."""
    service.let_go(g.actor, campaign_id, _member())
    flash(gettext("Done. What is written from now on lies under a new key."))
    return redirect(url_for("campaigns.team", campaign_id=campaign_id))


def _member() -> UUID:
    found = request.form.get("member", type=UUID)
    if found is None:
        raise NotFound
    return found


def _directory(found: Book) -> Book | None:
    """The directory, where something of the campaign leads there."""
    linked = any(one.told.get("listed") for one in found.of_sort("endorsement"))
    return service.directory(g.actor) if linked else None


def _listed(sort: str) -> dict[str, str]:
    """What was chosen of the directory, where the form offers it."""
    chosen = request.form.get("listed", type=UUID) if sort == "endorsement" else None
    return {"listed": str(chosen)} if chosen else {}


def _there(found: Book, item_id: UUID) -> Item:
    wanted = found.item(item_id)
    if wanted is None:
        raise NotFound
    return wanted


def _meanwhile() -> Problems:
    return {"": Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")}


def _brief(found: Book | None, texts: Texts | None, problems: Problems, theirs: Any = None) -> str:
    chosen = set(request.form.getlist("members"))
    names = service.others(g.actor) if found is None and can(g.actor, Action.CAMPAIGN_TEAM) else []
    return render_template(
        "campaigns/brief.html",
        title=found.told["name"] if found else gettext("New campaign"),
        back=_back(found),
        people=[(str(one.id), one.name or gettext("No name"), str(one.id) in chosen) for one in names],
        with_coordinators=found is None and not can(g.actor, Action.CAMPAIGN_TEAM),
        theirs=theirs,
        **teams_shown.form(
            sorts.brief(), found.told if found else None, texts, problems, found.told_rev if found else 0
        ),
    )


def _back(found: Book | None) -> tuple[str, str]:
    if found is None:
        return url_for("campaigns.home"), gettext("Campaigns")
    return url_for("campaigns.one", campaign_id=found.id), str(found.told["name"])


def _item(
    found: Book, sort: str, item_: Item | None, texts: Texts | None, problems: Problems, theirs: Any = None
) -> str:
    wanted = sorts.sort_named(sort)
    belongs = [(one.id, campaigns_shown.titled(one)) for one in found.of_sort(*wanted.of)]
    return render_template(
        "teams/item.html",
        title=campaigns_shown.WORDS[sort][1],
        sort=sort,
        back=_back(found),
        belongs=teams_shown.choices(belongs, item_.of if item_ else None) if wanted.of else [],
        must=wanted.must,
        theirs=theirs,
        listed=campaigns_shown.listed(service.directory(g.actor), item_) if sort == "endorsement" else [],
        written=teams_shown.written(found, item_) if item_ else "",
        struck=item_.struck if item_ else False,
        lacking=campaigns_shown.lacking(item_) if item_ and sort == "action" else [],
        strike_href=url_for("campaigns.strike", campaign_id=found.id, item_id=item_.id) if item_ else "",
        **teams_shown.form(
            wanted.fields, item_.told if item_ else None, texts, problems, item_.rev if item_ else 0
        ),
    )
