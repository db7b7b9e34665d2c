"""A coordinator lets the network's campaign teams know of a signal, by an act of their own; and takes it back."""

from uuid import UUID

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.errors import Invalid, NotFound
from casework.signals import book, service, thresholds, to_teams
from casework.signals.to_teams import LONGEST, MANY, MOST

#: How many people work or live there, as whoever shares it says.
FEW_THERE, MANY_THERE, NO_PLACE = "few", "many", "none"


def share(actor: Actor, respondent_id: UUID, there: str, words: str) -> None:
    """Let campaign teams know that this name comes up: three or more people, and no number.

    Args:
        actor: who coordinates the desk, with the network's keys open.
        respondent_id: the entry that leads.
        there: whether it is a place with few people, one with many, or no place of work at all.
        words: to the teams; no name of a person, and no number.

    Raises:
        NotFound: it is no signal.
        Invalid: the place is so small that three or more is nearly everybody; or the desk does not tell other desks
            "3 or more" of it; or too much is said or shared.
    """
    policy.require(actor, Action.SIGNAL_DECIDE)
    signal, words = service.get(actor, respondent_id), " ".join(words.split())
    _check(there, words)
    stored, value = book.hold(actor)
    if value["told"].get("bands", {}).get(str(signal.one.id)) != MANY:
        raise Invalid(
            "Not yet. Three people who agreed to be counted have to be in what this desk tells other desks, and that"
            " changes on Mondays at most."
        )
    names = dict((value["shared"] or {}).get("names", {}))
    if len(names | {str(signal.one.id): ""}) > MOST:
        raise Invalid("At most %(most)s signals at once. Take one back first.", most=MOST)
    value["shared"] = value["shared"] | {"names": names | {str(signal.one.id): words}}
    to_teams.write(actor, value)
    book.save(actor, stored, value, Event.SIGNAL_SHARED, respondent=str(signal.one.id))


def _check(there: str, words: str) -> None:
    if there not in (FEW_THERE, MANY_THERE, NO_PLACE):
        raise Invalid("Please answer this one.", "there")
    if there == FEW_THERE:
        raise Invalid(
            "Where fewer than %(least)s people work or live, three or more can be told by who is there. It stays at"
            " the desk.",
            "there",
            least=thresholds.least_there(),
        )
    if len(words) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "words", most=LONGEST)


def take_back(actor: Actor, respondent_id: UUID) -> None:
    """Campaign teams read it no more. Doing so twice changes nothing."""
    policy.require(actor, Action.SIGNAL_DECIDE)
    stored, value = book.hold(actor)
    names = dict((value["shared"] or {}).get("names", {}))
    if names.pop(str(respondent_id), None) is None:
        return
    value["shared"] = value["shared"] | {"names": names}
    to_teams.write(actor, value)
    book.save(actor, stored, value, Event.SIGNAL_UNSHARED, respondent=str(respondent_id))


def state(actor: Actor, respondent_id: UUID) -> tuple[bool, str | None]:
    """Whether a signal may be shared now, and what is said to it where it is.

    Raises:
        NotFound: whoever asks does not coordinate the desk.
    """
    if not policy.can(actor, Action.SIGNAL_VIEW):
        raise NotFound
    value, _whole = book.look(actor)
    names = (value["shared"] or {}).get("names", {})
    return value["told"].get("bands", {}).get(str(respondent_id)) == MANY, names.get(str(respondent_id))
