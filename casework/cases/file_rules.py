"""What a file of questions may say: the rules that docs/kinds.md describes, each with its complaint."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from casework import codes
from casework.cases.fields import Problem, Type

#: A list that no file holds: the kinds themselves, for the question which kind a case is.
KINDS = "kinds"

_HEAD = {
    "key": str,
    "title": str,
    "icon": str,
    "order": int,
    "source": str,
    "source_date": str,
    "checked_on": date,
    "retention": dict,
    "field": list,
}
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COMMON = {
    "key": str,
    "label": str,
    "help": str,
    "type": str,
    "section": str,
    "step": str,
    "why_sealed": str,
    "kept": str,
    "card": bool,
    "required": bool,
    "folded": bool,
    "part": str,
}
_NUMBER = (int, float)
_EXTRA: dict[Type, dict[str, type | tuple[type, ...]]] = {
    Type.TEXT: {"longest": int},
    Type.LONG_TEXT: {"longest": int},
    Type.CHOICE: {"codes": str},
    Type.CHOICES: {"codes": str},
    Type.ANSWER: {"codes": str},
    Type.ANSWERS: {"codes": str, "answers": str, "fields": list},
    Type.DATE: {"when": str, "after": str, "brief": bool},
    Type.DATE_TIME: {"when": str, "after": str},
    Type.MONEY: {"least": _NUMBER, "most": _NUMBER},
    Type.NUMBER: {"decimals": int, "unit": str, "least": _NUMBER, "most": _NUMBER},
    Type.DURATION: {"units": list, "least": _NUMBER, "most": _NUMBER},
    Type.COUNTRY: {},
    Type.LANGUAGE: {},
    Type.PHONE: {},
    Type.DOCUMENT_NUMBER: {"codes": str},
    Type.GROUP: {"rows": int, "fields": list},
    Type.PIECE: {},
}
_NEEDS_CODES = (Type.CHOICE, Type.CHOICES, Type.ANSWERS)
#: What asks further questions of each of its rows or items.
_REPEATING = (Type.GROUP, Type.ANSWERS)
_DAYS = (Type.DATE, Type.DATE_TIME)
_ON_CARDS = (Type.CHOICE, Type.ANSWER, Type.DATE, Type.MONEY, Type.COUNTRY, Type.LANGUAGE)


def of_kind(file: str, table: dict[str, Any]) -> list[Problem]:
    """Everything that is wrong with a file of a kind.

    Args:
        file: its name, for the complaints.
        table: what the file holds.
    """
    head = [Problem(file, "", complaint) for complaint in _about_head(file, table)]
    return head + list(_about_fields(file, table))


def of_questions(file: str, table: dict[str, Any], most: int | None) -> list[Problem]:
    """Everything that is wrong with a page of questions that belongs to no kind.

    Args:
        file: its name, for the complaints.
        table: what the file holds.
        most: how many questions the page may ask, if that is limited.
    """
    problems = list(_about_fields(file, table))
    if most is not None and not problems and len(table["field"]) > most:
        problems.append(Problem(file, "", f"the page asks at most {most} questions: take some out"))
    return problems


def _about_head(file: str, table: dict[str, Any]) -> Iterator[str]:
    yield from _types(table, _HEAD | {"help": str, "sections": dict})
    for name in _HEAD.keys() - table.keys():
        yield f"add {name} at the top of the file"
    if isinstance(key := table.get("key"), str) and f"{key}.toml" != file:
        yield f'key is "{key}" but the file is called {file}: make the two agree'
    months = table.get("retention", {})
    if isinstance(months, dict) and not _retained(months):
        yield "retention must be { review_months = 12, pseudonymise_months = 24 }, in whole months, review first"


def _retained(months: dict[str, Any]) -> bool:
    if set(months) != {"review_months", "pseudonymise_months"}:
        return False
    review, pseudonymise = months["review_months"], months["pseudonymise_months"]
    return isinstance(review, int) and isinstance(pseudonymise, int) and 0 < review <= pseudonymise


def _about_fields(file: str, table: dict[str, Any]) -> Iterator[Problem]:
    shared = table.get("sections", {})
    for complaint in _about_sections(shared):
        yield Problem(file, "", complaint)
        shared = {}
    rows = table.get("field")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        yield Problem(file, "", "add at least one [[field]], with two brackets on each side")
        return
    yield from _about_rows(file, "", [shared.get(row.get("section"), {}) | row for row in rows])


def _about_sections(shared: Any) -> Iterator[str]:
    """What a file says once for all fields of a section."""
    if not isinstance(shared, dict):
        yield "write [sections.legal] and below it why_sealed and kept"
        return
    for name, said in shared.items():
        if name not in codes.load("sections"):
            yield f"[sections.{name}]: {_choose('sections', name)}"
        if not isinstance(said, dict) or not said.keys() <= {"why_sealed", "kept"}:
            yield f"[sections.{name}] takes why_sealed and kept, nothing else"


def _about_rows(file: str, above: str, rows: list[dict[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in rows:
        key = str(row.get("key", ""))
        path = f"{above}{key}" or "(without a key)"
        yield from (Problem(file, path, complaint) for complaint in _about_row(row, inside=bool(above)))
        if key in seen:
            yield Problem(file, path, "this key stands there twice: rename one of them")
        seen.add(key)
        yield from (Problem(file, path, complaint) for complaint in _about_order(row, rows))
        if row.get("type") in _REPEATING and isinstance(row.get("fields"), list):
            yield from _about_rows(file, f"{path}.", row["fields"])


def _about_row(row: dict[str, Any], *, inside: bool) -> Iterator[str]:
    """What is wrong with one field. Inside a group, section and step are those of the group."""
    own = ("section", "step", "why_sealed", "kept", "card", "required", "folded", "part") if inside else ()
    needed = (
        {"key", "label", "type"}
        if inside
        else {"key", "label", "type", "section", "step", "why_sealed", "kept"}
    )
    for name in sorted(needed - row.keys()):
        yield f"add {name}"
    if not _KEY.fullmatch(str(row.get("key", ""))):
        yield "key must be small letters, digits and _, starting with a letter, at most 40"
    try:
        sort = Type(str(row.get("type", "")))
    except ValueError:
        yield f'type "{row.get("type")}" is not known: use one of {", ".join(Type)}'
        return
    yield from _types(row, {k: v for k, v in (_COMMON | _EXTRA[sort]).items() if k not in own})
    yield from _about_lists(row, sort)
    yield from _about_sort(row, sort, inside=inside)


def _about_lists(row: dict[str, Any], sort: Type) -> Iterator[str]:
    for name, listed in (("section", "sections"), ("step", "steps"), ("kept", "kept")):
        if name in row and row[name] not in codes.load(listed):
            yield f"{name}: {_choose(listed, row[name])}"
    if sort in _NEEDS_CODES and "codes" not in row:
        yield "add codes, the name of a list in config/codes/"
    for name in ("codes", "answers"):
        if isinstance(row.get(name), str) and not _is_list(row[name]):
            yield f'{name}: there is no list "{row[name]}" in config/codes/'
    for unit in row.get("units", []):
        if unit not in codes.load("duration_units"):
            yield f"units: {_choose('duration_units', unit)}"


def _about_sort(row: dict[str, Any], sort: Type, *, inside: bool) -> Iterator[str]:
    if row.get("card") and sort not in _ON_CARDS:
        yield f"card: lists can filter only by {', '.join(_ON_CARDS)}"
    if row.get("when", "past") not in ("past", "future"):
        yield 'when must be "past" or "future"'
    if (
        isinstance(row.get("least"), _NUMBER)
        and isinstance(row.get("most"), _NUMBER)
        and row["least"] > row["most"]
    ):
        yield "least is more than most: exchange them"
    if inside and (sort is Type.GROUP or (sort is Type.ANSWERS and row.get("fields"))):
        yield "a group inside a group cannot be shown: make two groups beside each other"
    if sort is Type.GROUP and not row.get("fields"):
        yield "add fields, what each row of the group asks"


def _about_order(row: dict[str, Any], beside: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the day that a day must follow: both are typed into one form, or nobody could compare."""
    if "after" not in row:
        return
    found = [one for one in beside if one.get("key") == row["after"] and one is not row]
    if not found or found[0].get("type") not in _DAYS:
        yield "after must name a date beside it in this file, by its key"
    elif found[0].get("section") != row.get("section"):
        yield "after must name a date of the same section: a form shows one section"


def _is_list(name: str) -> bool:
    if name == KINDS:
        return True
    try:
        codes.load(name)
    except codes.Broken:
        return False
    return True


def _types(row: dict[str, Any], allowed: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if name not in allowed:
            yield f'"{name}" is not known here: take it out or correct the spelling'
        elif isinstance(value, bool) != (allowed[name] is bool) or not isinstance(value, allowed[name]):
            yield f"{name} has the wrong form: see the table in docs/kinds.md"


def _choose(listed: str, value: object) -> str:
    return f'"{value}" is not known: use one of {", ".join(codes.load(listed).codes)}'
