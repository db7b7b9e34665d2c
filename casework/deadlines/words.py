"""The working of a clock in words: sentences to be translated, with days and numbers to be put in.

Sentences are English msgids, found by `pybabel extract -k step -k msgid -k Label`. Whoever shows them brings
a translation and a way to write days; without both they come out in English.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casework.deadlines import zones


class Label(str):
    """A piece of a sentence that is itself a msgid, such as the name of an event."""

    __slots__ = ()


Days = tuple[tuple[date, str], ...]
Param = str | int | date | datetime | Label | Days


def msgid(text: str) -> str:
    """The text itself: marks a sentence for gettext where it stands in a table of sentences."""
    return text


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a working.

    Attributes:
        msgid: English, with `%(name)s` places.
        params: what fills them. Days and moments stay values until somebody shows them.
    """

    msgid: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def say(
        self,
        translate: Callable[[str], str] = str,
        show: Callable[[date], str] | None = None,
    ) -> str:
        """The sentence for a reader.

        Args:
            translate: from a msgid to the reader's language.
            show: writes a day, or a moment (a datetime), the way the reader is used to.
        """
        shown = {name: _shown(value, translate, show or english) for name, value in self.params.items()}
        return translate(self.msgid) % shown


def english(value: date) -> str:
    """A day as "Friday 20 March 2026"; a moment with its clock time and zone as well."""
    day = f"{value:%A} {value.day} {value:%B} {value.year}"
    if isinstance(value, datetime):
        return f"{day}, {value:%H:%M} ({value.tzinfo})"
    return day


def step(msgid: str, **params: Param) -> Step:
    """A sentence with what fills it.

    Args:
        msgid: English, with `%(name)s` places.
        params: by name.
    """
    return Step(msgid, params)


def as_record(said: Step) -> dict[str, Any]:
    """A sentence as plain JSON; `from_record` makes the same sentence of it."""
    return {"msgid": said.msgid, "params": {name: _tagged(value) for name, value in said.params.items()}}


def from_record(record: Mapping[str, Any]) -> Step:
    """The sentence that `as_record` wrote down."""
    return Step(record["msgid"], {name: _untagged(value) for name, value in record["params"].items()})


def _shown(value: Param, translate: Callable[[str], str], show: Callable[[date], str]) -> str:
    if isinstance(value, Label):
        return translate(value)
    if isinstance(value, date):
        return show(value)
    if isinstance(value, tuple):
        return "; ".join(f"{show(day)} ({name})" for day, name in value)
    return str(value)


def moment_record(value: datetime) -> list[str]:
    """A moment as plain JSON: with its offset, and the name of its zone."""
    return [value.isoformat(), str(value.tzinfo)]


def moment_of(record: list[str]) -> datetime:
    """The moment that `moment_record` wrote down."""
    return datetime.fromisoformat(record[0]).astimezone(zones.zone(record[1]))


def _tagged(value: Param) -> Any:
    if isinstance(value, Label):
        return {"label": str(value)}
    if isinstance(value, datetime):
        return {"moment": moment_record(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return {"days": [[day.isoformat(), name] for day, name in value]}
    return value


def _untagged(value: Any) -> Param:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]  # text and numbers of our own writing stand for themselves
    ((tag, kept),) = value.items()
    return _READERS[tag](kept)


_READERS: dict[str, Callable[[Any], Param]] = {
    "label": Label,
    "moment": moment_of,
    "day": date.fromisoformat,
    "days": lambda rows: tuple((date.fromisoformat(day), name) for day, name in rows),
}
