"""Cases as templates show them: codes as words, dates as text, in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from babel import Locale
from flask import g
from flask_babel import format_date, format_datetime, get_locale, gettext

from casework import codes
from casework.access import desks, policy
from casework.access.desks import MemberLine
from casework.cases import kinds
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.cases.values import label
from casework.web import languages
from casework.web.dates_shown import Due, next_due, place
from casework.web.questions import voice

Word = tuple[str, str]


@dataclass(frozen=True)
class Head:
    """What never scrolls away on the page of a case.

    Attributes:
        called, ref: who, and under which reference.
        risk, status: code and word.
        kinds: code and word each, the main one first.
        safe: state and words of the safe-contact sign, or None.
        primary, backup: names of who works on it and who stands in.
        seen_by: who can see this case, in words.
        opened, changed: days, as text.
        due: the next date: text, moment or day as ISO, and how near it is; None where there is none.
    """

    called: str | None
    ref: str
    risk: Word | None
    status: Word
    kinds: list[Word]
    safe: Word | None
    primary: str | None
    backup: str | None
    seen_by: str
    opened: str
    changed: str
    due: Due | None = None


def head(case: OpenCase) -> Head:
    """The head of a case."""
    header = case.section(Section.HEADER).values
    names = workers()
    return Head(
        called=case.called,
        ref=case.row.ref,
        risk=word("risk", header.get("risk")),
        status=word("statuses", case.row.status) or (case.row.status, case.row.status),
        kinds=[kind_word(key) for key in case.kinds],
        safe=_safe(case),
        primary=names.get(case.row.primary_id) if case.row.primary_id else None,
        backup=names.get(case.row.backup_id) if case.row.backup_id else None,
        seen_by=_seen_by(case),
        opened=day(case.row.opened_on),
        changed=day(case.row.changed_on),
        due=next_due(case),
    )


def _seen_by(case: OpenCase) -> str:
    """Who can see it, by name where they are few."""
    if case.keys.named is None:
        return str(gettext("Everybody who works at this desk"))
    names = sorted(workers().get(one) or str(gettext("the recovery cards")) for one in case.keys.named)
    return str(gettext("Only %(names)s", names=", ".join(names)))


def workers() -> dict[UUID, str | None]:
    """How this desk calls its members; read once a request."""
    if "workers" not in g:
        g.workers = {line.user_id: line.name for line in members()}
    found: dict[UUID, str | None] = g.workers
    return found


def staff() -> list[MemberLine]:
    """Those of this desk who can work on its cases."""
    return [line for line in members() if policy.works_cases(line.role)]


def members() -> list[MemberLine]:
    """Everybody at this desk; read once a request."""
    if "members" not in g:
        g.members = desks.members(g.actor)
    found: list[MemberLine] = g.members
    return found


def word(listed: str, code: str | None) -> Word | None:
    """A code with its word; None where there is none."""
    return (code, _word(listed, code, get_locale())) if code else None


# A list shows the same few words in every line. Neither lists nor kinds change while the application runs.
@lru_cache(maxsize=4096)
def _word(listed: str, code: str, _locale: Locale) -> str:
    return label(codes.load(listed), code, voice())


def kind_word(key: str) -> Word:
    """A kind of case with its title; one whose file is gone shows its key."""
    return key, _kind_word(key, get_locale())


@lru_cache(maxsize=256)
def _kind_word(key: str, _locale: Locale) -> str:
    among = {kind.key: kind for kind in kinds.all()}
    return str(gettext(among[key].title)) if key in among else key


def day(value: date | None) -> str:
    """A day with its month in letters."""
    return str(format_date(value, "d MMM y")) if value else ""


def moment(value: datetime | None) -> str:
    """A moment by the clock of the desk, with the city of its zone: colleagues sit in two countries."""
    return f"{format_datetime(value, 'd MMM y, HH:mm')} {place(languages.zone())}" if value else ""


def _safe(case: OpenCase) -> Word | None:
    """The sign beside a name: is there any way to reach the person that is expressly safe."""
    ways = case.section(Section.IDENTITY).values.get("reach") or []
    if not ways:
        return None
    if any(way.get("safe") == "yes" for way in ways):
        return "careful", gettext("Read how before you call")
    return "no", gettext("No safe way known")
