"""What other rooms keep of a person, in words, for the page of their copy."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from casework import codes
from casework.cases import left
from casework.cases.asking import Section, asked
from casework.cases.copying import Copy
from casework.cases.entries import Noted
from casework.papers import catalogue
from casework.people.consents import Told
from casework.plans import referring
from casework.plans.referring import Referral
from casework.web import questions
from casework.web.cases_shown import day, moment, word
from casework.web.grants_shown import what_left


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
            (_words("consent_purposes", one.purpose), one.recipient, what_left(one), moment(one.at))
            for one in left.everything(made.case)
            if one.purpose != referring.PURPOSE
        ],
        "status": _status(kept.get("legal_status", {"kept": False})),
    }


def parts(section: Section, values: Mapping[str, Any], of_kinds: Collection[str]) -> list[dict[str, Any]]:
    """The answers of one section, a part for each kind that asks there.

    Args:
        section: which one.
        values: its answers, by stored key.
        of_kinds: the kinds of the case, the main one first.
    """
    title = gettext(codes.load("sections").label(section.value))
    found = [
        (
            group,
            {
                key.removeprefix(group.prefix): value
                for key, value in values.items()
                if key.startswith(group.prefix)
            },
        )
        for group in asked(section, of_kinds)
    ]
    return [
        {"title": f"{title}: {gettext(group.title)}" if group.title else title, "facts": facts}
        for group, own in found
        if (facts := questions.say(group.fields, own))
    ]


def note(one: Noted) -> dict[str, str]:
    """Something that was noted, in words."""
    kind, channel = word("entry_types", one.type), word("contact_channels", one.channel)
    text = one.text or (channel[1] if channel else "")
    return {"kind": kind[1] if kind else one.type, "when": moment(one.when), "text": text}


def consent(one: Told) -> dict[str, str]:
    """A consent, in words."""
    return {
        "purpose": _words("consent_purposes", one.answer.purpose),
        "recipient": one.answer.recipient,
        "answer": gettext("Yes") if one.answer.given else gettext("No"),
        "at": day(one.at.date()),
        "until": day(one.answer.ends_on) if one.answer.given else "",
        "withdrawn": day(one.withdrawn_at.date()) if one.withdrawn_at else "",
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
