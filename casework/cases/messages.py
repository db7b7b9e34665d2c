"""Hands the labels in `config/` to gettext: an extraction method for Babel, named in deploy/babel.cfg."""

import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any

#: What people see of a file; everything else in it is for whoever edits it.
SHOWN = ("title", "label", "help", "unit")

#: What Babel takes: line, function, message, comments.
Found = tuple[int, None, str, list[str]]


def toml_messages(
    fileobj: IO[bytes],
    _keywords: Mapping[str, Any],
    _comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Yield what is shown of a TOML file, for `pybabel extract`.

    Args:
        fileobj: the file, opened as bytes.
        options: of the file's section in babel.cfg; `keys` names other keys than title, label, help, unit.
    """
    text = fileobj.read().decode("utf-8")
    keys = str(options.get("keys", "")).split() or SHOWN
    lines = text.splitlines()
    for name, message in _walk(tomllib.loads(text), keys):
        yield _line(lines, name, message), None, message, []


def _walk(value: Any, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every non-empty text under one of the keys, at any depth, in the order of the file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in keys and isinstance(inner, str) and inner:
                yield name, inner
            yield from _walk(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, keys)


def _line(lines: list[str], name: str, message: str) -> int:
    """The first line where the text stands after its key; 1 where it is written over several lines."""
    said = (message, json.dumps(message, ensure_ascii=False)[1:-1])
    numbered = enumerate(lines, start=1)
    return next((n for n, line in numbered if name in line and any(form in line for form in said)), 1)
