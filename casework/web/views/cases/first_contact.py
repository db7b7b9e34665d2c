"""Logging a first contact: one short page, sent once or twice, makes one case."""

from dataclasses import dataclass, field
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import first_contact as logging
from casework.cases import kinds, values
from casework.cases.first_contact import FirstContact
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.people.consents import CASEWORK, Answer
from casework.search import duplicates
from casework.web import given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.alike import alike_rows, confirmed
from casework.web.rows import rearranged
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.consents import answer_of

#: What the questions about consent begin with, so that they do not meet the others.
_CONSENT = "consent."


@dataclass
class Sent:
    """The page as it came back.

    Attributes:
        texts: everything that was typed; None for a page that nobody filled yet.
        problems: by the names of the inputs; under an empty name what belongs to no question.
    """

    texts: Texts | None = None
    problems: dict[str, Invalid] = field(default_factory=dict)


@pages.get("/new")
@needs(Action.CASE_LOG)
def new() -> str:
    """The questions, none of them answered beforehand, unless this was begun before."""
    return _page(Sent(given_back.texts()))


@pages.post("/new")
@drafted(_("New contact"))
@needs(Action.CASE_LOG)
def log() -> Response | str | tuple[str, int]:
    """Make the case; or say what is missing, with everything as it was typed."""
    texts = questions.typed_texts()
    if (other := rearranged(request.form, texts)) is not None:
        return _page(Sent(other))
    sent = Sent(texts)
    contact = _read(sent, texts)
    if not sent.problems and (alike := _known_already(contact)):
        return _page(sent, alike=alike), 409
    if not sent.problems:
        try:
            case = logging.log(g.actor, contact, tokens.sent())
        except Invalid as refused:
            sent.problems[_place(refused)] = refused
        else:
            flash(gettext("Saved. The case is %(ref)s; it can be told by phone.", ref=case.ref))
            return redirect(url_for("cases.page", ref=case.ref))
    return _page(sent), 422


def _known_already(contact: FirstContact) -> list[dict[str, Any]]:
    """Cases whose person this may be; none where somebody has looked, or the form made its case before."""
    if confirmed() or logging.logged_before(g.actor, tokens.sent()):
        return []
    return alike_rows(duplicates.known_already(g.actor, contact.answers))


def _read(sent: Sent, texts: Texts) -> FirstContact:
    """What the page says; what cannot be read is put with the problems."""
    answers = values.read(kinds.first_contact(), texts, locale=get_locale())
    asked = values.read(kinds.page("may_we_keep"), texts, _CONSENT, get_locale())
    sent.problems.update(answers.problems | asked.problems)
    return FirstContact(
        answers=answers.values,
        consent=_consent(asked.values, answers.values),
        danger=asked.values.get("danger", ""),
        take="take" in request.form,
    )


def _consent(asked: dict[str, Any], answers: dict[str, Any]) -> Answer | None:
    """The answer to casework; None where it was not asked. It was asked in the person's language."""
    if asked.get("given") not in {"yes", "no"}:
        return None
    return answer_of({"language": answers.get("language", ""), **asked}, CASEWORK)


def _place(refused: Invalid) -> str:
    """The input that a refusal belongs to; those about consent stand under their own names.

    What names no question was refused for want of consent, so it stands where consent is asked.
    """
    about_consent = {one.key for one in kinds.page("may_we_keep")} | {"reason"}
    if refused.field == "reason":
        return f"{_CONSENT}danger"
    if refused.field == "desk":
        return ""
    field = refused.field or "given"
    return f"{_CONSENT}{field}" if field in about_consent else field


def _page(sent: Sent, **more: Any) -> str:
    asked = questions.ask(kinds.first_contact(), None, sent.texts, sent.problems)
    # Whether a name may be kept is asked before the name is.
    name_at = next(place for place, one in enumerate(kinds.first_contact()) if one.section == "identity")
    return render_template(
        "cases/new.html",
        form_token=tokens.for_form(),
        before=asked[:name_at],
        questions=asked[name_at:],
        consent=questions.ask(kinds.page("may_we_keep"), None, sent.texts, sent.problems, _CONSENT),
        errors=questions.general(sent.problems),
        distinct=confirmed(),
        live=logging.takes_cases(g.actor),
        **more,
    )
