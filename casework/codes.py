"""Lists of codes: every choice that a form offers, as data in `config/codes/`.

A list says where it comes from and when somebody last looked. Labels are English sentences that gettext
translates; lists whose names CLDR keeps (languages, countries, currencies) carry keys only and say so in
`named_by`. Read once, never changed while running. docs/kinds.md describes the file.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casework.errors import Invalid

DIRECTORY = Path(__file__).resolve().parent.parent / "config" / "codes"

#: Tables of other rooms that live in the same folder and are no lists to choose from.
OTHER_TABLES = frozenset({"name_aliases", "han_names"})

#: What CLDR can name; whoever shows a code asks it, this file does not.
NAMED_BY = ("", "language", "territory", "currency", "timezone")

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/+-]*")
_HEAD = {"title", "source", "source_date", "checked_on", "named_by", "note", "codes"}
_DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Broken(ValueError):
    """A file of configuration that cannot be used. The message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Code:
    """One choice of a list.

    Attributes:
        key: what is stored; never renamed or reused.
        label: English msgid; empty where CLDR names it.
        help: a sentence of explanation (msgid), or empty.
        facts: what else is known of it, such as `exponent` or `response_hours`.
    """

    key: str
    label: str = ""
    help: str = ""
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class CodeList:
    """An ordered list of codes that are known by their keys.

    Attributes:
        name: the file's name without `.toml`.
        title: English msgid.
        source: who keeps the list, or whose practice it is.
        source_date: of the edition that was used: a year, a month or a day.
        checked_on: when somebody last compared it with the source.
        named_by: "" or what CLDR calls these names.
        note: what the reader of the file should know, never shown.
        codes: by key, in the order of the file.
    """

    name: str
    title: str
    source: str
    source_date: str
    checked_on: date
    named_by: str
    note: str
    codes: Mapping[str, Code]

    def __contains__(self, key: object) -> bool:
        return key in self.codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)

    def code(self, key: str) -> Code:
        """The code of this key.

        Raises:
            Invalid: there is none in this list.
        """
        if key not in self.codes:
            raise Invalid("This is not one of the choices. Choose one from the list.")
        return self.codes[key]

    def label(self, key: str) -> str:
        """The English label (a msgid) of a code; the key itself where CLDR names it.

        Raises:
            Invalid: there is none in this list.
        """
        return self.code(key).label or key

    def fact(self, key: str, name: str, default: Any = None) -> Any:
        """What else is known of a code, for instance `currencies.fact("KWD", "exponent")`.

        Raises:
            Invalid: there is no such code in this list.
        """
        return self.code(key).facts.get(name, default)

    def order(self, key: str) -> int:
        """Where a code stands in its list, counted from 0; for sorting.

        Raises:
            Invalid: there is none in this list.
        """
        self.code(key)
        return list(self.codes).index(key)

    def pairs(self) -> list[tuple[str, str]]:
        """Keys with their English labels, in order: what a form needs."""
        return [(code.key, code.label or code.key) for code in self]


@cache
def load(name: str) -> CodeList:
    """A list of the house, read and checked once.

    Args:
        name: of the file in `config/codes/`, without `.toml`.

    Raises:
        Broken: there is no such file, or it cannot be used.
    """
    return read(DIRECTORY / f"{name}.toml")


def names(directory: Path = DIRECTORY) -> list[str]:
    """The names of the lists that a folder holds."""
    return sorted({p.stem for p in directory.glob("*.toml")} - OTHER_TABLES)


def read(path: Path) -> CodeList:
    """Read one list and check it.

    Raises:
        Broken: naming the file and what to change.
    """
    if not path.is_file():
        raise Broken(f"{path.name}: there is no such list of codes in {path.parent.name}/")
    table = _toml(path)
    if complaint := _complaint(table):
        raise Broken(f"{path.name}: {complaint}")
    codes = [_code(entry) for entry in table["codes"]]
    return CodeList(
        name=path.stem,
        title=table["title"],
        source=table["source"],
        source_date=str(table["source_date"]),
        checked_on=table["checked_on"],
        named_by=table.get("named_by", ""),
        note=table.get("note", ""),
        codes=MappingProxyType({code.key: code for code in codes}),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Broken(f"{path.name}: this is not TOML: {error}") from error


def _code(entry: str | dict[str, Any]) -> Code:
    table = {"key": entry} if isinstance(entry, str) else entry
    facts = {name: value for name, value in table.items() if name not in ("key", "label", "help")}
    return Code(table["key"], table.get("label", ""), table.get("help", ""), MappingProxyType(facts))


def _complaint(table: dict[str, Any]) -> str:
    """The first thing that is wrong with a list, as a sentence; empty if nothing is."""
    if missing := {"title", "source", "source_date", "checked_on", "codes"} - set(table):
        return f"add {', '.join(sorted(missing))} at the top"
    if unknown := set(table) - _HEAD:
        return f"take out {', '.join(sorted(unknown))}, or correct the spelling"
    if table.get("named_by", "") not in NAMED_BY:
        return f"named_by must be one of {', '.join(filter(None, NAMED_BY))}"
    if not _DATED.fullmatch(str(table["source_date"])):
        return 'source_date must be a year, a month or a day, such as "2019-03"'
    if type(table["checked_on"]) is not date:
        return "checked_on must be a day without quotes, such as 2026-11-21"
    return _complaint_of_codes(table["codes"], bool(table.get("named_by")))


def _complaint_of_codes(codes: Any, named: bool) -> str:
    if not isinstance(codes, list) or not codes:
        return "codes must be a list with at least one code"
    seen: set[str] = set()
    for entry in codes:
        table = {"key": entry} if isinstance(entry, str) else entry
        key = str(table.get("key", ""))
        if not _KEY.fullmatch(key):
            return f"{key!r} cannot be a key: use letters, digits and _"
        if key in seen:
            return f"the key {key} stands there twice"
        if not named and not table.get("label"):
            return f"the code {key} needs a label"
        seen.add(key)
    return ""
