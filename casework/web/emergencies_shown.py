"""Emergencies that nobody has taken upon themselves, or that are not done: with whom they are now, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext

from casework import clock
from casework.access.policy import Role
from casework.deadlines import climbing
from casework.deadlines.climbing import Whom
from casework.deadlines.today import Line
from casework.search.card import Card
from casework.web.cases_shown import moment, workers
from casework.web.dates_shown import line


@dataclass(frozen=True)
class _At:
    """With whom an emergency is.

    Attributes:
        whose: by the ladder of escalation.
        owner, backup: who works on it, and who stands in.
        since: it came there.
        mine: whether whoever looks is among them.
    """

    whose: Whom
    owner: UUID | None
    backup: UUID | None
    since: datetime
    mine: bool


def shown(found: Sequence[Line], cards: Mapping[UUID, Card], most: int) -> list[dict[str, Any]]:
    """The lines of Today: those of whoever looks first, and among them those that nobody has taken.

    Args:
        found: emergencies of the desk.
        cards: of their cases.
        most: so many lines are made.
    """
    placed = [(one, _at(one, cards.get(one.case_id))) for one in found]
    placed.sort(key=lambda pair: (not pair[1].mine, not pair[0].waiting))
    return [_shown(one, cards.get(one.case_id), at) for one, at in placed[:most]]


def _at(one: Line, card: Card | None) -> _At:
    owner = one.owner_id or (card.primary if card else None)
    backup = one.backup_id or (card.backup if card else None)
    backup = backup if backup != owner else None
    whose, since = climbing.reached(one.begins or one.strikes, clock.now())
    if owner is None:
        whose = Whom.COORDINATORS
    elif whose is Whom.BACKUP and backup is None:
        whose = Whom.OWNER
    people = {owner} if whose is Whom.OWNER else {owner, backup}
    coordinates = whose is Whom.COORDINATORS and g.actor.role is Role.COORDINATOR
    return _At(whose, owner, backup, since, g.actor.user_id in people or coordinates)


def _shown(one: Line, card: Card | None, at: _At) -> dict[str, Any]:
    said = (
        _with(at.whose, at.owner, at.backup, moment(at.since)) if one.waiting else _taken_long_ago(at.owner)
    )
    return line(one, card.called if card else None, workers().get(at.owner) if at.owner else None) | {
        "href": url_for("cases.one_date", ref=one.ref, deadline_id=one.id),
        "take_href": url_for("cases.take_emergency", ref=one.ref, deadline_id=one.id) if one.waiting else "",
        "mine": at.mine,
        "said": said,
    }


def _with(whose: Whom, owner: UUID | None, backup: UUID | None, since: str) -> str:
    """With whom it is."""
    if whose is Whom.COORDINATORS:
        return str(
            gettext("Nobody has taken it: it is with the coordinators since %(moment)s.", moment=since)
        )
    if whose is Whom.BACKUP:
        return str(
            gettext(
                "Nobody has taken it: it is with %(name)s, who stands in, since %(moment)s.",
                name=_name(backup),
                moment=since,
            )
        )
    return str(
        gettext(
            "It waits for %(name)s. Untaken for an hour, it goes to who stands in; after two, to the coordinators.",
            name=_name(owner),
        )
    )


def _taken_long_ago(owner: UUID | None) -> str:
    return str(
        gettext(
            "%(name)s took it upon themselves more than a day ago, and it is not done.", name=_name(owner)
        )
    )


def _name(who: UUID | None) -> str:
    return (workers().get(who) if who else None) or "?"
