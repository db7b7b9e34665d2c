"""Cards of cases as lists show them."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext

from casework.errors import Conflict
from casework.search import desk_lists
from casework.search.card import Card
from casework.search.names import Reason
from casework.search.opened import Opened
from casework.web import answering
from casework.web.cases_shown import day, kind_word, word, workers
from casework.web.dates_shown import due_day
from casework.web.guard import begin_to_write

#: Cards that are made anew before a page is shown: a moment's work.
AT_ONCE = 60


def made_whole() -> bool:
    """Before a list is shown: make anew some of the cards that a job took away with that of an erased case.

    Nothing is damaged then, so nobody is asked to press anything: this is the next request that has keys.
    Where somebody else does the same at this moment, the list stands as it is, with its button.

    Returns:
        Whether anything was written: another writing before the same page would end this one's transaction.
    """
    if not desk_lists.torn(g.actor):
        return False
    begin_to_write()
    try:
        desk_lists.mend_after_erasures(g.actor, AT_ONCE)
    except Conflict:
        begin_to_write()
    g.pop("cards", None)
    return True


def cards() -> Opened:
    """The cards that this person may see; opened once a request, because a page asks for several lists of them."""
    if "cards" not in g:
        g.cards = desk_lists.cards_for(g.actor)
    found: Opened = g.cards
    return found


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
