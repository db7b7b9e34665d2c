"""What a paper may say: the open case, but only the sections that were chosen, in the language of its reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.dates import format_date, format_datetime

from casework import clock, codes
from casework.cases import kinds, values
from casework.cases.asking import asked
from casework.cases.entries import Noted
from casework.cases.fields import Field, Type
from casework.cases.opening import OpenCase
from casework.cases.values import Voice
from casework.cases.values.labels import label
from casework.cases.values.money import exponent
from casework.cases.values.numbers import spoken
from casework.deadlines.words import msgid
from casework.errors import Invalid, Label
from casework.evidence.bodies import Piece
from casework.money.account.counting import Calculation
from casework.money.amounts import Money
from casework.money.sentences import Sentence, Value
from casework.papers.blocks import Paper
from casework.papers.places import filled
from casework.papers.plain_text import held
from casework.vault import Section

Pair = tuple[str, str]
_DECIMALS = 9


@dataclass(frozen=True)
class Contents:
    """What a paper is written from.

    Attributes:
        case: opened by whoever makes it.
        voice: the language of its reader.
        sections: those that may be told; nothing of another section is.
        entries: what was noted; empty unless the story may be told.
        account: the money of the case, counted; None unless money may be told.
        pieces: the evidence of the case; empty unless evidence may be told beside the money.
        recipient: for whom it is; empty for the person.
        on: the present day.
        texts: the desk's own words, by name.
        places: what else may stand in them, such as the sum that is asked for.
        payment: the line of the ledger that a receipt is for; None where it is filled in by hand.
    """

    case: OpenCase
    voice: Voice
    sections: frozenset[Section]
    entries: tuple[Noted, ...] = ()
    account: Calculation | None = None
    pieces: tuple[Piece, ...] = ()
    recipient: str = ""
    on: date = field(default_factory=clock.today)
    texts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    payment: UUID | None = None

    def own(self, name: str) -> str:
        """The desk's own words with their places filled; empty where the desk has none."""
        said = {"name": self.called, "reference": self.case.row.ref, "day": self.day(self.on)}
        said |= {"recipient": self.recipient, **self.places}
        return filled(self.texts.get(name, ""), said)

    def say(self, text: str) -> str:
        """A sentence of ours in the reader's language."""
        return self.voice.gettext(text)

    def day(self, value: date) -> str:
        """A day with its month in letters."""
        return str(format_date(value, "d MMM y", locale=self.voice.locale))

    def word(self, listed: str, code: str | None) -> str:
        """A code in words."""
        return label(codes.load(listed), code, self.voice) if code else ""

    def kind(self, key: str) -> str:
        """A kind of case in words; one whose file was taken away shows its key."""
        return next((self.say(one.title) for one in kinds.all() if one.key == key), key)

    @property
    def called(self) -> str:
        """What the person is called; empty unless it may be told."""
        return (self.case.called or "") if Section.IDENTITY in self.sections else ""

    def answers(self, *sections: Section) -> list[tuple[str, list[Pair]]]:
        """Questions and answers of these sections, as far as they may be told, under their titles."""
        told = [one for one in sections if one in self.sections]
        found = [(self.word("sections", one.value), self._section(one)) for one in told]
        return [(title, pairs) for title, pairs in found if pairs]

    def _section(self, section: Section) -> list[Pair]:
        stored = self.case.section(section).values
        groups = asked(section, self.case.kinds)
        return [pair for one in groups for pair in self._pairs(one.fields, stored, one.prefix)]

    def _pairs(self, fields: Iterable[Field], stored: Any, prefix: str = "") -> list[Pair]:
        found = [(self.say(one.label), self._said(one, stored.get(f"{prefix}{one.key}"))) for one in fields]
        return [(name, said) for name, said in found if said]

    def _said(self, one: Field, value: Any) -> str:
        if one.type is Type.GROUP:
            rows = [self._pairs(one.fields, row) for row in value or ()]
            return "\n".join("; ".join(f"{name}: {said}" for name, said in row) for row in rows)
        return values.show(one, value, self.voice.locale, self.voice.gettext) if value is not None else ""

    def said_of(self, fields: Iterable[Field], stored: Any) -> str:
        """Answers in one line, without their questions; a bare yes or no says to what."""
        return self.among(self._alone(one, stored.get(one.key)) for one in fields)

    def _alone(self, one: Field, value: Any) -> str:
        said = self._said(one, value)
        return f"{self.say(one.label)} {said}" if said and one.yes_or_no else said

    def moments(self) -> list[tuple[str, str, str]]:
        """When, what and its text, the oldest first."""
        return [
            (
                str(format_datetime(one.when, "d MMM y, HH:mm", locale=self.voice.locale)),
                self.word("entry_types", one.type),
                one.text,
            )
            for one in sorted(self.entries, key=lambda one: one.when)
        ]

    def sentence(self, words: Sentence) -> str:
        """A sentence of a calculator."""
        return words.text(self.voice.gettext, self._inside)

    def _inside(self, value: Value) -> str:
        """A figure inside a sentence: an amount without its currency, which stands beside the line."""
        if isinstance(value, Sentence):
            return self.sentence(value)
        return self.quoted(self._bare(value) if isinstance(value, Money) else self.figure(value))

    def quoted(self, text: str) -> str:
        """Something that keeps its own direction inside a sentence of ours."""
        return held(text) if text and self.voice.locale.text_direction == "rtl" else text

    def _bare(self, money: Money) -> str:
        places = exponent(money.currency)
        return spoken(money.major, self.voice.locale, places, places)

    def among(self, parts: Iterable[str]) -> str:
        """Several things in one line, with the comma of the language."""
        comma = "، " if self.voice.locale.text_direction == "rtl" else ", "
        return comma.join(part for part in parts if part)

    def figure(self, value: Value) -> str:
        """A figure of a calculator that stands alone."""
        match value:
            case Money():
                return f"{value.currency}\u00a0{self._bare(value)}"
            case date():
                return self.day(value)
            case Sentence():
                return self.sentence(value)
            case None:
                return ""
            case str():
                return value
            case _:
                return spoken(Decimal(value), self.voice.locale, 0, _DECIMALS)

    def complaint(self, problem: Invalid) -> str:
        """Why something cannot be counted yet; that it cannot be, where this language has no words for the reason.

        The reason tells the desk what to enter, and stands on the page of the case as well.
        """
        said = {name: self._named(value) for name, value in problem.params.items()}
        words = self.say(problem.message)
        if words == problem.message and self.voice.locale.language != "en":
            return self.say(msgid("This cannot be counted yet."))
        return words % said if said else words

    def _named(self, value: Any) -> str:
        return self.say(value) if isinstance(value, Label) else self.figure(value)


def write_answers(paper: Paper, contents: Contents, *sections: Section) -> None:
    """Write what these sections say, a heading each."""
    for title, pairs in contents.answers(*sections):
        paper.heading(title)
        paper.facts(pairs)
