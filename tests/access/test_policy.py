"""The rules, row by row: who may do what, and that lists show what can be opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import RULES, Action, Role
from casework.cases import references
from casework.cases.models import Case
from casework.db import db
from casework.errors import Denied, NotFound
from casework.vault import PersonKeys

V, C, A, T = Role.VOLUNTEER, Role.COORDINATOR, Role.ALLY, Role.CAMPAIGN

#: Written here once more by hand: a change of a rule must be meant twice.
MATRIX = {
    Action.DESK_VIEW: {V, C, A, T},
    Action.CASE_LIST: {V, C},
    Action.CASE_OPEN: {V, C},
    Action.CASE_LOG: {V, C},
    Action.CASE_WORK: {V, C},
    Action.CASE_ASSIGN: {V, C},
    Action.CASE_CLOSE: {V, C},
    Action.CASE_RESTRICT: {V, C},
    Action.CASE_JOIN: {V, C},
    Action.CASE_AUDIT: {C},
    Action.CASE_COPY: {V, C},
    Action.CASE_ERASE: {C},
    Action.CASE_MEND: {C},
    Action.CONSENT_RECORD: {V, C},
    Action.PAPER_MAKE: {V, C},
    Action.PAPER_WORD: {C},
    Action.EXCEPTION_RENEW: {C},
    Action.CONTACT_SHOW: {V, C},
    Action.OUTSIDE_RECORD: {V, C},
    Action.OUTSIDE_RELEASE: {V, C},
    Action.STATUS_RECORD: {V, C},
    Action.STORY_TELL: {V, C},
    Action.STORY_SECOND: {V, C},
    Action.STORY_GIVE: {C},
    Action.STORY_SIGN: {A},
    Action.RESPONDENT_VIEW: {V, C},
    Action.RESPONDENT_ENTER: {V, C},
    Action.RESPONDENT_MERGE: {V, C},
    Action.RESPONDENT_CHECK: {C},
    Action.SIGNAL_VIEW: {C},
    Action.SIGNAL_DECIDE: {C},
    Action.MEMBER_VIEW: {V, C},
    Action.MEMBER_INVITE: {C},
    Action.MEMBER_ADMIT: {C},
    Action.MEMBER_REMOVE: {C},
    Action.KEYS_RENEW: {V, C},
    Action.DESK_LOCK: {V, C},
    Action.CARDS_MAKE: {C},
    Action.DESK_AUDIT: {C},
    Action.DESK_NAME: {C},
    Action.DESK_FOUND: {C},
    Action.DESK_EXPORT: {C},
    Action.DEADLINE_WORK: {V, C},
    Action.DEADLINE_LIST: {V, C},
    Action.LOAD_VIEW: {C},
    Action.SHIFT_HAND_OVER: {V, C},
    Action.SERVICE_VIEW: {V, C},
    Action.SERVICE_ENTER: {V, C},
    Action.SERVICE_RETIRE: {C},
    Action.RETENTION_DECIDE: {C},
    Action.RULE_VIEW: {V, C, A},
    Action.RULE_MARK: {C, A},
    Action.RULE_MEND: {C},
    Action.LIST_MEND: {C},
    Action.PARTNER_VIEW: {V, C},
    Action.PARTNER_TRUST: {C},
    Action.PACKET_SEND: {V, C},
    Action.PACKET_RECEIVE: {V, C},
    Action.PACKET_IMPORT: {V, C},
    Action.GRANT_VIEW: {V, C},
    Action.GRANT_MAKE: {C},
    Action.GRANT_END: {V, C},
    Action.REVIEW_READ: {A},
    Action.REMINDER_SET: {V, C},
    Action.CAMPAIGN_VIEW: set(),
    Action.CAMPAIGN_WORK: set(),
    Action.CAMPAIGN_TEAM: set(),
    Action.FORMATION_VIEW: set(),
    Action.FORMATION_WORK: set(),
    Action.ORGANISER_TELL: {V, C},
    Action.ORGANISER_MEET: set(),
    Action.TREND_RETURN: {C},
    Action.TREND_STEWARD: set(),
    Action.TREND_VIEW: {V, C, A, T},
}


@dataclass
class Thing:
    desk_id: UUID


def a_case(desk_id):
    day = date(2026, 3, 2)
    return Case(
        id=uuid4(),
        desk_id=desk_id,
        ref=references.new(),
        status="contact",
        opened_on=day,
        changed_on=day,
        form_token=uuid4(),
    )


def at(role, desk_id):
    return Actor(PersonKeys.create(uuid4()), desk_id, role)


def test_every_action_has_a_rule_and_every_rule_is_meant():
    assert {action: set(roles) for action, roles in RULES.items()} == MATRIX
    assert set(MATRIX) == set(Action)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("action", list(Action))
def test_role_by_action(role, action):
    mine, other = uuid4(), uuid4()
    actor = at(role, mine)
    allowed = role in MATRIX[action]
    assert policy.can(actor, action) is allowed
    assert policy.can(actor, action, Thing(mine)) is allowed
    assert policy.can(actor, action, Thing(other)) is False
    if allowed:
        policy.require(actor, action, Thing(mine))
    for thing in [Thing(other)] + ([] if allowed else [None, Thing(mine)]):
        with pytest.raises(Denied):
            policy.require(actor, action, thing)


@pytest.mark.parametrize("role", [*Role, None])
def test_can_agrees_with_visible(database, role):
    desks = [uuid4(), uuid4()]
    db.session.add_all(Desk(id=desk, code=str(desk)[:8], body=b"", rev=1) for desk in desks)
    db.session.flush()
    cases = [a_case(desk) for desk in desks for _ in range(3)]
    db.session.add_all(cases)
    db.session.flush()
    actor = at(role, desks[0])
    for action in Action:
        seen = set(db.session.scalars(policy.visible(actor, select(Case), Case.desk_id, action)))
        assert seen == {case for case in cases if policy.can(actor, action, case)}


@pytest.mark.parametrize("role", [*Role, None])
def test_the_network_has_no_cases_for_anybody(role):
    place = uuid4()
    actor = Actor(PersonKeys.create(uuid4()), place, role, at_network=True)
    allowed = {action for action in Action if policy.can(actor, action)}
    own = {
        Action.MEMBER_VIEW,
        Action.MEMBER_INVITE,
        Action.MEMBER_ADMIT,
        Action.MEMBER_REMOVE,
        Action.KEYS_RENEW,
        Action.DESK_AUDIT,
        Action.DESK_NAME,
        Action.DESK_FOUND,
        Action.TREND_STEWARD,
    }
    seen = {Action.DESK_VIEW, Action.TREND_VIEW} if role in {V, C, A, T} else set()
    together = {
        Action.CAMPAIGN_VIEW,
        Action.CAMPAIGN_WORK,
        Action.FORMATION_VIEW,
        Action.FORMATION_WORK,
        Action.ORGANISER_MEET,
    }
    seen |= together if role in {C, T} else set()
    assert allowed == (own | seen | {Action.CAMPAIGN_TEAM} if role is C else seen)


def test_nothing_found_is_not_found():
    with pytest.raises(NotFound):
        policy.found(None)
    assert policy.found(3) == 3
