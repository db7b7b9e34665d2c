"""The plan of a case as templates show it: actions with a day, referrals, what may be done from there."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from casework import clock
from casework.cases.opening import OpenCase
from casework.deadlines import service as dates
from casework.plans import referring
from casework.plans.referring import Referral
from casework.web.cases_shown import day, word, workers
from casework.web.dates_shown import due, title


def body(case: OpenCase) -> dict[str, Any]:
    """What the open section of the plan says beside the answers."""
    return {
        "plan": {
            "actions": [_action(case, one) for one in dates.tasks(case)],
            "referrals": [referral(case, one) for one in reversed(referring.listing(case))],
        }
    }


def doing(case: OpenCase) -> list[tuple[str, str, str]]:
    """What may be done from the plan: words, address, icon."""
    if case.row.status == "closed":
        return []
    ref = case.row.ref
    return [
        (gettext("Plan an action"), url_for("cases.new_task", ref=ref), "new"),
        (gettext("Something was given"), url_for("cases.new_service", ref=ref), "check"),
        (gettext("Refer them"), url_for("cases.new_referral", ref=ref), "outside"),
        (gettext("Places that help"), url_for("services.listing"), "desk"),
    ]


def referral(case: OpenCase, one: Referral) -> dict[str, Any]:
    """One referral: where to, what was told, what came of it."""
    outcome = word("referral_outcomes", one.outcome)
    return {
        "to": one.to,
        "told": one.told,
        "on": day(one.on),
        "by": workers().get(one.by),
        "outcome": outcome[1] if outcome else "",
        "badly": one.outcome == "harm",
        "note": one.note,
        "ask_on": day(one.ask_on),
        "late": not one.outcome and one.ask_on < clock.today(),
        "place_href": url_for("services.one", service_id=one.service_id) if one.service_id else None,
        "href": url_for("cases.referral", ref=case.row.ref, referral_id=one.id),
    }


def _action(case: OpenCase, one: Any) -> dict[str, Any]:
    owner = one.owner_id or case.row.primary_id
    return {
        "href": url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id),
        "title": title(one.sort, one.title),
        "due": due(one),
        "owner": workers().get(owner) if owner else None,
    }
