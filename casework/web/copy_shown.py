"""What other rooms keep of a person, in words, for the page of their copy."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from casework.cases import left
from casework.cases.copying import Copy
from casework.papers import catalogue
from casework.plans import referring
from casework.plans.referring import Referral
from casework.web.cases_shown import day, moment, word


def more(made: Copy) -> dict[str, Any]:
    """Evidence, dates, papers, legal status, referrals and what others were told, as `cases/copy.html` takes them.

    Args:
        made: the copy.
    """
    kept = made.more
    return {
        "evidence": [_piece(one) for one in kept.get("evidence", ())],
        "dates": [
            (day(date.fromisoformat(one["day"])), gettext(one["what"])) for one in kept.get("dates", ())
        ],
        "papers": [_paper(one) for one in kept.get("departures", ())],
        "referrals": [_referral(one) for one in referring.listing(made.case)],
        "told": [
            (_words("consent_purposes", one.purpose), one.recipient, one.what, moment(one.at))
            for one in left.everything(made.case)
            if one.purpose != referring.PURPOSE
        ],
        "status": _status(kept.get("legal_status", {"kept": False})),
    }


def _words(listed: str, code: str) -> str:
    found = word(listed, code)
    return found[1] if found else code


def _piece(one: dict[str, Any]) -> tuple[str, str, str]:
    what = _words("proofs", one["what"])
    return one["called"] or what, _words("evidence_grades", one["grade"]), one["file"]


def _paper(one: dict[str, Any]) -> tuple[str, str, str, str]:
    title = gettext(catalogue.get(one["paper"]).title)
    to = one["recipient"] or gettext("The person themselves")
    return title, to, moment(datetime.fromisoformat(one["at"])), one["file"]


def _referral(one: Referral) -> tuple[str, str, str, str]:
    """Where to and when, what that place learned, and what came of it as far as somebody asked."""
    came = _words("referral_outcomes", one.outcome) if one.outcome else gettext("Nobody has asked yet")
    return one.to, day(one.on), one.told, ": ".join(filter(None, (came, one.note)))


def _status(one: dict[str, Any]) -> list[tuple[str, str]] | None:
    """What is kept of it; empty where it is kept and cannot be opened here, None where it is not kept."""
    if not one["kept"]:
        return None
    if "status" not in one:
        return []
    return [
        (gettext("For which legal step is it needed?"), _words("legal_steps", one["step"])),
        (gettext("What is it?"), _words("immigration_statuses", one["status"])),
        (gettext("What the lawyer has to know about it"), one["note"]),
        (gettext("Until when is it needed?"), day(date.fromisoformat(one["until"]))),
    ]
