"""Stories of a case: the words, the approvals, asking again, giving one to a campaign, taking one back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action, can
from casework.cases import kinds, values
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.stories import approving, passing, service
from casework.stories.records import Story
from casework.stories.service import Sent
from casework.web import given_back, questions, stories_shown, tokens
from casework.web.access import drafted, needs
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

Answer = Response | tuple[str, int]
Problems = dict[str, Invalid]
#: What a form of the page of one story is called, with its page of questions.
_FORMS = {"approve": "story/approval", "second": "story/second", "again": "story/again"}


@pages.get("/<ref>/stories")
@needs(Action.STORY_TELL, writes=True)
def stories(ref: str) -> str:
    """The stories of a case; opening them is recorded."""
    case, found = service.listing(g.actor, ref)
    return render_template(
        "cases/stories.html",
        stories=[stories_shown.line(case, one) for one in found],
        new_href=url_for("cases.new_story", ref=ref) if case.row.status != "closed" else None,
        **back_to(case),
    )


@pages.get("/<ref>/stories/new")
@needs(Action.STORY_TELL, writes=True)
def new_story(ref: str) -> str:
    """A form for somebody's words."""
    case, _found = service.listing(g.actor, ref)
    return _words(case, None, given_back.texts(), {})


@pages.post("/<ref>/stories/new")
@drafted(_("A story"))
@needs(Action.STORY_TELL)
def write_story(ref: str) -> Answer:
    """Write them down, once."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("story/text"), texts, locale=get_locale())
    if not told.problems:
        try:
            made = service.write(g.actor, ref, told.values, tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Written down. Read every word back to them before they approve it."))
            return redirect(url_for("cases.story", ref=ref, story_id=made))
    case, _found = service.listing(g.actor, ref)
    return _words(case, None, texts, told.problems), 422


@pages.get("/<ref>/stories/<uuid:story_id>")
@needs(Action.STORY_TELL, writes=True)
def story(ref: str, story_id: UUID) -> str:
    """One story: its words, where it stands, what is next."""
    return _page(ref, story_id)


@pages.get("/<ref>/stories/<uuid:story_id>/edit")
@needs(Action.STORY_TELL, writes=True)
def edit_story(ref: str, story_id: UUID) -> str:
    """The words, to change; every approval ends with it."""
    case, found = service.one(g.actor, ref, story_id)
    return _words(case, found, given_back.texts(), {})


@pages.post("/<ref>/stories/<uuid:story_id>/edit")
@drafted(_("A story"))
@needs(Action.STORY_TELL)
def rewrite_story(ref: str, story_id: UUID) -> Answer:
    """Keep other words."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("story/text"), texts, locale=get_locale())
    if not told.problems:
        try:
            service.edit(g.actor, ref, story_id, told.values, _sent())
        except Differing as differing:
            case, found = service.one(g.actor, ref, story_id)
            return _words(case, found, texts, _meanwhile(), theirs=differing.theirs), 409
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved. Nobody has approved these words yet."))
            return redirect(url_for("cases.story", ref=ref, story_id=story_id))
    case, found = service.one(g.actor, ref, story_id)
    return _words(case, found, texts, told.problems), 422


@pages.post("/<ref>/stories/<uuid:story_id>/approve")
@needs(Action.CONSENT_RECORD)
def approve_story(ref: str, story_id: UUID) -> Answer:
    """What they said after it was read back."""
    return _told(ref, story_id, "approve", approving.approve)


@pages.post("/<ref>/stories/<uuid:story_id>/second")
@needs(Action.STORY_SECOND)
def second_story(ref: str, story_id: UUID) -> Answer:
    """Another one of the desk approves it."""
    return _told(ref, story_id, "second", approving.second)


@pages.post("/<ref>/stories/<uuid:story_id>/again")
@needs(Action.CONSENT_RECORD)
def ask_story_again(ref: str, story_id: UUID) -> Answer:
    """What they said when they were asked once more."""
    return _told(ref, story_id, "again", approving.ask_again)


