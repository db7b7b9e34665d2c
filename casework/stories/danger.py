"""Whose story two others approve as well: children, people who are held, people who were trafficked."""

from casework.cases.opening import OpenCase, State
from casework.stories import clocks
from casework.vault import Section

_NO = "no"


def needs_two(case: OpenCase, said: str) -> bool:
    """Whether the story of this case's person needs two more approvals.

    What the case says counts as much as what was answered; what was not answered, or does not open, counts as yes.

    Args:
        case: opened.
        said: what was answered when the words were written (`answers`).
    """
    rule = clocks.guarded()
    if said != _NO or rule.kinds & set(case.kinds):
        return True
    return any(_holds(case, Section(section), key, values) for section, key, values in rule.answers)


def _holds(case: OpenCase, section: Section, key: str, values: frozenset[str]) -> bool:
    seen = case.section(section)
    return seen.state is State.REFUSED or seen.values.get(key) in values
