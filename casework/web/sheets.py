"""The form of a section a kind at a time: a case of several kinds asks too much for one page.

The first sheet asks the common questions and those of the main kind, each further sheet those of one kind. An
address names a sheet by its place, because what a case is about stands in no address; the form itself says of
which kinds its questions are, so a sheet that moved meanwhile is still saved as what it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from casework.cases.asking import Asked, Section, asked
from casework.cases.opening import OpenCase
from casework.cases.values import Texts

#: Under this name a form says whose questions it asks; and a button, which sheet comes next.
ASKS, THEN = "asks", "then"
_COMMON = "common"


@dataclass(frozen=True)
class Sheet:
    """One form of a section.

    Attributes:
        section: which one.
        number: its place, from 1.
        groups: what it asks, by kind.
        titles: of all sheets of the section, in order; one where all is asked at once.
    """

    section: Section
    number: int
    groups: tuple[Asked, ...]
    titles: tuple[str, ...]

    @property
    def asks(self) -> str:
        """What the form says of itself."""
        return " ".join(_name(group) for group in self.groups)

    @property
    def alone(self) -> bool:
        """Whether everything that the section asks is on it."""
        return len(self.titles) == 1

    @property
    def others(self) -> list[tuple[int, str]]:
        """The other sheets: place and title."""
        return [(place, one) for place, one in enumerate(self.titles, 1) if place != self.number]


def sheet(case: OpenCase, section: Section, number: int) -> Sheet:
    """A sheet by its place; the last one where there are not so many any more.

    Args:
        case: opened.
        section: which one.
        number: from 1.
    """
    every = _every(case, section)
    place = min(max(number, 1), len(every))
    return Sheet(section, place, tuple(every[place - 1]), _titles(every))


def sent(case: OpenCase, section: Section, number: int, texts: Texts) -> Sheet:
    """The sheet that a form is, by what it says of itself; all questions, where it says nothing.

    Args:
        case: opened.
        section: which one.
        number: the place at which the form stood.
        texts: everything that was typed.
    """
    if ASKS not in texts:
        return _whole(case, section) if number == 1 else sheet(case, section, number)
    wanted = _words(texts[ASKS])
    every = _every(case, section)
    groups = tuple(group for group in chain(*every) if _name(group) in wanted)
    return Sheet(section, min(number, len(every)), groups, _titles(every))


def place_of(case: OpenCase, section: Section, kind: str | None) -> int:
    """On which sheet the questions of a kind stand."""
    every = _every(case, section)
    return next((place for place, one in enumerate(every, 1) if kind in {each.kind for each in one}), 1)


def next_of(form: MultiDict[str, str]) -> int | None:
    """Which sheet a button leads to after saving; None for the plain one."""
    return form.get(THEN, type=int)


def _whole(case: OpenCase, section: Section) -> Sheet:
    return Sheet(section, 1, tuple(asked(section, case.kinds)), ("",))


def _every(case: OpenCase, section: Section) -> list[list[Asked]]:
    groups = asked(section, case.kinds)
    own = [group for group in groups if group.kind]
    if len(own) < 2:  # noqa: PLR2004 - one kind is no choice
        return [groups]
    return [[group for group in groups if group.kind in {None, own[0].kind}], *([one] for one in own[1:])]


def _titles(every: Sequence[Sequence[Asked]]) -> tuple[str, ...]:
    return tuple(str(gettext(one[-1].title)) if one and one[-1].title else "" for one in every)


def _name(group: Asked) -> str:
    return group.kind or _COMMON


def _words(said: str | Sequence[str]) -> Collection[str]:
    return set((said if isinstance(said, str) else " ".join(said)).split())