@pages.post("/<ref>/stories/<uuid:story_id>/give")
@needs(Action.STORY_GIVE)
def give_story(ref: str, story_id: UUID) -> Answer:
    """Give it to a campaign."""
    # No campaign is chosen by nobody's id, which is in nobody's team.
    chosen = request.form.get("campaign", UUID(int=0), type=UUID)
    try:
        passing.give(g.actor, ref, story_id, chosen, _sent())
    except Differing:
        return _page(ref, story_id, "give", None, _meanwhile()), 409
    except Invalid as refused:
        return _page(ref, story_id, "give", None, {refused.field or "": refused}), 422
    flash(
        gettext("Given. Only the team of that campaign can read it, and only while the person's yes holds.")
    )
    return redirect(url_for("cases.story", ref=ref, story_id=story_id))


@pages.post("/<ref>/stories/<uuid:story_id>/back")
@needs(Action.CONSENT_RECORD)
def take_story_back(ref: str, story_id: UUID) -> Response:
    """The person takes it back; a word is enough."""
    service.take_back(g.actor, ref, story_id)
    flash(gettext("Taken back. No campaign can read it any more; below it says where it was used."))
    return redirect(url_for("cases.story", ref=ref, story_id=story_id))


def _told(ref: str, story_id: UUID, form: str, deed: Callable[..., None]) -> Answer:
    texts = questions.typed_texts()
    told = values.read(kinds.page(_FORMS[form]), texts, locale=get_locale())
    if told.problems:
        return _page(ref, story_id, form, texts, told.problems), 422
    try:
        deed(g.actor, ref, story_id, told.values, _sent())
    except Differing:
        return _page(ref, story_id, form, texts, _meanwhile()), 409
    except Invalid as refused:
        return _page(ref, story_id, form, texts, {refused.field or "": refused}), 422
    flash(gettext("Written down."))
    return redirect(url_for("cases.story", ref=ref, story_id=story_id))


def _sent() -> Sent:
    return Sent(request.form.get("rev", 0, type=int), tokens.sent())


def _meanwhile() -> Problems:
    return {"": Invalid("This story was changed meanwhile. Read it again as it stands now, then answer.")}


def _page(
    ref: str, story_id: UUID, sent: str = "", texts: Texts | None = None, problems: Problems | None = None
) -> str:
    case, found = service.one(g.actor, ref, story_id)
    offered = stories_shown.next_form(case, found)
    form = sent or offered
    ask = kinds.page(_FORMS[form]) if form in _FORMS else ()
    names = passing.campaigns(g.actor) if form == "give" and can(g.actor, Action.STORY_GIVE) else {}
    return render_template(
        "cases/story.html",
        story=stories_shown.whole(case, found),
        form=form,
        form_href=url_for(f"cases.{_ROUTES[form]}", ref=ref, story_id=story_id) if form else None,
        form_token=tokens.for_form(),
        rev=found.rev,
        questions=questions.ask(ask, None, texts, problems),
        errors=questions.general(problems or {}),
        campaigns=[(str(one), name, False) for one, name in names.items()],
        campaign_error=[
            questions.sentence(one) for key, one in (problems or {}).items() if key == "campaign"
        ],
        edit_href=url_for("cases.edit_story", ref=ref, story_id=story_id) if not found.withdrawn else None,
        back_story_href=url_for("cases.take_story_back", ref=ref, story_id=story_id),
        closed=case.row.status == "closed",
        **back_to(case) | {"back_href": url_for("cases.stories", ref=ref)},
    )


_ROUTES = {
    "approve": "approve_story",
    "second": "second_story",
    "again": "ask_story_again",
    "give": "give_story",
}


def _words(
    case: OpenCase, found: Story | None, texts: Texts | None, problems: Problems, theirs: Any = None
) -> str:
    stored = stories_shown.answers(found) if found else {"language": stories_shown.spoken(case)}
    return render_template(
        "cases/story_words.html",
        title=gettext("Other words") if found else gettext("A story in their own words"),
        action=request.path,
        form_token=tokens.for_form(),
        rev=found.rev if found else 0,
        voids=found is not None and found.approval is not None,
        given=found is not None and any(one.ended is None for one in found.passed),
        theirs=questions.say(kinds.page("story/text"), stories_shown.answers(theirs)) if theirs else None,
        questions=questions.ask(kinds.page("story/text"), stored, texts, problems),
        errors=questions.general(problems),
        **back_to(case)
        | {
            "back_href": url_for("cases.story", ref=case.row.ref, story_id=found.id)
            if found
            else url_for("cases.stories", ref=case.row.ref)
        },
    )
