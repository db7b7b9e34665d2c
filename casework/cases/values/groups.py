"""Groups of questions that repeat: hearings, payments, loans. A row that nobody filled is no row."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel import Locale

from casework.cases.fields import Field
from casework.cases.values import order
from casework.cases.values.typed import Input, Raw, Sort, Texts, Typed, Voice
from casework.errors import Invalid

_LONGEST_INDEX = 4


def row_numbers(raw: Raw, name: str) -> list[int]:
    """The rows that a form sent for the group of this name, in order."""
    found = (re.match(rf"{re.escape(name)}-(\d{{1,{_LONGEST_INDEX}}})-", key, re.ASCII) for key in raw)
    return sorted({int(match[1]) for match in found if match})


def row_prefix(name: str, number: int) -> str:
    """What the inputs of one row are called before their own key."""
    return f"{name}-{number}-"


@dataclass(frozen=True, slots=True)
class Groups:
    """The sort of groups, made of what is known about the fields in them.

    Attributes:
        sort_of: finds the sort of a field.
        parse: reads one field and names it in its complaint.
    """

    sort_of: Callable[[Field], Sort]
    parse: Callable[[Typed], Any]

    def sort(self) -> Sort:
        """The four things that can be done with a group."""
        return Sort(self.read, self.show, self.fill, self.inputs)

    def read(self, typed: Typed) -> list[dict[str, Any]] | None:
        """The rows in which something was typed."""
        rows = [self._row(typed, number) for number in row_numbers(typed.raw, typed.name)]
        filled = [row for row in rows if row]
        if len(filled) > typed.field.rows:
            raise Invalid(
                "There is room for %(rows)s of these. Put the rest in a note.", rows=typed.field.rows
            )
        return filled or None

    def show(self, field: Field, value: Any, voice: Voice) -> str:
        """A line a row."""
        return "\n".join(self._spoken(field, row, voice) for row in value)

    def fill(self, field: Field, value: Any, name: str, locale: Locale | None) -> Texts:
        """The texts of all rows, numbered from 0."""
        filled: Texts = {}
        for number, row in enumerate(value):
            for f in (f for f in field.fields if f.key in row):
                filled |= self.sort_of(f).fill(f, row[f.key], f"{row_prefix(name, number)}{f.key}", locale)
        return filled

    def inputs(self, field: Field, prefix: str) -> tuple[Input, ...]:
        """The inputs of one row."""
        return tuple(one for f in field.fields for one in self.sort_of(f).inputs(f, f"{prefix}{f.key}"))

    def _row(self, typed: Typed, number: int) -> dict[str, Any]:
        prefix = row_prefix(typed.name, number)
        read = {
            f.key: self.parse(Typed(f, typed.raw, f"{prefix}{f.key}", typed.locale))
            for f in typed.field.fields
        }
        for complaint in order.complaints(typed.field.fields, read, prefix):
            raise complaint
        return {key: value for key, value in read.items() if value is not None}

    def _spoken(self, field: Field, row: dict[str, Any], voice: Voice) -> str:
        said = ((f, row[f.key]) for f in field.fields if f.key in row)
        return "; ".join(f"{voice.gettext(f.label)}: {self.sort_of(f).show(f, v, voice)}" for f, v in said)
