"""The sections of a case, and the marks that rows carry for them."""

from enum import StrEnum

from casework.vault.encoding import kdf
from casework.vault.secret import Secret

#: Stand in for a section tag where no case owns the row (construction §1, fmt 1).
DESK_TAG = b"desk\0\0\0\0"
PRIVATE_TAG = b"private\0"
TEAM_TAG = b"team\0\0\0\0"


class Section(StrEnum):
    """A part of a case with its own key, so that a lawyer can be given one and not another."""

    HEADER = "header"
    IDENTITY = "identity"
    STORY = "story"
    LEGAL = "legal"
    MONEY = "money"
    HEALTH = "health"
    EVIDENCE = "evidence"
    PLAN = "plan"
    SAFETY = "safety"
    PROFILE = "profile"


def section_tag(tags: Secret, section: Section) -> bytes:
    """Eight bytes that rows of one section of one case share; they do not say which section it is.

    Args:
        tags: the case's constant tag secret T.
        section: the section.

    Source:
        construction §5: KDF(T, "section tag", section)[:8].
    """
    return kdf(tags, "section tag", section).expose()[:8]
