"""Stories that a legal ally approves beside the person: read in the exact words, signed with the ally's own key."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.stories import signing
from casework.web import questions, stories_shown, tokens
from casework.web.access import needs

pages = Blueprint("review_stories", __name__, url_prefix="/desk/<desk>/review/<ref>/stories")

_ASKED = "story/ally"
Problems = dict[str, Invalid]


@pages.get("/")
@needs(Action.STORY_SIGN, writes=True)
def listing(ref: str) -> str:
    """The stories that wait; opening them is recorded as reading the part in which they lie."""
    return _page(ref)


@pages.post("/<uuid:story_id>")
@needs(Action.STORY_SIGN)
def approve(ref: str, story_id: UUID) -> Response | tuple[str, int]:
    """The ally signs one, as it was shown."""
    texts = questions.typed_texts()
    told = values.read(kinds.page(_ASKED), texts, locale=get_locale())
    if not told.problems:
        try:
            rev = request.form.get("rev", 0, type=int)
            signing.approve(g.actor, ref, story_id, told.values, rev, tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Signed with your key. The desk sees it; other words would need a new signature."))
            return redirect(url_for("review_stories.listing", ref=ref))
    return _page(ref, story_id, texts, told.problems), 422


@pages.post("/<uuid:story_id>/back")
@needs(Action.STORY_SIGN)
def take_back(ref: str, story_id: UUID) -> Response:
    """The ally takes their signature back; a press is enough."""
    signing.take_back(g.actor, ref, story_id, tokens.sent())
    flash(gettext("Taken back. The desk sees it, and every campaign that had these words has lost them."))
    return redirect(url_for("review_stories.listing", ref=ref))


def _page(
    ref: str, story_id: UUID | None = None, texts: Texts | None = None, problems: Problems | None = None
) -> str:
    found, waiting, signed = signing.read(g.actor, ref)
    first = next((one.id for one in waiting if one.id not in signed), None)
    return render_template(
        "review/stories.html",
        ref=found.ref,
        called=found.called,
        back_href=url_for("review.case", ref=ref),
        form_token=tokens.for_form(),
        errors=questions.general(problems or {}),
        stories=[
            stories_shown.for_ally(one)
            | {
                "rev": one.rev,
                "signed": one.id in signed,
                "open": one.id == (story_id or first) and one.id not in signed,
                "action": url_for("review_stories.approve", ref=ref, story_id=one.id),
                "back": url_for("review_stories.take_back", ref=ref, story_id=one.id),
                "questions": _asked(texts, problems if one.id == story_id else None),
            }
            for one in waiting
        ],
    )


def _asked(texts: Texts | None, problems: Problems | None) -> Any:
    return questions.ask(kinds.page(_ASKED), None, texts if problems else None, problems)
