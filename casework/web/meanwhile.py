"""Whose change it was that met one's own: a colleague's, or one's own in another tab."""

from dataclasses import dataclass

from flask import g
from flask_babel import format_datetime, gettext

from casework.audit.service import Seen
from casework.web.cases_shown import workers


@dataclass(frozen=True)
class Meanwhile:
    """A change that was saved while somebody typed.

    Attributes:
        title: what happened, in a sentence.
        by: who, and at what time.
    """

    title: str
    by: str


def told(seen: Seen | None) -> Meanwhile:
    """In words.

    Args:
        seen: the change, as the record has it; None where it does not say.
    """
    when = format_datetime(seen.at, "HH:mm") if seen and seen.at else ""
    if seen and seen.actor_id == g.actor.user_id:
        return Meanwhile(
            gettext("You changed this in another tab"), gettext("You, in another tab, %(when)s", when=when)
        )
    name = workers().get(seen.actor_id) if seen and seen.actor_id else None
    if name is None:
        return Meanwhile(gettext("Somebody else changed this meanwhile"), gettext("Saved meanwhile"))
    return Meanwhile(
        gettext("%(name)s changed this meanwhile", name=name),
        gettext("%(name)s, %(when)s", name=name, when=when),
    )
