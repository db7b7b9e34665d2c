"""Which questions a section of a case asks: the common ones, then those of each of its kinds."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.cases import kinds, safe_contact
from casework.cases.fields import Field
from casework.cases.questions import stored_key
from casework.errors import Invalid, NotFound
from casework.vault import Section

__all__ = ["Asked", "Section", "asked", "section_named"]


@dataclass(frozen=True)
class Asked:
    """The questions of one kind in one section.

    Attributes:
        kind: its key; None for the common questions.
        title: of the kind, English msgid; empty for the common ones.
        fields: in order.
    """

    kind: str | None
    title: str
    fields: tuple[Field, ...]

    @property
    def prefix(self) -> str:
        """What stands before each question's key, in the store and in a form."""
        return stored_key(self.kind, "") if self.kind else ""


def asked(section: Section, of_kinds: Iterable[str]) -> list[Asked]:
    """The groups of questions of a section; groups that ask nothing are left out.

    Args:
        section: which one.
        of_kinds: the kinds of the case, the main one first.
    """
    common = Asked(None, "", tuple(f for f in kinds.common() if f.section == section.value and _here(f)))
    groups = [common, *(_of_kind(section, key) for key in of_kinds)]
    return [group for group in groups if group.fields]


def _here(field: Field) -> bool:
    """How to reach the person has a page of its own, where the rule is read before a number is shown."""
    return field.key != safe_contact.WAYS


def _of_kind(section: Section, key: str) -> Asked:
    """The questions of a kind; a kind whose file was taken away asks nothing, and its cases stay readable."""
    try:
        kind = kinds.get(key)
    except Invalid:
        return Asked(key, key, ())
    return Asked(key, kind.title, kind.fields(section=section.value))


def section_named(name: str) -> Section:
    """A section by its name in an address.

    Raises:
        NotFound: there is none.
    """
    try:
        return Section(name)
    except ValueError:
        raise NotFound from None
