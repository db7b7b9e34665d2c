"""What teams write, as templates show it: items in lines, forms for them, what they belong to."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import g, request
from flask_babel import gettext

from casework import clock
from casework.campaigns.due import day_of
from casework.cases.fields import Field
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.teams.records import Book, Item
from casework.web import given_back, questions, tokens
from casework.web.cases_shown import day, word

Choice = tuple[str, str, bool]

#: Days ahead from which on something is called soon.
_SOON = 7


def said(listed: str, code: Any) -> str:
    """A code in the reader's language; nothing where there is none."""
    found = word(listed, str(code)) if code else None
    return found[1] if found else ""


def all_said(listed: str, found: Iterable[str] | None) -> list[str]:
    """Codes in the reader's language."""
    return [said(listed, one) for one in found or ()]


def day_said(item: Item, key: str) -> str:
    """A day among the answers of an item, in words."""
    return day(day_of(item.told, key))


def level_of(when: date) -> str | None:
    """How a day that something is due on is shown: passed or today, within a week, or later."""
    ahead = (when - clock.today()).days
    if ahead <= 0:
        return "now"
    return "soon" if ahead <= _SOON else None


def named(book: Book, who: UUID) -> str:
    """How somebody of a team is called."""
    return book.names.get(who) or (
        gettext("somebody of the team") if who in book.members else gettext("somebody who left")
    )


def team_said(book: Book) -> str:
    """Who is in the team, as far as the reader may know; nothing where they may know nobody: one word stands for no list."""
    if not any(book.names.get(who) for who in book.members):
        return ""
    return ", ".join(sorted({named(book, who) for who in book.members}))


def written(book: Book, item: Item) -> str:
    """Who wrote an item last, and when."""
    return str(gettext("%(day)s, %(who)s", day=day(item.at.date()), who=named(book, item.by)))


def chosen_of() -> UUID | None:
    """What an item is said to belong to, as its form was sent."""
    return request.form.get("of", type=UUID)


def choices(items: Iterable[tuple[UUID, str]], now: UUID | None, name: str = "of") -> list[Choice]:
    """What an item may belong to, and which is chosen.

    Args:
        items: their ids and words.
        now: the one that is stored.
        name: of the input.
    """
    sent = given_back.shown().get(name)
    wanted = sent if sent is not None else str(now or "")
    return [("", "—", not wanted), *((str(one), text, str(one) == wanted) for one, text in items)]


def form(
    fields: Iterable[Field],
    stored: Mapping[str, Any] | None,
    texts: Texts | None,
    problems: Mapping[str, Invalid],
    rev: int = 0,
) -> dict[str, Any]:
    """What every form of a team's items has.

    Args:
        fields: its questions.
        stored: what they were answered with.
        texts: as it was sent, when it comes back.
        problems: by the names of the inputs.
        rev: of what is stored.
    """
    return {
        "action": request.path,
        "form_token": tokens.for_form(),
        "rev": rev,
        "questions": questions.ask(fields, stored, texts, problems),
        "errors": questions.general(problems),
        "of_error": questions.sentence(problems["of"]) if "of" in problems else "",
    }


def sent_rev() -> int:
    """The revision that a form was made from."""
    return request.form.get("rev", 0, type=int)


def reader() -> UUID:
    """Who reads this page."""
    found: UUID = g.actor.user_id
    return found
