"""The card of a case: what a list shows, sorts and filters by, and what a search finds. Nothing more.

A card is small by construction: long names are cut, and of a number only its end is ever taken in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.search.numbers import document_tail, phone_tail

_LONGEST_NAME = 80
_MOST_VARIANTS = 8
_MOST = 8
#: Signs of a list, agreements, and where a joined case leads: all of them have to find their place.
_MOST_FLAGS = 12
#: What somebody says of themselves is chosen from lists: nobody chooses so much.
_MOST_SAID = 40
#: Questions of all kinds of a case that lists filter by.
_MOST_ANSWERS = 60
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}")
#: The same with its question in front: two keys and the code.
_ANSWER = re.compile(r"[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}:[A-Za-z0-9_/+.-]{1,40}")
_REF = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass(frozen=True)
class Card:
    """What is known of a case at a glance.

    Attributes:
        case_id: the case.
        ref: its reference, such as `K7QD-2MXR`.
        called: what the person is called; empty for somebody who gave no name.
        variants: other spellings, in any script; the first eight are kept.
        phones: telephone numbers; only their last six digits are kept.
        documents: document numbers; only their last six characters are kept.
        kind: the main kind of the case.
        other_kinds: the other ones.
        risk, status, sector, outcome: codes; empty where there is none.
        home, host: country codes; empty where not known.
        languages: language codes.
        primary, backup: who works on it.
        opened, changed: days.
        due: the day of the next deadline.
        claimed, documented, awarded, paid: money in minor units of `currency`; None where nothing is known.
        currency: its code, or empty.
        respondents: ids of the register.
        flags: codes of whatever else a list may filter by.
        profile: what the person says of themselves, and until when they agreed to it (`casework.cases.profile`).
        answers: codes of what the kinds of the case ask for lists, each with its question in front.

    Raises:
        ValueError: a code or the reference is not written as one.
    """

    case_id: UUID
    ref: str
    opened: date
    changed: date
    called: str = ""
    variants: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: str = ""
    other_kinds: tuple[str, ...] = ()
    risk: str = ""
    status: str = ""
    home: str = ""
    host: str = ""
    languages: tuple[str, ...] = ()
    sector: str = ""
    outcome: str = ""
    primary: UUID | None = None
    backup: UUID | None = None
    due: date | None = None
    claimed: int | None = None
    documented: int | None = None
    awarded: int | None = None
    paid: int | None = None
    currency: str = ""
    respondents: tuple[UUID, ...] = ()
    flags: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Cut what is too long, keep the ends of numbers only, refuse what is no code."""
        self._set("called", _line(self.called))
        self._set("variants", _some(_line(v) for v in self.variants[:_MOST_VARIANTS]))
        self._set("phones", _some(phone_tail(p) for p in self.phones[:_MOST]))
        self._set("documents", _some(document_tail(d) for d in self.documents[:_MOST]))
        for name in ("other_kinds", "languages", "respondents"):
            self._set(name, tuple(dict.fromkeys(getattr(self, name)))[:_MOST])
        self._set("flags", tuple(dict.fromkeys(self.flags))[:_MOST_FLAGS])
        self._set("profile", tuple(dict.fromkeys(self.profile))[:_MOST_SAID])
        self._set("answers", tuple(dict.fromkeys(self.answers))[:_MOST_ANSWERS])
        if not _REF.fullmatch(self.ref):
            raise ValueError("no reference of a case")
        codes = (
            self.kind,
            self.risk,
            self.status,
            self.home,
            self.host,
            self.sector,
            self.outcome,
            self.currency,
        )
        lists = (*self.other_kinds, *self.languages, *self.flags, *self.profile)
        if not all(_CODE.fullmatch(code) for code in (*filter(None, codes), *lists)):
            raise ValueError("no code")
        if not all(map(_ANSWER.fullmatch, self.answers)):
            raise ValueError("no answer")

    @classmethod
    def known(cls, **parts: Any) -> "Card":
        """A card from all its parts, which were cut and checked when it was first made."""
        made = cls.__new__(cls)
        made.__dict__.update(parts)
        return made

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


def _line(text: str) -> str:
    """A text on one line, cut, and safe to write as UTF-8."""
    return " ".join(text.split())[:_LONGEST_NAME].strip().encode("utf-8", "ignore").decode()


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that are not empty, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))
