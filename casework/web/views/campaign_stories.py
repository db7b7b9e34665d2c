"""Stories of a campaign: read while they may be used, used where that is written down, taken down when they are taken back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.campaigns import service as campaigns
from casework.cases import kinds, values
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.stories import used
from casework.stories.used import Given
from casework.web import questions, stories_shown, tokens
from casework.web.access import needs
from casework.web.cases_shown import word

pages = Blueprint(
    "campaign_stories", __name__, url_prefix="/desk/<desk>/campaigns/<uuid:campaign_id>/stories"
)

Answer = Response | tuple[str, int]
Problems = dict[str, Invalid]


@pages.get("/")
@needs(Action.CAMPAIGN_VIEW, writes=True)
def listing(campaign_id: UUID) -> str:
    """Every story of the campaign; one whose agreement ended loses its words by this look."""
    found = campaigns.look(g.actor, campaign_id)
    used.let_go(g.actor, found)
    return render_template(
        "campaigns/stories.html",
        campaign=found.told["name"],
        back_href=url_for("campaigns.one", campaign_id=campaign_id),
        stories=[_line(campaign_id, one) for one in used.listing(g.actor, found)],
    )


@pages.get("/<uuid:item_id>")
@needs(Action.CAMPAIGN_VIEW)
def one(campaign_id: UUID, item_id: UUID) -> str:
    """One story."""
    return _page(campaign_id, item_id)


@pages.post("/<uuid:item_id>/use")
@needs(Action.CAMPAIGN_WORK)
def use(campaign_id: UUID, item_id: UUID) -> Answer:
    """Write down where it is used, before it is."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("story/use"), texts, locale=get_locale())
    if not told.problems:
        try:
            used.use(g.actor, campaign_id, item_id, told.values, tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Written down. If the person takes it back, this place stands under what is due."))
            return redirect(url_for("campaign_stories.one", campaign_id=campaign_id, item_id=item_id))
    return _page(campaign_id, item_id, texts, told.problems), 422


@pages.post("/<uuid:item_id>/down/<uuid:use_id>")
@needs(Action.CAMPAIGN_WORK)
def down(campaign_id: UUID, item_id: UUID, use_id: UUID) -> Answer:
    """What came of taking it down in one place."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("story/down"), texts, locale=get_locale())
    if not told.problems:
        try:
            used.taken_down(g.actor, campaign_id, item_id, use_id, told.values)
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Written down. The person's desk sees it as well."))
            return redirect(url_for("campaign_stories.one", campaign_id=campaign_id, item_id=item_id))
    return _page(campaign_id, item_id, texts, told.problems, use_id), 422


@pages.post("/<uuid:item_id>/want")
@needs(Action.CAMPAIGN_WORK)
def want(campaign_id: UUID, item_id: UUID) -> Response:
    """Let the desk know that the person may be asked again."""
    used.want(g.actor, campaign_id, item_id)
    flash(gettext("The desk sees it when it opens the story. Nobody has to say yes."))
    return redirect(url_for("campaign_stories.one", campaign_id=campaign_id, item_id=item_id))


def _line(campaign_id: UUID, given: Given) -> dict[str, Any]:
    copy = given.copy
    return {
        "href": url_for("campaign_stories.one", campaign_id=campaign_id, item_id=given.item.id),
        "title": given.item.told["title"],
        "mark": stories_shown.copied(copy) if copy else (gettext("Not as it was left"), "red"),
        "down": len(copy.to_take_down) if copy else 0,
    }


def _page(
    campaign_id: UUID,
    item_id: UUID,
    texts: Texts | None = None,
    problems: Problems | None = None,
    use_id: UUID | None = None,
) -> str:
    found, given = used.one(g.actor, campaign_id, item_id)
    copy = given.copy
    first = next((one.id for one in copy.to_take_down), None) if copy else None
    said: dict[str, Any] = {"campaign_id": campaign_id, "item_id": item_id}
    about_use = {} if use_id else problems or {}
    language = word("languages", copy.language) if copy else None
    return render_template(
        "campaigns/story.html",
        campaign=found.told["name"],
        back_href=url_for("campaign_stories.listing", campaign_id=campaign_id),
        story=_line(campaign_id, given)
        | {"text": copy.text if copy else "", "lang": copy.language if copy else ""},
        spoken=language[1] if language else "",
        state="amiss" if copy is None else "ended" if copy.ended else "usable" if copy.usable else "waits",
        wanted=copy.wanted if copy else False,
        uses=[
            stories_shown.use(one)
            | {
                "open": one.id == first,
                "down_href": url_for("campaign_stories.down", **said, use_id=one.id),
                "questions": questions.ask(
                    kinds.page("story/down"),
                    None,
                    texts if use_id == one.id else None,
                    problems if use_id == one.id else None,
                ),
            }
            for one in (copy.uses if copy else ())
        ],
        use_href=url_for("campaign_stories.use", **said),
        want_href=url_for("campaign_stories.want", **said),
        form_token=tokens.for_form(),
        questions=questions.ask(kinds.page("story/use"), None, None if use_id else texts, about_use),
        errors=questions.general(problems or {}),
    )
