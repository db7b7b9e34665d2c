"""Names that are one name in different places: data in `config/codes/name_aliases.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.search.parts import Part, parts

_FILE = Path(__file__).resolve().parents[2] / "config" / "codes" / "name_aliases.toml"


@dataclass(frozen=True)
class Group:
    """Spellings of one part of a name.

    Attributes:
        names: the spellings as written in the file.
        source: the key of a source that the file names.
    """

    names: tuple[str, ...]
    source: str


def groups(path: Path = _FILE) -> tuple[Group, ...]:
    """The groups of a file.

    Raises:
        ValueError: a group has one spelling only, a spelling that is not one part of a name, or a
            source that the file does not name.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    return tuple(_group(row, table["sources"]) for row in table["groups"])


def _group(row: dict[str, object], sources: dict[str, str]) -> Group:
    names, source = row.get("names"), row.get("source")
    if not isinstance(names, list) or not names[1:]:
        raise ValueError(f"a group needs two spellings: {names}")
    if not isinstance(source, str) or source not in sources:
        raise ValueError(f"{names[0]}: unknown source {source}")
    for name in names:
        if len(parts(name)) != 1:
            raise ValueError(f"{name}: a spelling is one part of a name")
    return Group(tuple(names), source)


@cache
def _by_sounds() -> dict[str, frozenset[tuple[str, bool]]]:
    """For the likeliest sounds of every spelling: what else the same name sounds like."""
    same: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    for group in groups():
        forms = set(_forms(group))
        for sounds, _ in forms:
            same[sounds] |= forms
    return {sounds: frozenset(forms) for sounds, forms in same.items()}


def _forms(group: Group) -> Iterator[tuple[str, bool]]:
    for name in group.names:
        (part,) = parts(name)
        yield part.sounds[0], part.abjad


def others(part: Part) -> tuple[tuple[str, bool], ...]:
    """What the same part of a name sounds like elsewhere.

    Args:
        part: a part of a name.

    Returns:
        Pairs of sounds and whether short vowels are missing, in a fixed order, without the part itself.
    """
    known = {form for sounds in part.sounds for form in _by_sounds().get(sounds, ())}
    return tuple(sorted(form for form in known if form[0] not in part.sounds))
