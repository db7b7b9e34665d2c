"""Every rule about who may do what, once.

`can` answers for one thing, `visible` narrows a query to the same things; a test compares the two
row by row. Services ask here before they act, routes declare the action they need, and nothing else
in the house decides. Keys stand behind the rules: a role that may not open cases holds no key to them.
"""

from enum import StrEnum
from typing import Any, Protocol, TypeVar, runtime_checkable
from uuid import UUID

from sqlalchemy import Select, false

from casework.access.actor import Actor
from casework.errors import Denied, NotFound
from casework.vault import Role

__all__ = ["RULES", "Action", "OfDesk", "Role", "can", "found", "require", "visible", "works_cases"]


class Action(StrEnum):
    """Everything that can be asked for."""

    DESK_VIEW = "desk.view"
    CASE_LIST = "case.list"
    CASE_OPEN = "case.open"
    CASE_LOG = "case.log"
    CASE_WORK = "case.work"
    CASE_ASSIGN = "case.assign"
    CASE_CLOSE = "case.close"
    CASE_RESTRICT = "case.restrict"
    CASE_JOIN = "case.join"
    CASE_AUDIT = "case.audit"
    CASE_COPY = "case.copy"
    CASE_ERASE = "case.erase"
    CASE_MEND = "case.mend"
    CONSENT_RECORD = "consent.record"
    PAPER_MAKE = "paper.make"
    PAPER_WORD = "paper.word"
    EXCEPTION_RENEW = "exception.renew"
    CONTACT_SHOW = "contact.show"
    OUTSIDE_RECORD = "outside.record"
    OUTSIDE_RELEASE = "outside.release"
    STATUS_RECORD = "status.record"
    STORY_TELL = "story.tell"
    STORY_SECOND = "story.second"
    STORY_GIVE = "story.give"
    STORY_SIGN = "story.sign"
    RESPONDENT_VIEW = "respondent.view"
    RESPONDENT_ENTER = "respondent.enter"
    RESPONDENT_MERGE = "respondent.merge"
    RESPONDENT_CHECK = "respondent.check"
    SIGNAL_VIEW = "signal.view"
    SIGNAL_DECIDE = "signal.decide"
    MEMBER_VIEW = "member.view"
    MEMBER_INVITE = "member.invite"
    MEMBER_ADMIT = "member.admit"
    MEMBER_REMOVE = "member.remove"
    KEYS_RENEW = "keys.renew"
    DESK_LOCK = "desk.lock"
    CARDS_MAKE = "cards.make"
    DESK_AUDIT = "desk.audit"
    DESK_NAME = "desk.name"
    DESK_FOUND = "desk.found"
    DESK_EXPORT = "desk.export"
    DEADLINE_WORK = "deadline.work"
    DEADLINE_LIST = "deadline.list"
    LOAD_VIEW = "load.view"
    SHIFT_HAND_OVER = "shift.hand_over"
    LIST_MEND = "list.mend"
    SERVICE_VIEW = "service.view"
    SERVICE_ENTER = "service.enter"
    SERVICE_RETIRE = "service.retire"
    RETENTION_DECIDE = "retention.decide"
    RULE_VIEW = "rule.view"
    RULE_MARK = "rule.mark"
    RULE_MEND = "rule.mend"
    GRANT_VIEW = "grant.view"
    GRANT_MAKE = "grant.make"
    GRANT_END = "grant.end"
    REVIEW_READ = "review.read"
    REMINDER_SET = "reminder.set"
    CAMPAIGN_VIEW = "campaign.view"
    CAMPAIGN_WORK = "campaign.work"
    CAMPAIGN_TEAM = "campaign.team"
    FORMATION_VIEW = "formation.view"
    FORMATION_WORK = "formation.work"
    ORGANISER_TELL = "organiser.tell"
    ORGANISER_MEET = "organiser.meet"
    PARTNER_VIEW = "partner.view"
    PARTNER_TRUST = "partner.trust"
    PACKET_SEND = "packet.send"
    PACKET_RECEIVE = "packet.receive"
    PACKET_IMPORT = "packet.import"
    TREND_RETURN = "trend.return"
    TREND_STEWARD = "trend.steward"
    TREND_VIEW = "trend.view"


_DESK_STAFF = frozenset({Role.VOLUNTEER, Role.COORDINATOR})
_COORDINATORS = frozenset({Role.COORDINATOR})
_EVERYONE = frozenset({Role.VOLUNTEER, Role.COORDINATOR, Role.ALLY, Role.CAMPAIGN})

