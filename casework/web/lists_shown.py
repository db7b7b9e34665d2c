"""Cards of cases as lists show them."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from casework.search.card import Card
from casework.search.names import Reason
from casework.web import answering
from casework.web.cases_shown import day, kind_word, word, workers
from casework.web.dates_shown import due_day


def row(card: Card, reason: str | None = None) -> dict[str, Any]:
    """A card as `case_row` of `pieces/lists.html` shows it.

    Args:
        card: of a case that the reader may open.
        reason: why a search found it, in words.
    """
    kinds = [kind for kind in (card.kind, *card.other_kinds) if kind]
    return {
        "href": url_for("cases.page", ref=card.ref),
        "ref": card.ref,
        "called": card.called,
        "risk": word("risk", card.risk),
        "kinds": [kind_word(kind) for kind in kinds],
        "status": word("statuses", card.status),
        "worker": workers().get(card.primary) if card.primary else None,
        "due": due_day(card.due) if card.due else None,
        "answer": answering.words(card.opened, card.risk, card.status),
        "changed": day(card.changed),
        "reason": reason,
        "restricted": "restricted" in card.flags,
    }


def why(reason: Reason) -> str:
    """Why a search found a case, in words."""
    words = {
        Reason.REFERENCE: gettext("the reference"),
        Reason.PHONE: gettext("a number ends the same"),
        Reason.DOCUMENT: gettext("a document number ends the same"),
        Reason.ADDRESS: gettext("the same e-mail address"),
        Reason.LETTERS: gettext("written the same"),
        Reason.SOUND: gettext("sounds the same"),
        Reason.REVERSED: gettext("names in another order"),
        Reason.ALIAS: gettext("another form of the name"),
        Reason.INITIALS: gettext("the same initials"),
        Reason.ALIKE: gettext("nearly the same"),
    }
    return str(words[reason])
