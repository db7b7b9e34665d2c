"""Calculations that were kept, counted again with their own inputs and rules."""

from uuid import UUID

from flask import g, render_template, url_for

from casework.access.policy import Action
from casework.money import rule_files
from casework.money.account import results
from casework.web import money_shown
from casework.web.access import needs
from casework.web.cases_shown import moment, workers
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.money import back_to_money, working_shown


@pages.get("/<ref>/money/kept")
@needs(Action.CASE_OPEN, writes=True)
def money_kept(ref: str) -> str:
    """What was kept, newest first; opening it is recorded."""
    case, kept = results.listing(g.actor, ref)
    lines = [
        (
            url_for("cases.money_kept_one", ref=ref, kept_id=one.id),
            money_shown.TITLES[one.name],
            moment(one.at),
            workers().get(one.by) or "",
        )
        for one in kept
        if one.name in money_shown.TITLES
    ]
    return render_template("cases/money_kept.html", lines=lines, **back_to_money(case))


@pages.get("/<ref>/money/kept/<uuid:kept_id>")
@needs(Action.CASE_OPEN, writes=True)
def money_kept_one(ref: str, kept_id: UUID) -> str:
    """One of them, and whether every figure still comes out the same; opening it is recorded."""
    case, kept, again = results.again(g.actor, ref, kept_id, rule_files.house())
    return render_template(
        "cases/money_kept_one.html",
        title=money_shown.TITLES[kept.name],
        kept_on=moment(kept.at),
        same=again.same,
        differences=[money_shown.sentence(one) for one in again.differences],
        notes=[money_shown.sentence(one) for one in again.notes],
        **working_shown(
            again.working,
            lambda number: url_for("cases.money_kept_one", ref=ref, kept_id=kept_id, page=number),
        ),
        **back_to_money(case) | {"back_href": url_for("cases.money_kept", ref=ref)},
    )
