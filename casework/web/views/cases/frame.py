"""The one page of a case: a head that stays, sections that open where the work is.

Each section is an address of its own, a plain link without JavaScript. With JavaScript only the section
is fetched (header `X-Fragment`), so folded text is never in the page and opening it is the audited view.
"""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from casework import codes
from casework.cases import consenting, gate
from casework.cases.asking import Section, asked, section_named
from casework.cases.opening import OpenCase
from casework.plans import trying
from casework.web import answering, doing_shown, glance_shown, joined_shown, tokens
from casework.web.cases_shown import Head, head, moment

#: Sections that come before what was noted, and after it.
_FIRST = ("header", "dates", "plan", "identity", "around", "groups", "safety", "story")
_THEN = ("legal", "money", "ledger", "health", "evidence")
_LAST = ("respondents", "profile")

_ICONS = {
    "around": "desk",
    "groups": "desk",
    "ledger": "wage_theft",
    "dates": "clock",
    "plan": "check",
    "safety": "shield",
    "profile": "person",
}

#: Sections that are no sections of the vault, each with a page of its own.
_PAGES = {
    "around": "cases.others",
    "groups": "cases.groups_of",
    "dates": "cases.dates",
    "entries": "cases.entries",
    "ledger": "cases.money",
    "respondents": "cases.respondents",
}


def show(case: OpenCase, opened: str | None = None, **body: Any) -> str:
    """The page of a case with one section open, or only that section where a script asks for it.

    Args:
        case: opened.
        opened: which section; None for the page as one arrives.
        body: what the open section says (see `section_body` in `pieces/case.html`).
    """
    keys = [key for key in (*_FIRST, "entries", *_THEN, *_LAST) if key == opened or _asks(case, key)]
    shown = [_section(case, key, opened, body) for key in keys]
    if opened and request.headers.get("X-Fragment"):
        section = next(one for one in shown if one["open"])
        return render_template("cases/section.html", section=section)
    top = head(case)
    doing, more = doing_shown.deeds(case)
    return render_template(
        "cases/case.html",
        case=top,
        sections=shown,
        notices=_notices(case),
        doing=doing,
        more=more,
        try_token=_try_token(case),
        glance=None if opened else glance_shown.of(case),
        joined=joined_shown.of(case),
    )


def _try_token(case: OpenCase) -> UUID | None:
    """For the one press that says that nobody answered; none where nobody can be tried from here."""
    return tokens.for_form() if trying.offered(case) else None


def section_head(case: OpenCase, key: str) -> dict[str, Any]:
    """What stands above a section, wherever it is shown."""
    return {
        "key": key,
        "icon": _ICONS.get(key, key),
        "title": _title(key),
        "href": _href(case, key),
        "fold_href": url_for("cases.page", ref=case.row.ref),
        "seen_by": _seen_by(case),
    }


def _seen_by(case: OpenCase) -> str:
    named = case.keys.named
    if named is None:
        return str(gettext("Seen by this desk"))
    return str(ngettext("Seen by %(num)s named person", "Seen by %(num)s named people", len(named)))


def back_to(case: OpenCase) -> dict[str, Any]:
    """What a page about one case needs: its head, and the way back."""
    top: Head = head(case)
    return {"case": top, "back_href": url_for("cases.page", ref=case.row.ref)}


def _section(case: OpenCase, key: str, opened: str | None, body: dict[str, Any]) -> dict[str, Any]:
    is_open = key == opened
    return section_head(case, key) | {"open": is_open} | (body if is_open else {})


def _asks(case: OpenCase, key: str) -> bool:
    """Whether there is anything in this part of the page: a case without a kind asks nothing about money."""
    return key in _PAGES or bool(asked(section_named(key), case.kinds))


def _title(key: str) -> str:
    titles = {
        "around": gettext("People around"),
        "groups": gettext("Groups"),
        "dates": gettext("Dates and tasks"),
        "entries": gettext("Notes, calls, visits"),
        "ledger": gettext("What is owed and paid"),
        "respondents": gettext("Who is answerable"),
    }
    return str(titles.get(key) or gettext(codes.load("sections").label(key)))


def _href(case: OpenCase, key: str) -> str:
    if key in _PAGES:
        return url_for(_PAGES[key], ref=case.row.ref)
    return url_for("cases.section", ref=case.row.ref, section=key)


def _notices(case: OpenCase) -> list[tuple[str, str]]:
    found = []
    if case.lacking:
        text = gettext(
            "Something is missing here that was once written down. It was recorded; tell your coordinator. "
            "What you see can be read as before."
        )
        found.append((text, "wrong"))
    if (emergency := case.emergency) and not case.lapsed:
        text = gettext(
            "Kept because of danger, without consent, until %(moment)s. Ask the person before then.",
            moment=moment(emergency.ends_at),
        )
        found.append((text, "warn"))
    if consenting.unasked(case) and not case.lapsed:
        text = gettext(
            "Name and numbers are still here, and the person does not agree to that any more."
            " Take them out under Consents, or keep less."
        )
        found.append((text, "warn"))
    risk = case.section(Section.HEADER).values.get("risk", "")
    answer = None if gate.unwanted(case) else answering.words(case.row.opened_on, risk, case.row.status)
    if answer:
        found.append((answer[0], "warn" if answer[1] else "info"))
    if not case.kinds:
        text = gettext("Say in the overview what it is about: then its questions stand here.")
        found.append((text, "info"))
    if case.row.status == "closed":
        found.append((gettext("This case is closed. It can be read, and opened again."), "info"))
    return found
