"""Lines of the ledger: entering one, changing it, striking it out and putting it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import values
from casework.cases.asking import Asked
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.evidence import service as evidence
from casework.money.account import lines, proof, reading, sorts
from casework.money.account.ledger import Ledger, LedgerLine
from casework.money.account.lines import New
from casework.money.account.sorts import Sort
from casework.web import evidence_shown, given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import word
from casework.web.forms.money import Chosen, chosen_rules, extra_questions, with_currency
from casework.web.forms.proof import chosen as chosen_proof
from casework.web.forms.proof import question as proof_question
from casework.web.rows import rearranged
from casework.web.versions import carried, chosen, differing_answers
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.money import back_to_money, money_of

_NEVER_SEEN = -1


@pages.get("/<ref>/money/new")
@needs(Action.CASE_WORK, writes=True)
def money_choose(ref: str) -> str:
    """What can be entered; it shows whose case it is."""
    case, ledger = reading.listing(g.actor, ref)
    there = {line.sort.key for line in ledger.active()}
    free = [sort for sort in sorts.all() if sort.key not in sorts.ONCE or sort.key not in there]
    parts: dict[str, list[tuple[str, str, str]]] = {}
    for sort in free:
        label, help_ = _named(sort)
        parts.setdefault(sort.part, []).append(
            (url_for("cases.money_new", ref=ref, sort=sort.key, proof=_began_at(sort)), label, help_)
        )
    return render_template("cases/money_choose.html", parts=list(parts.values()), **back_to_money(case))


@pages.get("/<ref>/money/new/<sort>")
@needs(Action.CASE_WORK, writes=True)
def money_new(ref: str, sort: str) -> str:
    """A short form for one line; what is rarely needed is folded."""
    case, ledger = reading.listing(g.actor, ref)
    which = sorts.get(sort)
    texts = given_back.texts() or {
        **with_currency(which.questions, ledger),
        proof.KEY: request.args.getlist(proof.KEY),
    }
    return _page(case, ledger, which, texts, {}, _new_action(ref, sort))


@pages.post("/<ref>/money/new/<sort>")
@drafted(_("A line about money"))
@needs(Action.CASE_WORK)
def money_add(ref: str, sort: str) -> Response | str | tuple[str, int]:
    """Enter it; the same form twice enters it once."""
    which, texts = sorts.get(sort), questions.typed_texts()
    case, ledger = reading.listing(g.actor, ref)
    action = _new_action(ref, sort)
    if (other := rearranged(request.form, texts)) is not None:
        return _page(case, ledger, which, other, {}, action)
    said, problems = _read(case, ledger, which, texts)
    if not problems:
        try:
            lines.add(g.actor, ref, [New(which, said)], tokens.sent())
        except Invalid as refused:
            problems = {_input(which, refused): refused}
    if problems:
        return _page(case, ledger, which, texts, problems, action), 422
    if "again" in request.form:
        flash(gettext("Saved. Here is room for the next one."))
        return redirect(action)
    flash(gettext("Saved."))
    return redirect(money_of(ref))


@pages.get("/<ref>/money/line/<uuid:line_id>")
@needs(Action.CASE_WORK, writes=True)
def money_line(ref: str, line_id: UUID) -> str:
    """A line with what was answered, to be changed; opening it is recorded."""
    case, ledger, line = reading.one(g.actor, ref, line_id)
    return _edit(case, ledger, line, given_back.texts(), {})


@pages.post("/<ref>/money/line/<uuid:line_id>")
@drafted(_("A line about money"))
@needs(Action.CASE_WORK)
def money_change(ref: str, line_id: UUID) -> Response | str | tuple[str, int]:
    """Change it; where two people did, both versions are shown."""
    case, ledger, line = reading.one(g.actor, ref, line_id)
    texts = questions.typed_texts()
    if (other := rearranged(request.form, texts)) is not None:
        return _edit(case, ledger, line, other, {})
    said, problems = _read(case, ledger, line.sort, texts)
    if problems:
        return _edit(case, ledger, line, texts, problems), 422
    merged = _merged(line, said)
    try:
        lines.change(g.actor, ref, line_id, merged, request.form.get("rev", _NEVER_SEEN, type=int))
    except Differing as differing:
        return _both(case, ledger, differing, texts), 409
    except Invalid as refused:
        return _edit(case, ledger, line, texts, {_input(line.sort, refused): refused}), 422
    return redirect(money_of(ref))


@pages.post("/<ref>/money/line/<uuid:line_id>/strike")
@needs(Action.CASE_WORK)
def money_strike(ref: str, line_id: UUID) -> Response | tuple[str, int]:
    """Strike it out, or put it back."""
    struck = request.form.get("struck") == "1"
    try:
        lines.strike(g.actor, ref, line_id, request.form.get("rev", _NEVER_SEEN, type=int), struck=struck)
    except Invalid as refused:
        case, ledger, line = reading.one(g.actor, ref, line_id)
        return _edit(case, ledger, line, None, {"": refused}), 422
    flash(
        gettext("Struck out. It counts no more and can be put back.")
        if struck
        else gettext("It counts again.")
    )
    return redirect(money_of(ref))


def _began_at(sort: Sort) -> str | None:
    """The piece of evidence that somebody began at, where a line of this sort can be proved."""
    return request.args.get(proof.KEY) if sort.key not in proof.UNPROVED else None


def _hand_in(case: OpenCase, line: LedgerLine) -> str | None:
    """Where a file is handed in that proves a line."""
    if case.row.status == "closed":
        return None
    return url_for("cases.new_evidence", ref=case.row.ref, line=line.id)


def _new_action(ref: str, sort: str) -> str:
    return url_for("cases.money_add", ref=ref, sort=sort)


def _named(sort: Sort) -> tuple[str, str]:
    from_list = sorts.code_of(sort)
    found = word(sorts.LIST, sort.key)
    return (found[1] if found else sort.key), str(gettext(from_list.help)) if from_list.help else ""


def _read(
    case: OpenCase, ledger: Ledger, sort: Sort, texts: Texts
) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """What a form said, and what cannot be read or taken, by the names of the inputs."""
    answers = values.read(sort.questions, texts, locale=get_locale())
    more, problems = chosen_rules(sort, ledger, texts)
    proved, unproved = chosen_proof(evidence.listing(case).pieces, texts)
    said = {**answers.values, **more, **proved}
    problems = {**answers.problems, **problems, **unproved}
    if not problems:
        try:
            sort.value(said, "new")
        except Invalid as refused:
            problems = {_input(sort, refused): refused}
    return said, problems


def _input(sort: Sort, refused: Invalid) -> str:
    """The question that a complaint belongs to; empty where it is about none of them."""
    known = {field.key for field in sort.questions} | {*Chosen, proof.KEY}
    return refused.field if refused.field in known else ""


def _merged(line: LedgerLine, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be kept: theirs of what was chosen to stay, and of the rest what was typed."""
    keys = {field.key for field in line.sort.questions} | {*Chosen, proof.KEY}
    mine = chosen({key: said.get(key) for key in keys}, request.form)
    merged = {**line.said, **mine}
    return {key: value for key, value in merged.items() if value not in (None, "", [], {}, ())}


