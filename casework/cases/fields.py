"""What a kind of case is made of: questions with a type, a section, a step, a reason to be sealed.

Plain values without behaviour; `kind_files` makes them of TOML, `values` reads and shows answers to them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casework import codes
from casework.errors import Invalid


class Type(StrEnum):
    """What sort of answer a field takes; docs/kinds.md shows the stored form of each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    ANSWER = "answer"
    ANSWERS = "answers"
    DATE = "date"
    DATE_TIME = "date_time"
    MONEY = "money"
    NUMBER = "number"
    DURATION = "duration"
    COUNTRY = "country"
    LANGUAGE = "language"
    PHONE = "phone"
    DOCUMENT_NUMBER = "document_number"
    GROUP = "group"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or a group of questions that repeats.

    Attributes:
        key: what the value is stored under; never renamed or reused.
        label: the question, an English msgid.
        help: a sentence below it (msgid), or empty.
        type: what sort of answer it takes.
        section: the sealed section that holds it.
        step: when it is asked; forms of other steps show it folded.
        why_sealed: why it must not be readable.
        kept: how long, a code of the list `kept`.
        codes: the list that it is chosen from.
        answers: for `answers`, the list that each item of `codes` is answered from.
        card: lists may filter by it.
        required: cannot be left out. Only what helping is impossible without.
        folded: shown closed although its step is now.
        part: the heading of the fold that it stands in with its neighbours (msgid), or empty.
        after: key of a day beside it that cannot come later than this one.
        brief: of a date, asked as words in one input, where three and a calendar would be too much.
        decimals: of a number.
        unit: of a number (msgid), such as "hours".
        units: of a duration, codes of `duration_units`; all of them, if empty.
        least, most: bounds of a number, a duration or an amount of money in whole currency.
        longest: characters of a text.
        rows: how often a group may repeat.
        when: "past" or "future" for days that can only lie there.
        fields: what a group asks in each of its rows, or what `answers` ask of each item beside its answer.
    """

    key: str
    label: str
    type: Type
    section: str
    step: str
    why_sealed: str
    kept: str
    help: str = ""
    codes: str = ""
    answers: str = ""
    card: bool = False
    required: bool = False
    folded: bool = False
    part: str = ""
    after: str = ""
    brief: bool = False
    decimals: int = 0
    unit: str = ""
    units: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int = 0
    rows: int = 20
    when: str = ""
    fields: tuple["Field", ...] = ()

    @property
    def yes_or_no(self) -> bool:
        """Whether its answer says nothing without its question."""
        return self.type is Type.ANSWER or self.codes == "yes_no"


@dataclass(frozen=True, slots=True)
class Retention:
    """When a closed case of this kind is looked at again, and when it loses its names.

    Attributes:
        review_months: after closing.
        pseudonymise_months: after closing, unless a clock runs or the person asks to keep it.
    """

    review_months: int
    pseudonymise_months: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case.

    Attributes:
        key: what is stored, inside the seal; never renamed or reused.
        title: English msgid.
        help: a sentence that helps to choose this kind (msgid).
        icon: name of a picture of the interface.
        order: where it stands among the kinds.
        source: whose practice or standard its fields follow.
        source_date: of that source.
        checked_on: when somebody last compared it with the source.
        retention: how long a closed case keeps its names.
        every_field: all fields in the order of the file.
    """

    key: str
    title: str
    help: str
    icon: str
    order: int
    source: str
    source_date: str
    checked_on: date
    retention: Retention
    every_field: tuple[Field, ...] = field(repr=False)

    def fields(self, section: str | None = None, step: str | None = None) -> tuple[Field, ...]:
        """The fields of one section, of one step, or of both; all of them, if neither is given."""
        return tuple(f for f in self.every_field if section in (None, f.section) and step in (None, f.step))

    def field(self, key: str) -> Field:
        """The field of this key.

        Raises:
            Invalid: this kind has none.
        """
        for found in self.every_field:
            if found.key == key:
                return found
        raise Invalid("This kind of case has no such question.")

    def sections(self) -> tuple[str, ...]:
        """The sections that this kind has fields in, in the order of the list `sections`."""
        used = {f.section for f in self.every_field}
        return tuple(code.key for code in codes.load("sections") if code.key in used)

    def card_fields(self) -> tuple[Field, ...]:
        """The fields that lists may filter by."""
        return tuple(f for f in self.every_field if f.card)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct, for whoever edits the files.

    Attributes:
        file: its name.
        field: the key of the field, or empty when it is about the whole file.
        message: what is wrong and what to do, in English.
    """

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, field {self.field}" if self.field else self.file
        return f"{place}: {self.message}"
