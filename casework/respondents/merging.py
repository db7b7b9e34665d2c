"""Two entries that are one: said by hand, undone by hand, and made sure of by a coordinator.

Both entries stay, and cases go on to name the one that they named. Only the mark in the one that follows tells that
the other one leads; so taking it away cannot lose anything.
"""

from uuid import UUID

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.errors import Invalid
from casework.respondents import records, register

LONGEST_WHY = 300


def merge(actor: Actor, respondent_id: UUID, into: UUID, why: str) -> UUID:
    """Say that an entry is another one's double.

    Args:
        actor: who looked at both.
        respondent_id: the entry that follows from now on.
        into: the one that leads, or a double of it.
        why: how they know.

    Returns:
        The one that leads.

    Raises:
        Invalid: they are one already, it follows another one, or nothing was said.
        NotFound: the register has none of these ids.
    """
    policy.require(actor, Action.RESPONDENT_MERGE)
    why = " ".join(why.split())
    if not why:
        raise Invalid("Say how you know: the next one has to be able to check it.", "why")
    if len(why) > LONGEST_WHY:
        raise Invalid("This is too long: %(most)s characters at most.", "why", most=LONGEST_WHY)
    row, value = records.held(actor, respondent_id)
    register.get(actor, into)
    leads = register.listing(actor).leading(into)
    if leads == respondent_id:
        raise Invalid("These two are one already.", "into")
    if value.get("merged"):
        raise Invalid("This one is a double of another one. Undo that first.", "into")
    said = {"into": str(leads), "by": str(actor.user_id), "at": clock.now().isoformat(), "why": why}
    records.change(actor, row, value | {"merged": said}, Event.RESPONDENT_MERGED, leads)
    return leads


def part(actor: Actor, respondent_id: UUID) -> None:
    """Undo it: the two are two again. Doing so twice changes nothing.

    Raises:
        NotFound: the register has none of this id.
    """
    policy.require(actor, Action.RESPONDENT_MERGE)
    row, value = records.held(actor, respondent_id)
    if gone := value.pop("merged", None):
        records.change(actor, row, value, Event.RESPONDENT_PARTED, UUID(gone["into"]))


def check(actor: Actor, respondent_id: UUID) -> None:
    """A coordinator looked at both as well: from now on the two count as one in signals.

    Raises:
        Invalid: it is their own, or there is nothing to check any more.
        NotFound: the register has none of this id.
    """
    policy.require(actor, Action.RESPONDENT_CHECK)
    row, value = records.held(actor, respondent_id)
    said = value.get("merged")
    if not said:
        raise Invalid("These two are not one any more.")
    if said["by"] == str(actor.user_id):
        raise Invalid("Somebody else has to make sure of what you merged.")
    said = said | {"checked_by": str(actor.user_id)}
    records.change(actor, row, value | {"merged": said}, Event.RESPONDENT_CHECKED, UUID(said["into"]))
