"""The kinds of case of this installation. Adding one is adding a file to `config/kinds/` (docs/kinds.md).

A kind is data: which questions are asked at which step, in which sealed section each answer lies, which
list it is chosen from. What a value looks like is the business of `values`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from casework import codes
from casework.cases import kind_files
from casework.cases.fields import Field, Kind, Problem, Retention, Type
from casework.cases.kind_files import KINDS, read
from casework.codes import CodeList
from casework.errors import Invalid

__all__ = (
    "KINDS",
    "Field",
    "Kind",
    "Problem",
    "Retention",
    "Type",
    "all",
    "check",
    "check_all",
    "code_list",
    "common",
    "first_contact",
    "get",
    "page",
    "read",
)

CONFIG = codes.DIRECTORY.parent
DIRECTORY = CONFIG / "kinds"

#: Pages of questions that every case has, whatever its kind.
COMMON = ("common", "plan", "safety_plan", "profile")

#: The first contact is one short page: an interface rule of the house.
MOST_QUESTIONS = 12


def all() -> tuple[Kind, ...]:  # noqa: A001 - it is read as `kinds.all()`
    """Every kind of this installation, in order.

    Raises:
        codes.Broken: a file cannot be used; the message names it.
    """
    return tuple(_house().values())


def get(key: str) -> Kind:
    """The kind of this key.

    Raises:
        Invalid: there is none. Its file was taken away, or the key was made up.
    """
    if key not in _house():
        raise Invalid("This kind of case is not known here.")
    return _house()[key]


@cache
def first_contact() -> tuple[Field, ...]:
    """The questions of the first contact page, at most twelve, from `config/first_contact.toml`.

    Raises:
        codes.Broken: the file cannot be used; the message says what to change.
    """
    return kind_files.read_questions(CONFIG / "first_contact.toml", MOST_QUESTIONS)


@cache
def page(name: str) -> tuple[Field, ...]:
    """The questions of a page that belongs to no kind, such as `common`, `entry` or `ledger/loan`.

    Raises:
        codes.Broken: its file in `config/` cannot be used; the message says what to change.
    """
    return kind_files.read_questions(CONFIG / f"{name}.toml")


def common() -> tuple[Field, ...]:
    """What every case can hold: the questions of the first contact, then those of `COMMON`."""
    return (*first_contact(), *(field for name in COMMON for field in page(name)))


def code_list(name: str, among: Iterable[Kind] | None = None) -> CodeList:
    """A list of codes by name; `kinds` is made of the kinds themselves.

    Args:
        name: of a file in `config/codes/`, or `kinds`.
        among: other kinds than those of the house.

    Raises:
        codes.Broken: there is no such list.
    """
    return _as_codes(all() if among is None else among) if name == KINDS else codes.load(name)


def check(directory: Path = DIRECTORY) -> list[Problem]:
    """What is wrong with the files of a folder of kinds; nothing, if the list is empty.

    Args:
        directory: a folder of TOML files, one a kind.
    """
    return kind_files.check(directory)


def check_all(config: Path = CONFIG) -> list[Problem]:
    """What is wrong with the lists of codes, the kinds and the pages of questions of an installation.

    Args:
        config: the folder that holds `codes/`, `kinds/`, `first_contact.toml` and the other pages.
    """
    listed = _check_codes(config / "codes")
    # Kinds refer to lists: with a broken list, every complaint about them would be noise.
    return listed or check(config / "kinds") + _check_pages(config)


def _check_pages(config: Path) -> list[Problem]:
    first = config / "first_contact.toml"
    folders = ("", "ledger/", "campaign/", "formation/", "story/")
    pages = sorted(path for folder in folders for path in config.glob(f"{folder}*.toml"))
    others = (path for path in pages if path != first and kind_files.asks(path))
    return [
        *kind_files.check_questions(first, MOST_QUESTIONS),
        *(problem for path in others for problem in kind_files.check_questions(path)),
    ]


def _check_codes(directory: Path) -> list[Problem]:
    problems = []
    for path in sorted(directory.glob("*.toml")):
        if path.stem in codes.OTHER_TABLES:
            continue
        try:
            codes.read(path)
        except codes.Broken as error:
            problems.append(Problem(path.name, "", str(error).removeprefix(f"{path.name}: ")))
    return problems


def _as_codes(kinds: Iterable[Kind]) -> CodeList:
    listed = {k.key: codes.Code(k.key, k.title, k.help) for k in kinds}
    day = max((k.checked_on for k in kinds), default=date.min)
    return CodeList(
        KINDS, "Kind of case", "config/kinds", str(day.year), day, "", "", MappingProxyType(listed)
    )


@cache
def _house() -> Mapping[str, Kind]:
    return read(DIRECTORY)
