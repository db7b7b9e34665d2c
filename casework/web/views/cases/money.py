"""Money of a case: what its ledger says, counted, with every line that a person can follow."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases.opening import OpenCase
from casework.errors import NotFound
from casework.evidence import service
from casework.evidence.bodies import Piece
from casework.money import rule_files
from casework.money.account import proof, results
from casework.money.account.counting import Calculation
from casework.money.account.ledger import Ledger, LedgerLine
from casework.money.ledger import PayRate, Work
from casework.money.working import Working
from casework.web import evidence_shown, money_shown, sums_shown, tokens
from casework.web.access import needs
from casework.web.pages_of import Pages
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to, show

_LINES = 40
_STEPS = 120


@pages.get("/<ref>/money")
@needs(Action.CASE_OPEN, writes=True)
def money(ref: str) -> str:
    """What is owed and paid, at a glance, and the lines of the ledger; opening it is recorded."""
    case, found = results.count(g.actor, ref, rule_files.house())
    return show(case, "ledger", refused=found.ledger.refused > 0, ledger=_ledger(case, found))


def _ledger(case: OpenCase, found: Calculation) -> dict[str, Any]:
    ref, ledger = case.row.ref, found.ledger
    lines = sorted(ledger.lines, key=lambda line: (line.struck, line.at, line.number), reverse=False)
    part = Pages(len(lines), _LINES, request.args.get("page", 1, type=int))
    pieces = service.listing(case).pieces
    return {
        "doing": _doing(case, found),
        "standing": sums_shown.standing(found.working("standing")),
        "standing_href": url_for("cases.money_count", ref=ref, name="standing"),
        "counts": [
            money_shown.glance(ref, found, count) for count in found.counts if count.name != "standing"
        ],
        "lines": [_row(ref, ledger, line, pieces) for line in lines[part.first : part.last]],
        "found": len(lines),
        "pager": part.links(lambda number: url_for("cases.money", ref=ref, page=number)),
    }


def _row(ref: str, ledger: Ledger, line: LedgerLine, pieces: tuple[Piece, ...]) -> dict[str, Any]:
    """A line with the numbers of what proves it; what these are called is said where they are opened."""
    numbers = [
        (evidence_shown.href("one_evidence", ref, one), one.number)
        for one in proof.of_line(ledger, line, pieces)
    ]
    return {**money_shown.row(ref, ledger, line), "proof": numbers}


def _doing(case: OpenCase, found: Calculation) -> list[tuple[str, str, str]]:
    """What may be done here: words, address, icon."""
    ref, closed = case.row.ref, case.row.status == "closed"
    terms = found.ledger.lines_of("terms")
    counted = (
        url_for("cases.money_line", ref=ref, line_id=terms[0].id)
        if terms
        else url_for("cases.money_new", ref=ref, sort="terms")
    )
    unpriced = bool(found.ledger.of(Work)) and not found.ledger.of(PayRate)
    promised = url_for("cases.money_new", ref=ref, sort="rate")
    every = [
        (gettext("Enter the promised pay"), promised, "new", unpriced and not closed),
        (gettext("Enter weeks"), url_for("cases.money_table", ref=ref), "new", not closed),
        (gettext("Enter a line"), url_for("cases.money_choose", ref=ref), "new", not closed),
        (gettext("How it is counted"), counted, "edit", not closed),
        (gettext("Read aloud"), url_for("cases.money_aloud", ref=ref), "see", bool(found.counts)),
        (gettext("Kept calculations"), url_for("cases.money_kept", ref=ref), "history", True),
    ]
    return [(text, href, icon) for text, href, icon, may in every if may]


@pages.get("/<ref>/money/count/<name>")
@needs(Action.CASE_OPEN, writes=True)
def money_count(ref: str, name: str) -> str:
    """One calculation with every line, its formula, rules and rounding; opening it is recorded."""
    case, found = results.count(g.actor, ref, rule_files.house())
    count = found.find(name, request.args.get("about", ""))
    if count is None:
        raise NotFound
    keep = url_for("cases.money_keep", ref=ref, name=name)
    return render_template(
        "cases/money_count.html",
        title=money_shown.TITLES[name],
        about=money_shown.about(found.ledger, count),
        trouble=money_shown.glance(ref, found, count).trouble,
        keep=keep if count.working and case.row.status != "closed" else None,
        about_id=count.about,
        form_token=tokens.for_form(),
        **working_shown(count.working, lambda number: _further(ref, name, count.about, number)),
        **back_to_money(case),
    )


def _further(ref: str, name: str, about: str, number: int) -> str:
    return url_for("cases.money_count", ref=ref, name=name, about=about or None, page=number)


def working_shown(working: Working | None, href: Any) -> dict[str, Any]:
    """A result with everything that led to it, as `pieces/money.html` shows it; long ones a page at a time.

    Args:
        working: the result; None where there is none.
        href: the address of a page by its number.
    """
    if working is None:
        return {"working": None, "pager": {}}
    part = Pages(len(working.lines), _STEPS, request.args.get("page", 1, type=int))
    book = rule_files.house()
    shown = {
        "headlines": money_shown.headlines(working),
        "formula": money_shown.sentence(working.formula),
        "rounding": money_shown.sentence(working.rounding),
        "lines": [money_shown.line_shown(line) for line in working.lines[part.first : part.last]],
        "warnings": [money_shown.sentence(one) for one in working.warnings],
        "rules": [money_shown.rule_shown(rule, verified=book.is_verified(rule)) for rule in working.rules],
        "version": working.version,
    }
    return {"working": shown, "pager": part.links(href)}


def back_to_money(case: OpenCase) -> dict[str, Any]:
    """What a page about the money of a case needs: its head, and the way back."""
    return {**back_to(case), "back_href": money_of(case.row.ref)}


def money_of(ref: str) -> str:
    """Where the money of a case stands on its page: on a phone a dozen folded sections lie above it."""
    return url_for("cases.money", ref=ref, _anchor="ledger")


@pages.post("/<ref>/money/count/<name>")
@needs(Action.CASE_WORK)
def money_keep(ref: str, name: str) -> Response:
    """Keep a result with its inputs and rules."""
    about = request.form.get("about", "")
    kept = results.keep(g.actor, ref, name, about, rule_files.house(), tokens.sent())
    return redirect(url_for("cases.money_kept_one", ref=ref, kept_id=kept))
