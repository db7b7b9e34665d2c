"""Quick entry: a table of weeks, pasted or typed, shown back to be checked before anything is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import format_decimal, get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.cases.values.dates import GREGORIAN
from casework.errors import Invalid
from casework.evidence import service as evidence
from casework.evidence.bodies import Piece
from casework.money.account import lines, proof, reading, table
from casework.money.account.lines import New
from casework.money.account.pasted import COLUMNS, Cells
from casework.money.account.pasted import cells as read_cells
from casework.money.account.table import Layout
from casework.web import evidence_shown, given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import day
from casework.web.forms.money import with_currency
from casework.web.forms.proof import chosen as chosen_proof
from casework.web.forms.proof import picked_in
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.money import back_to_money, money_of

_EMPTY_ROWS = 4
_PAGE = "ledger/layout"


@pages.get("/<ref>/money/weeks")
@needs(Action.CASE_WORK, writes=True)
def money_table(ref: str) -> str:
    """An empty table, and room to paste one; it shows whose case it is."""
    case, ledger = reading.listing(g.actor, ref)
    if begun := given_back.texts():
        return _page(case, _rows(_typed(begun)), {}, {}, texts=begun, pasted=_one(begun, "pasted"))
    texts = {
        "each": "week",
        **with_currency(kinds.page(_PAGE), ledger),
        proof.KEY: request.args.getlist(proof.KEY),
    }
    return _page(case, _rows([]), {}, {}, texts=texts)


@pages.post("/<ref>/money/weeks")
@drafted(_("A table of weeks"))
@needs(Action.CASE_WORK)
def money_table_read(ref: str) -> Response | str | tuple[str, int]:
    """Read it: shown back at first; kept when it was checked and nothing is wrong."""
    case, _lines = reading.listing(g.actor, ref)
    answers = values.read(kinds.page(_PAGE), questions.typed_texts(), locale=get_locale())
    problems = dict(answers.problems)
    typed = _typed(questions.typed_texts())
    pasted = request.form.get("pasted", "")
    if "beside" in request.form:
        return _page(case, _rows(typed), {}, {}, pasted=pasted)
    if pasted.strip():
        typed += read_cells(pasted, dated="start" not in answers.values)
    if len(typed) > table.MOST_ROWS:
        problems["pasted"] = Invalid(
            "There is room for %(rows)s rows at once. Enter the rest afterwards.",
            "pasted",
            rows=table.MOST_ROWS,
        )
        return _page(case, _rows(_typed(questions.typed_texts())), problems, {}, pasted=pasted), 422
    if "start" in answers.values and not answers.values["start"].get("date"):
        problems["start"] = Invalid(
            "To count with it, write the day in the three fields: day, month and year."
        )
    if problems:
        return _page(case, _rows(typed), problems, {}), 422
    return _understood(case, typed, _layout(answers.values))


def _understood(case: OpenCase, typed: Cells, layout: Layout) -> Response | str | tuple[str, int]:
    """Show it back, or keep it when the button of the checked table was pressed."""
    read = table.read(typed, layout, get_locale())
    if read.wrong:
        return _page(case, _rows(typed), {}, read.wrong, days=read.days), 422
    if "keep" not in request.form or not read.new:
        return _page(case, _rows(typed), {}, {}, checked=read, days=read.days)
    try:
        lines.add(g.actor, case.row.ref, _proved(case, read.new), tokens.sent())
    except Invalid as refused:
        return _page(case, _rows(typed), {"": refused}, {}), 422
    flash(ngettext("%(num)s line saved.", "%(num)s lines saved.", len(read.new)))
    return redirect(money_of(case.row.ref))


def _proved(case: OpenCase, new: Sequence[New]) -> list[New]:
    """The lines with what lay beside the table: it proves each pay period, and so all that belongs to it."""
    beside, _problems = chosen_proof(evidence.listing(case).pieces, questions.typed_texts())
    return [replace(one, said={**one.said, **beside}) if one.sort.key == "period" else one for one in new]


def _layout(said: Mapping[str, Any]) -> Layout:
    start = said.get("start")
    return Layout(
        each=said["each"],
        currency=said["currency"],
        paid_by="periods" if said.get("whole") == "yes" else "hours",
        source=said.get("source", "memory"),
        confidence=said.get("confidence", "unknown"),
        start=date.fromisoformat(start["date"]) if start else None,
        calendar=said.get("calendar", GREGORIAN),
    )


def _typed(texts: Texts) -> Cells:
    """The cells that were typed, without rows at the end that nobody filled."""
    rows = []
    for row in range(table.MOST_ROWS + _EMPTY_ROWS):
        names = [f"cell-{row}-{column}" for column in COLUMNS]
        if not any(name in texts for name in names):
            break
        rows.append([values.clean(_one(texts, name)) for name in names])
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _one(texts: Texts, name: str) -> str:
    found = texts.get(name, "")
    return found if isinstance(found, str) else "".join(found[:1])


def _rows(typed: Cells) -> Cells:
    """The cells that the page shows: those that were typed, and a few empty rows."""
    return [*typed, *([""] * len(COLUMNS) for _ in range(_EMPTY_ROWS))]


def _page(
    case: OpenCase,
    rows: Cells,
    problems: Mapping[str, Invalid],
    wrong: Mapping[tuple[int, str], Invalid],
    **more: Any,
) -> str:
    texts = more.pop("texts", None) or questions.typed_texts()
    checked = more.pop("checked", None)
    days = more.pop("days", {})
    pieces = evidence.seen(case)
    return render_template(
        "cases/money_table.html",
        action=url_for("cases.money_table_read", ref=case.row.ref),
        form_token=tokens.for_form(),
        questions=questions.ask(kinds.page(_PAGE), None, texts, problems),
        errors=questions.general(problems),
        pasted_error=questions.sentence(problems["pasted"]) if "pasted" in problems else "",
        columns=[(field.key, gettext(field.label)) for field in table.fields()],
        rows=[_row(place, cells, wrong, days.get(place)) for place, cells in enumerate(rows)],
        wrong=len(wrong),
        checked=bool(checked and checked.new),
        lines=len(checked.new) if checked else 0,
        hours=format_decimal(table.total_hours(checked)) if checked else 0,
        beside=_beside(case, pieces, texts),
        beside_choices=[(one.short, evidence_shown.numbered(one)) for one in pieces],
        hand_in_href=url_for("cases.new_evidence", ref=case.row.ref),
        **back_to_money(case),
        **more,
    )


def _beside(case: OpenCase, pieces: Sequence[Piece], texts: Texts) -> dict[str, Any] | None:
    """The photo or paper that lies beside the table; as it was chosen last."""
    picked = picked_in({proof.KEY: request.form.get("beside")} if "beside" in request.form else texts)
    found = next((one for one in pieces if one.short in picked), None)
    if found is None:
        return None
    ref = case.row.ref
    return {
        "short": found.short,
        "title": evidence_shown.numbered(found),
        "href": evidence_shown.href("one_evidence", ref, found),
        "large_href": evidence_shown.href("large_evidence", ref, found),
        "copy_href": evidence_shown.href("evidence_copy", ref, found)
        if evidence_shown.is_picture(found)
        else None,
    }


def _row(
    place: int, cells: list[str], wrong: Mapping[tuple[int, str], Invalid], begins: date | None
) -> list[dict[str, str]]:
    return [
        {
            "name": f"cell-{place}-{column}",
            "value": cell,
            "error": questions.sentence(wrong[place, column]) if (place, column) in wrong else "",
            "understood": _understood_day(cell, begins) if column == "from" else "",
        }
        for column, cell in zip(COLUMNS, cells, strict=True)
    ]


def _understood_day(cell: str, begins: date | None) -> str:
    """The day in words, wherever it was written otherwise than year, month and day."""
    return "" if begins is None or values.digits(cell).strip() == begins.isoformat() else day(begins)
