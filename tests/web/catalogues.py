"""What is to be translated, and what was: our sentences as Babel collects them, and each language's catalogue."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "casework" / "web" / "translations"
LANGUAGES = ("es", "ar")

#: Rooms whose sentences stand on no page yet.
_LATER = ("casework/money/", "casework/deadlines/", "config/rules/")

_PLACE = re.compile(r"%\(\w+\)[a-z]")


@cache
def collected() -> dict[str, frozenset[str]]:
    """Each msgid (the singular of a pair) with the files it stands in, collected as `make messages` does."""
    words = re.search(r"^MSGIDS := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1)
    with (ROOT / "deploy" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(words.split())}
    found = defaultdict(set)
    for name, _line, message, *_ in extract_from_dir(str(ROOT), methods, options, keywords):
        found[message if isinstance(message, str) else message[0]].add(name)
    return {msgid: frozenset(files) for msgid, files in found.items()}


@cache
def of_pages() -> frozenset[str]:
    """The msgids that can stand on a page."""
    return frozenset(m for m, files in collected().items() if not all(f.startswith(_LATER) for f in files))


@cache
def template() -> Catalog:
    """The .pot as it is kept."""
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        return read_po(file)


@cache
def catalogue(language: str) -> Catalog:
    """The .po of a language."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def msgids(kept: Catalog) -> set[str]:
    """What a catalogue knows; of a pair the singular."""
    return {_first(message) for message in kept if message.id}


def sentences(message: Message) -> tuple[str, ...]:
    """A message as it was translated, in every form of its plural."""
    return tuple(message.string) if message.pluralizable else (message.string,)


def places(sentence: str) -> list[str]:
    """What is filled in, such as `%(name)s`."""
    return sorted(_PLACE.findall(sentence))


def _first(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id
