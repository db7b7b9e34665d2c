"""Claims of several people as one schedule: looked at, and made for somebody to whom each of them agreed."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for
from flask_babel import gettext

from casework.access.policy import Action
from casework.errors import Invalid
from casework.money import rule_files
from casework.money.account import together
from casework.money.account.together import Together
from casework.papers import schedules
from casework.web import money_shown, paper_languages, tokens
from casework.web.access import needs
from casework.web.cases_shown import word
from casework.web.forms import typed
from casework.web.forms.schedule import Several
from casework.web.views.cases.evidence import sent_file

pages = Blueprint("schedule", __name__, url_prefix="/desk/<desk>/schedule")

_STAGES = ("claimed", "documented", "awarded", "paid")


@pages.get("/")
@needs(Action.PAPER_MAKE)
def page() -> str:
    """A form for the references; nothing is opened yet."""
    return _page(_form())


@pages.post("/")
@needs(Action.PAPER_MAKE)
def show() -> str | Response | tuple[str, int]:
    """The schedule as a page; or as a paper, which is written down for each case before it is made."""
    form = _form()
    if not form.validate() or ("paper" in request.form and not form.says_for_whom()):
        return _page(form), 422
    try:
        refs = together.read_refs(form.refs.data)
        found = together.schedule_of(g.actor, refs, rule_files.house(), form.forum.data or "")
        if "paper" in request.form:
            return _paper(form, refs, found)
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    return _page(form, found)


def _paper(form: Several, refs: list[str], found: Together) -> Response:
    schedules.release(g.actor, refs, form.going, tokens.sent())
    shown = _shown(found)
    made = schedules.pdf(
        paper_languages.voice_in(form.language),
        [name if isinstance(name, str) else name[0] for name in shown["columns"]],
        shown["rows"],
        [shown["formula"], *shown["notes"]],
        form.going.recipient,
    )
    return sent_file([made], "application/pdf", "pdf", len(made))


def _form() -> Several:
    form: Several = typed(Several)
    form.offer()
    return form


def _page(form: Several, found: Together | None = None) -> str:
    return render_template(
        "cases/schedule.html",
        form=form,
        form_token=tokens.for_form(),
        action=url_for("schedule.show"),
        back_href=url_for("cases.sums"),
        shown=_shown(found) if found else None,
    )


def _shown(found: Together) -> dict[str, Any]:
    working = found.working
    currencies = sorted({one.claimed.currency for one in found.members})
    stages = [(word("money_stages", key) or ("", key))[1] for key in _STAGES]
    sums = [
        [
            f"{gettext('Together')} {currency}",
            *(_cell(working.results.get(f"{key} {currency}")) for key in _STAGES),
            "",
        ]
        for currency in currencies
    ]
    rows = [
        [one.reference, *(_cell(getattr(one, key)) for key in _STAGES), _numbers(found, one.reference)]
        for one in found.members
    ]
    notes = [line for line in working.lines if line.key == "middle"]
    return {
        "columns": [
            gettext("Reference"),
            *((words, "number") for words in stages),
            gettext("Proof, by number"),
        ],
        "rows": [*rows, *sums],
        "formula": money_shown.sentence(working.formula),
        "notes": [
            *(money_shown.sentence(line.words) for line in notes),
            *(money_shown.sentence(one) for one in working.warnings),
        ],
    }


def _numbers(found: Together, ref: str) -> str:
    """What proves the claim of one case, by the numbers in that case."""
    return ", ".join(money_shown.figure(number) for number in found.proofs[ref])


def _cell(value: Any) -> str:
    return money_shown.amount(value) if value is not None else "–"
