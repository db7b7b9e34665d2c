"""Grants to legal allies in words."""

from collections.abc import Iterable
from typing import Any

from flask import g
from flask_babel import gettext

from casework import clock, codes
from casework.cases.left import Left
from casework.sharing import terms
from casework.sharing.grants import Given
from casework.sharing.heard import Said
from casework.web.cases_shown import moment, word
from casework.web.names_shown import who


def sections_in_words(keys: Iterable[str]) -> list[str]:
    """Parts of a case by their titles."""
    return [gettext(codes.load("sections").label(key)) for key in keys]


def what_left(one: Left) -> str:
    """What left, in words; of what an ally opened, parts and files without a name stand there as codes."""
    listed = ("sections", "proofs") if one.purpose == terms.PURPOSE else ()
    coded = [each for each in listed if any(code.key == one.what for code in codes.load(each))]
    return _in_words(coded[0], one.what) if coded else one.what


def _in_words(listed: str, code: str) -> str:
    found = word(listed, code)
    return found[1] if found else code


def state_word(one: Given) -> tuple[str, str, str]:
    """Where a grant stands: words, icon, tone."""
    if one.mended and one.ends_on >= clock.today():
        return gettext("Waits to be given again"), "history", "amber"
    if one.state == "waiting" and one.ends_on >= clock.today():
        return gettext("Waits for a decision"), "clock", "amber"
    if one.lives:
        return gettext("Can read it now"), "see", "green"
    if one.state == "resealing":
        return gettext("Ended; older parts are being sealed anew"), "history", "line"
    return gettext("Ended"), "close", "line"


def spoken(one: Said) -> dict[str, Any]:
    """One thing that was said between desk and ally."""
    sorts = {"question": gettext("Asked"), "answer": gettext("The desk"), "advice": gettext("Advice")}
    sorts["story"] = gettext("Approved a story")
    sorts["unsigned"] = gettext("Took back the signature under a story")
    return {
        "sort": sorts.get(one.sort, one.sort),
        "advice": one.sort == "advice",
        "mine": one.by == g.actor.user_id,
        "who": who(g.actor, one.by) if g.actor.desk_keys is not None else None,
        "at": moment(one.at),
        "text": one.text,
    }
