"""What allies and coordinators say of a rule: verified, disputed, blocked. Bound to the rule as it stood.

A mark is signed by who gave it, with the key that the desk's chain knows: whoever writes to the database
cannot verify a rule. The words beside it are boxed to the desk. A mark whose rule has changed meets no
digest any more, and says nothing; the newest mark of a rule counts. Whether all of them are there says `marks_there`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.deadlines import marks_there, rules
from casework.deadlines.leading import Mark
from casework.deadlines.models import RuleMark
from casework.deadlines.records import Rule
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.vault import ChainState, keeping, to_desk
from casework.vault.catalogue import field

_BODY = field("rule_mark.body")
#: Takes back what was said before.
NONE = "none"
_SAYS = {NONE, *Mark}
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Said:
    """A mark that counts.

    Attributes:
        mark: what was said.
        by: who.
        on: the day.
        source: their words; None where they do not open, or for somebody without the desk's key.
    """

    mark: Mark
    by: UUID
    on: date
    source: str | None


def marks(actor: Actor) -> dict[str, Said]:
    """The marks that count at a desk, by the digest of the rule.

    Raises:
        Denied: not for this person.
    """
    return {
        row.digest.hex(): Said(Mark(row.mark), row.user_id, row.on, _source(actor, row))
        for row in _that_count(actor)
    }


def _that_count(actor: Actor) -> list[RuleMark]:
    policy.require(actor, Action.RULE_VIEW)
    state = _state(actor)
    rows = _rows(state.desk_id)
    newest = {row.digest: row for row in rows if marks_there.signed(state, row) and row.mark in _SAYS}
    doubted = set() if marks_there.whole(state, rows) else {Mark.VERIFIED}
    return [row for row in newest.values() if row.mark not in {NONE, *doubted}]


def all_there(actor: Actor) -> bool:
    """Whether no mark was taken out or changed by somebody who writes to the database; if so, that is recorded.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RULE_VIEW)
    state = _state(actor)
    found = marks_there.whole(state, _rows(state.desk_id))
    if not found:
        audit.record_keyless(state, Event.SEAL_REFUSED, actor.user_id, where="rule_mark")
    return found


def let_stand(actor: Actor, reason: str) -> None:
    """Let the marks stand as they are found, after some were taken out or changed. Others may verify rules again.

    Args:
        actor: a coordinator, who has read the list.
        reason: why, in words.

    Raises:
        Denied: not for this person.
        Invalid: no reason, or nothing is amiss.
    """
    policy.require(actor, Action.RULE_MEND)
    words = " ".join(reason.split())
    if not words:
        raise Invalid("Say why it may stand as it is, in a few words. Leave names out.", "reason")
    if len(words) > _LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=_LONGEST)
    state = _state(actor)
    keeping.hold_chain(state.desk_id)
    rows = _rows(state.desk_id)
    if marks_there.whole(state, rows):
        raise Invalid("Nothing is missing any more.")
    row = _new(actor, state, marks_there.STANDS, words, uuid4(), marks_there.digest_of(rows))
    audit.record(actor.desk, Event.RULES_MENDED, event_id=marks_there.event_id(row), reason=words)


def counting(actor: Actor) -> dict[str, Mark]:
    """The same, as clocks take it: nobody's words are opened for it, because every save of a case asks."""
    return {row.digest.hex(): Mark(row.mark) for row in _that_count(actor)}


def stamp(found: Mapping[str, Mark]) -> bytes:
    """Which state of rules and marks clocks are counted with: eight bytes that change with either."""
    said = sorted(f"{digest} {mark.value}" for digest, mark in found.items())
    return bytes.fromhex(audit.digest(rules.load().digest.encode(), *(one.encode() for one in said))[:16])


def give(actor: Actor, key: str, digest: str, mark: str, source: str, form_token: UUID) -> None:
    """Say something of a rule as it stands.

    Args:
        actor: an ally or a coordinator.
        key: of the rule, id and version.
        digest: that the sender had seen; a rule that has changed since is looked at again first.
        mark: verified, disputed, blocked, or none.
        source: where that can be read, in their words.
        form_token: of the form; the same one twice makes one mark.

    Raises:
        NotFound: there is no such rule.
        Invalid: an unknown mark, no source, or the rule has changed since.
    """
    policy.require(actor, Action.RULE_MARK)
    rule = _rule(key)
    words = _checked(rule, digest, mark, source)
    state = _state(actor)
    keeping.hold_chain(state.desk_id)
    known = db.session.scalar(select(RuleMark).where(RuleMark.form_token == form_token))
    if known is not None:
        if known.desk_id != actor.desk_id:
            raise Conflict
        return
    row = _new(actor, state, mark, words, form_token, bytes.fromhex(rule.digest))
    _record(actor, state, rule, row)


def _new(actor: Actor, state: ChainState, mark: str, words: str, form_token: UUID, digest: bytes) -> RuleMark:
    row = RuleMark(id=uuid4(), desk_id=state.desk_id, user_id=actor.user_id, form_token=form_token)
    row.digest, row.mark, row.on = digest, mark, clock.today()
    row.number = marks_there.next_number(state.desk_id, _rows(state.desk_id))
    row.body = to_desk.pack(state, _BODY, row.id, words)
    row.signature = to_desk.sign(actor.person, marks_there.PURPOSE, *marks_there.parts(row))
    db.session.add(row)
    return row


def _rule(key: str) -> Rule:
    try:
        return rules.load().by_key[key]
    except KeyError:
        raise NotFound from None


def _checked(rule: Rule, digest: str, mark: str, source: str) -> str:
    words = " ".join(source.split())
    if digest != rule.digest:
        raise Invalid("This rule has changed since. Read it again before you say anything of it.")
    if mark not in _SAYS:
        raise Invalid("Please choose from the list.", "mark")
    if not words:
        raise Invalid("Say where that can be read: a law, a judgment, a page, and its day.", "source")
    if len(words) > _LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "source", most=_LONGEST)
    return words


def _state(actor: Actor) -> ChainState:
    if actor.desk_keys is not None:
        return actor.desk_keys.state
    if actor.desk_id is None:
        raise NotFound
    return keeping.load(actor.desk_id, actor.person)


def _rows(desk_id: UUID) -> Sequence[RuleMark]:
    here = select(RuleMark).where(RuleMark.desk_id == desk_id).order_by(RuleMark.number, RuleMark.id)
    return db.session.scalars(here).all()


def _source(actor: Actor, row: RuleMark) -> str | None:
    if actor.desk_keys is None:
        return None
    try:
        return str(to_desk.unpack(actor.desk_keys, _BODY, row.id, row.body))
    except Refused:
        return None


def _record(actor: Actor, state: ChainState, rule: Rule, row: RuleMark) -> None:
    at = marks_there.event_id(row)
    if actor.desk_keys is not None:
        audit.record(actor.desk, Event.RULE_MARKED, event_id=at, rule=rule.key, mark=row.mark)
    else:
        audit.record_keyless(
            state, Event.RULE_MARKED, actor.user_id, event_id=at, rule=rule.key, mark=row.mark
        )