#: Which roles may ask for what, at the desk they work in.
RULES: dict[Action, frozenset[Role]] = {
    Action.DESK_VIEW: _EVERYONE,
    Action.CASE_LIST: _DESK_STAFF,
    Action.CASE_OPEN: _DESK_STAFF,
    Action.CASE_LOG: _DESK_STAFF,
    Action.CASE_WORK: _DESK_STAFF,
    Action.CASE_ASSIGN: _DESK_STAFF,
    Action.CASE_CLOSE: _DESK_STAFF,
    Action.CASE_RESTRICT: _DESK_STAFF,
    # Whoever may see both; the service asks that of each.
    Action.CASE_JOIN: _DESK_STAFF,
    Action.CASE_AUDIT: _COORDINATORS,
    Action.CASE_COPY: _DESK_STAFF,
    Action.CASE_ERASE: _COORDINATORS,
    Action.CASE_MEND: _COORDINATORS,
    Action.CONSENT_RECORD: _DESK_STAFF,
    Action.PAPER_MAKE: _DESK_STAFF,
    # What a demand letter says binds the desk.
    Action.PAPER_WORD: _COORDINATORS,
    # A second emergency after the first one lapsed: else the 72 hours would have no end.
    Action.EXCEPTION_RENEW: _COORDINATORS,
    Action.CONTACT_SHOW: _DESK_STAFF,
    Action.OUTSIDE_RECORD: _DESK_STAFF,
    # Of contact with a home state's officials; by somebody else than who asks for it.
    Action.OUTSIDE_RELEASE: _DESK_STAFF,
    # Only those who are assigned; the service asks that of the case.
    Action.STATUS_RECORD: _DESK_STAFF,
    # Whoever works on the case writes a story down; who approves it beside the person is asked by the service.
    Action.STORY_TELL: _DESK_STAFF,
    Action.STORY_SECOND: _DESK_STAFF,
    # It leaves the desk, and only who is in the campaign's team can hand it over.
    Action.STORY_GIVE: _COORDINATORS,
    # A lawyer's word for somebody in danger: nobody of the desk gives it in their place.
    Action.STORY_SIGN: frozenset({Role.ALLY}),
    Action.RESPONDENT_VIEW: _DESK_STAFF,
    Action.RESPONDENT_ENTER: _DESK_STAFF,
    # Whoever meets the same agency under two names says so; it can be undone.
    Action.RESPONDENT_MERGE: _DESK_STAFF,
    # A false merge would make a pattern of two strangers: a coordinator looks before it counts.
    Action.RESPONDENT_CHECK: _COORDINATORS,
    # A pattern is safe with those who answer for the whole desk, and nobody else.
    Action.SIGNAL_VIEW: _COORDINATORS,
    Action.SIGNAL_DECIDE: _COORDINATORS,
    Action.MEMBER_VIEW: _DESK_STAFF,
    Action.MEMBER_INVITE: _COORDINATORS,
    Action.MEMBER_ADMIT: _COORDINATORS,
    Action.MEMBER_REMOVE: _COORDINATORS,
    Action.KEYS_RENEW: _DESK_STAFF,
    # Whoever sees the police at the door presses it: two must agree to open again.
    Action.DESK_LOCK: _DESK_STAFF,
    Action.CARDS_MAKE: _COORDINATORS,
    Action.DESK_AUDIT: _COORDINATORS,
    Action.DESK_NAME: _COORDINATORS,
    Action.DESK_FOUND: _COORDINATORS,
    # All of a desk in one file: two of them, and everybody is told.
    Action.DESK_EXPORT: _COORDINATORS,
    Action.DEADLINE_WORK: _DESK_STAFF,
    Action.DEADLINE_LIST: _DESK_STAFF,
    Action.LOAD_VIEW: _COORDINATORS,
    Action.SHIFT_HAND_OVER: _DESK_STAFF,
    # That a list is whole without what is gone is answered for.
    Action.LIST_MEND: _COORDINATORS,
    Action.SERVICE_VIEW: _DESK_STAFF,
    # Whoever stood before a closed door corrects it for the next one.
    Action.SERVICE_ENTER: _DESK_STAFF,
    Action.SERVICE_RETIRE: _COORDINATORS,
    # How long a closed case is kept, and what becomes of it then.
    Action.RETENTION_DECIDE: _COORDINATORS,
    Action.RULE_VIEW: _DESK_STAFF | {Role.ALLY},
    # A volunteer relies on the mark; who gives it answers for it.
    Action.RULE_MARK: _COORDINATORS | {Role.ALLY},
    Action.RULE_MEND: _COORDINATORS,
    Action.GRANT_VIEW: _DESK_STAFF,
    # Whoever gives answers for the conflict check as well.
    Action.GRANT_MAKE: _COORDINATORS,
    # Stopping is everybody's.
    Action.GRANT_END: _DESK_STAFF,
    Action.REVIEW_READ: frozenset({Role.ALLY}),
    # Their own only: the service knows no other.
    Action.REMINDER_SET: _DESK_STAFF,
    # Campaigns and formations are the network's: at a desk nobody has them before their eyes.
    Action.CAMPAIGN_VIEW: frozenset(),
    Action.CAMPAIGN_WORK: frozenset(),
    Action.CAMPAIGN_TEAM: frozenset(),
    Action.FORMATION_VIEW: frozenset(),
    Action.FORMATION_WORK: frozenset(),
    # Whoever works on the case asked the person, who chose the organiser.
    Action.ORGANISER_TELL: _DESK_STAFF,
    Action.ORGANISER_MEET: frozenset(),
    Action.PARTNER_VIEW: _DESK_STAFF,
    # Whose card was compared by voice is signed into the chain, as coordinators sign.
    Action.PARTNER_TRUST: _COORDINATORS,
    # Whoever works on the case asked the person.
    Action.PACKET_SEND: _DESK_STAFF,
    Action.PACKET_RECEIVE: _DESK_STAFF,
    Action.PACKET_IMPORT: _DESK_STAFF,
    # Codes of cases leave the desk, sealed to two people elsewhere.
    Action.TREND_RETURN: _COORDINATORS,
    # At a desk nobody; at the network its coordinators.
    Action.TREND_STEWARD: frozenset(),
    # Published figures name nobody; they are there to be read.
    Action.TREND_VIEW: _EVERYONE,
}


