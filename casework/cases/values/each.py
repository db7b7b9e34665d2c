"""Lists in which every item gets an answer, and what is asked of an item beside it: from whom, since when.

An item with an answer alone is stored as that answer; one of which more was said as `{"is": answer, …}`. So a
list to which such questions are added later keeps what was stored before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

from casework.cases.fields import Field
from casework.cases.kinds import code_list
from casework.cases.values.labels import label
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

IS = "is"


def answer_of(stored: Any) -> str:
    """The answer to an item, however much else was said of it; empty where only something else was said."""
    return str(stored.get(IS, "")) if isinstance(stored, Mapping) else str(stored or "")


def beside(stored: Any) -> dict[str, Any]:
    """What was said of an item beside its answer, by key."""
    return {key: value for key, value in stored.items() if key != IS} if isinstance(stored, Mapping) else {}


def item_prefix(name: str, item: str) -> str:
    """What the inputs beside an item's answer are called before their own key."""
    return f"{named(name, item)}-"


@dataclass(frozen=True, slots=True)
class Each:
    """The sort of such lists, made of what is known about the questions beside the answers.

    Attributes:
        sort_of: finds the sort of a field.
        parse: reads one field and names it in its complaint.
    """

    sort_of: Callable[[Field], Sort]
    parse: Callable[[Typed], Any]

    def sort(self) -> Sort:
        """The four things that can be done with such a list."""
        return Sort(self.read, self.show, self.fill, self.inputs)

    def read(self, typed: Typed) -> dict[str, Any] | None:
        """The items of which something was said, in the order of the list."""
        items = code_list(typed.field.codes)
        found = {item.key: self._item(typed, item.key) for item in items}
        return {key: said for key, said in found.items() if said} or None

    def show(self, field: Field, value: Any, voice: Voice) -> str:
        """A line an item."""
        items = code_list(field.codes)
        return "\n".join(
            f"{label(items, item, voice)}: {self.said(field, stored, voice)}"
            for item, stored in value.items()
        )

    def said(self, field: Field, stored: Any, voice: Voice) -> str:
        """What was said of one item, on one line."""
        answer = answer_of(stored)
        first = (label(code_list(field.answers), answer, voice),) if answer else ()
        return "; ".join((*first, *self._beside(field, beside(stored), voice)))

    def fill(self, field: Field, value: Any, name: str, locale: Locale | None) -> Texts:
        """The texts of all items."""
        filled: Texts = {}
        for item, stored in value.items():
            if answer := answer_of(stored):
                filled[named(name, item)] = answer
            more = beside(stored)
            for f in (f for f in field.fields if f.key in more):
                filled |= self.sort_of(f).fill(f, more[f.key], f"{item_prefix(name, item)}{f.key}", locale)
        return filled

    def inputs(self, field: Field, name: str) -> tuple[Input, ...]:
        """For each item the answer, then what is asked beside it."""
        return tuple(
            one
            for item in code_list(field.codes)
            for one in (
                Input(named(name, item.key), "one", item.label, field.answers),
                *self._inputs_beside(field, item_prefix(name, item.key)),
            )
        )

    def _item(self, typed: Typed, item: str) -> Any:
        try:
            key = typed.one(item)
            answer = code_list(typed.field.answers).code(key).key if key else ""
        except Invalid as refused:
            raise Invalid(refused.message, typed.name, **refused.params) from None
        prefix = item_prefix(typed.name, item)
        read = {
            f.key: self.parse(Typed(f, typed.raw, f"{prefix}{f.key}", typed.locale))
            for f in typed.field.fields
        }
        more = {key: value for key, value in read.items() if value is not None}
        return ({IS: answer} if answer else {}) | more if more else answer

    def _beside(self, field: Field, more: Mapping[str, Any], voice: Voice) -> Iterator[str]:
        for f in (f for f in field.fields if f.key in more):
            yield f"{voice.gettext(f.label)}: {self.sort_of(f).show(f, more[f.key], voice)}"

    def _inputs_beside(self, field: Field, prefix: str) -> Iterator[Input]:
        for f in field.fields:
            yield from self.sort_of(f).inputs(f, f"{prefix}{f.key}")