def _edit(
    case: OpenCase, ledger: Ledger, line: LedgerLine, texts: Texts | None, problems: Mapping[str, Invalid]
) -> str:
    action = url_for("cases.money_change", ref=case.row.ref, line_id=line.id)
    return _page(case, ledger, line.sort, texts, problems, action, line=line)


def _both(case: OpenCase, ledger: Ledger, differing: Differing, texts: Texts) -> str:
    """Both versions of each answer that differs, and everything else carried along."""
    theirs: LedgerLine = differing.theirs
    group = Asked(None, "", theirs.sort.questions)
    conflict = differing_answers([group], theirs.said, differing.mine)
    action = url_for("cases.money_change", ref=case.row.ref, line_id=theirs.id)
    return _page(
        case, ledger, theirs.sort, texts, {}, action, line=theirs, conflict=conflict, kept=carried(texts)
    )


def _rev(line: LedgerLine | None) -> int | None:
    """The revision that the page is about: of a draft, the one that it was typed over."""
    if line is None:
        return None
    return given_back.shown().get("rev", line.rev, type=int) if given_back.resumed() else line.rev


def _page(
    case: OpenCase,
    ledger: Ledger,
    sort: Sort,
    texts: Texts | None,
    problems: Mapping[str, Invalid],
    action: str,
    line: LedgerLine | None = None,
    **more: Any,
) -> str:
    said = line.said if line else {}
    asked = questions.ask(sort.questions, said, texts, problems)
    label, help_ = _named(sort)
    ref = case.row.ref
    strike = url_for("cases.money_strike", ref=ref, line_id=line.id) if line else None
    pieces = evidence.seen(case)
    return render_template(
        "cases/money_line.html",
        title=label,
        help=help_,
        action=action,
        strike=strike if case.row.status != "closed" else None,
        struck=line.struck if line else False,
        rev=_rev(line),
        several=sort.key not in sorts.ONCE,
        form_token=tokens.for_form(),
        questions=[
            *asked,
            *extra_questions(sort, ledger, said, texts, problems),
            *proof_question(sort, pieces, said, texts, problems),
        ],
        proof=evidence_shown.proving(ref, ledger, line, pieces) if line else (),
        proof_href=_hand_in(case, line) if line and sort.key not in proof.UNPROVED else None,
        errors=questions.general(problems),
        **back_to_money(case),
        **more,
    )