_TEAMMATES = frozenset({Role.CAMPAIGN, Role.COORDINATOR})

#: The network itself has no cases, and its list of people is its coordinators' business.
AT_NETWORK: dict[Action, frozenset[Role]] = {
    Action.DESK_VIEW: _EVERYONE,
    Action.MEMBER_VIEW: _COORDINATORS,
    Action.MEMBER_INVITE: _COORDINATORS,
    Action.MEMBER_ADMIT: _COORDINATORS,
    Action.MEMBER_REMOVE: _COORDINATORS,
    Action.KEYS_RENEW: _COORDINATORS,
    Action.DESK_AUDIT: _COORDINATORS,
    Action.DESK_NAME: _COORDINATORS,
    Action.DESK_FOUND: _COORDINATORS,
    # The service asks as well whether they are in the team, and without its key nothing opens.
    Action.CAMPAIGN_VIEW: _TEAMMATES,
    Action.CAMPAIGN_WORK: _TEAMMATES,
    # Who knows the people of the network says who is in a team.
    Action.CAMPAIGN_TEAM: _COORDINATORS,
    Action.FORMATION_VIEW: _TEAMMATES,
    Action.FORMATION_WORK: _TEAMMATES,
    # Their own only: without their key nothing opens.
    Action.ORGANISER_MEET: _TEAMMATES,
    # Which of them a window names is asked by the service, and their keys answer it.
    Action.TREND_STEWARD: _COORDINATORS,
    Action.TREND_VIEW: _EVERYONE,
}


#: Whom a desk may invite, and whom the network itself may.
_DESK_GUESTS = (Role.VOLUNTEER, Role.COORDINATOR, Role.ALLY)
_NETWORK_GUESTS = (Role.CAMPAIGN, Role.COORDINATOR)


def guests_of(actor: Actor) -> tuple[Role, ...]:
    """As what this person may invite somebody here: the network admits campaign teams, a desk everybody else."""
    if not can(actor, Action.MEMBER_INVITE):
        return ()
    return _NETWORK_GUESTS if actor.at_network else _DESK_GUESTS


def works_cases(role: Role | None) -> bool:
    """Whether somebody in this role works on a desk's cases: may be assigned, reads the network's register."""
    return role in RULES[Action.CASE_WORK]


@runtime_checkable
class OfDesk(Protocol):
    """Anything that belongs to a desk."""

    @property
    def desk_id(self) -> UUID:
        """The desk that it belongs to."""


def can(actor: Actor, action: Action, thing: OfDesk | None = None) -> bool:
    """Whether somebody may do something.

    Args:
        actor: who asks, working at one desk.
        action: what for.
        thing: with what; anything that knows its desk.
    """
    if not _may(actor, action):
        return False
    return thing is None or thing.desk_id == actor.desk_id


def _may(actor: Actor, action: Action) -> bool:
    rules = AT_NETWORK if actor.at_network else RULES
    return actor.role is not None and actor.role in rules.get(action, frozenset())


def require(actor: Actor, action: Action, thing: OfDesk | None = None) -> None:
    """Go on only if it is allowed.

    Raises:
        Denied: when it is not; the page answers as if it were not there.
    """
    if not can(actor, action, thing):
        raise Denied(action.value)


S = TypeVar("S", bound=Select[Any])


def visible(actor: Actor, query: S, desk_id: Any, action: Action = Action.CASE_OPEN) -> S:
    """Narrow a query to the rows with which `can` would allow the action.

    Args:
        actor: who asks.
        query: a select.
        desk_id: the column of the selected table that names the desk.
        action: what for.
    """
    if not _may(actor, action):
        return query.where(false())
    return query.where(desk_id == actor.desk_id)


def found(thing: Any) -> Any:
    """The thing itself, or NotFound where a query found none."""
    if thing is None:
        raise NotFound
    return thing
