"""Reading the files that describe kinds, and saying plainly what is wrong with one.

Every complaint names the file, the field and what to do: whoever edits these files may have never seen
a program from inside.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casework.cases import file_rules
from casework.cases.fields import Field, Kind, Problem, Retention, Type
from casework.cases.file_rules import KINDS
from casework.codes import Broken

__all__ = ("KINDS", "asks", "check", "check_questions", "read", "read_questions")

_SHORT, _LONG = 200, 20_000


def check(directory: Path) -> list[Problem]:
    """What is wrong with the files of a folder of kinds; nothing, if the list is empty.

    Args:
        directory: a folder of TOML files, one a kind.
    """
    return [problem for path in _files(directory) for problem in _problems(path)]


def read(directory: Path) -> Mapping[str, Kind]:
    """The kinds of a folder by key, in their order.

    Args:
        directory: a folder of TOML files, one a kind.

    Raises:
        Broken: with every problem of every file, a line each.
    """
    _insist(check(directory))
    kinds = sorted((_kind(_toml(path)) for path in _files(directory)), key=lambda k: (k.order, k.key))
    return MappingProxyType({kind.key: kind for kind in kinds})


def read_questions(path: Path, most: int | None = None) -> tuple[Field, ...]:
    """The questions of a page that belongs to no kind.

    Args:
        path: its file.
        most: how many questions it may ask; any number, if left out.

    Raises:
        Broken: with every problem, a line each.
    """
    _insist(check_questions(path, most))
    return _fields(_toml(path))


def check_questions(path: Path, most: int | None = None) -> list[Problem]:
    """What is wrong with a page of questions; nothing, if the list is empty."""
    table = _loaded(path)
    return [table] if isinstance(table, Problem) else file_rules.of_questions(path.name, table, most)


def asks(path: Path) -> bool:
    """Whether a file is a page of questions; settings live in the same folder. A broken file is looked at too."""
    table = _loaded(path)
    return isinstance(table, Problem) or "field" in table


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.toml"))


def _problems(path: Path) -> list[Problem]:
    table = _loaded(path)
    return [table] if isinstance(table, Problem) else file_rules.of_kind(path.name, table)


def _insist(problems: list[Problem]) -> None:
    if problems:
        raise Broken("\n".join(map(str, problems)))


def _loaded(path: Path) -> dict[str, Any] | Problem:
    try:
        return _toml(path)
    except FileNotFoundError:
        return Problem(path.name, "", "this file is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Problem(path.name, "", f"this is not TOML: {error}. Look at the quotes and brackets there.")


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _kind(table: dict[str, Any]) -> Kind:
    return Kind(
        key=table["key"],
        title=table["title"],
        help=table.get("help", ""),
        icon=table["icon"],
        order=table["order"],
        source=table["source"],
        source_date=str(table["source_date"]),
        checked_on=table["checked_on"],
        retention=Retention(**table["retention"]),
        every_field=_fields(table),
    )


def _fields(table: dict[str, Any]) -> tuple[Field, ...]:
    sections = table.get("sections", {})
    return tuple(_field(sections.get(f["section"], {}) | f) for f in table["field"])


def _field(table: dict[str, Any]) -> Field:
    """Make one field; what a section says of all its fields is already mixed in."""
    sort = Type(table["type"])
    inherited = {name: table[name] for name in ("section", "step", "why_sealed", "kept")}
    return Field(
        **{name: value for name, value in table.items() if name not in _CONVERTED},
        type=sort,
        codes=table.get("codes", "answers" if sort is Type.ANSWER else ""),
        answers=table.get("answers", "presence" if sort is Type.ANSWERS else ""),
        units=tuple(table.get("units", ())),
        least=_bound(table, "least", Decimal(0) if sort in (Type.MONEY, Type.DURATION) else None),
        most=_bound(table, "most", None),
        longest=table.get("longest", _LONG if sort is Type.LONG_TEXT else _SHORT),
        fields=tuple(_field(inherited | row) for row in table.get("fields", ())),
    )


_CONVERTED = {"type", "codes", "answers", "units", "least", "most", "longest", "fields"}


def _bound(table: dict[str, Any], name: str, otherwise: Decimal | None) -> Decimal | None:
    # Through text: 0.1 in the file is meant as a tenth, not as the float next to it.
    return Decimal(str(table[name])) if name in table else otherwise
