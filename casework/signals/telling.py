"""What a desk tells the other desks of its network: for each name a band of people, sealed to each of them.

Nobody outside learns a number, and nothing that they read changes by one person. So what is told is made once a week,
by whoever of the desk works first; it stays as it was until at least three people came or went since the others last
read it; and when somebody who was counted takes their agreement back, is erased or restricted, everything that the
desk told goes at once, all names together, so that none of them points at the person. What the store shows is one row a
desk, of one size, written every week whatever happened.

A desk whose book was put back or taken away does not know whom it counted before. Then it begins by counting in silence,
and tells again when three people came or went since: else what it told before, beside what it tells now, could differ by
one.

While cards of cases are missing, because a job took them away with that of an erased case and nobody made them anew yet,
nothing is told either: who is not in the lists by accident would count as somebody who took their agreement back.

While the server's clock is doubted nothing is told, and no agreement runs out: what a wrong clock took away would come back
only when three people came or went. A week that lies ahead was written by such a clock, and counts as not told.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Locked, Refused
from casework.people import consents
from casework.respondents import register
from casework.respondents.register import Register
from casework.retention import witness
from casework.search import desk_lists
from casework.search.pack import Pack
from casework.signals import book, counting, thresholds, to_teams
from casework.signals.models import SignalTold
from casework.vault import ChainState, Role, catalogue, keeping, to_desk

_BODY = catalogue.field("signal_told.body")
_PURPOSE = "signal"
_FILL = 3_900
FEW, MANY = "1-2", to_teams.MANY

Bands = dict[str, str]


@dataclass(frozen=True)
class Heard:
    """What another desk told.

    Attributes:
        desk_id: which one.
        name: what it is called.
        coordinators: whom to turn to there, as the network calls them.
        week: the Monday since when it stands.
        bands: by entry of the register, `FEW` or `MANY`.
    """

    desk_id: UUID
    name: str
    coordinators: tuple[UUID, ...]
    week: date
    bands: Mapping[UUID, str]


def due(actor: Actor) -> bool:
    """Whether this desk has not yet told the others this week."""
    policy.require(actor, Action.CASE_LIST)
    known = book.row(actor)
    return not witness.doubted() and (known is None or known.week != book.this_week())


def if_due(actor: Actor) -> bool:
    """Tell the other desks what is so now, once a week: by the first request that has the keys.

    Returns:
        Whether it was done now; not while a card is missing: the next page makes it anew.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.CASE_LIST)
    if not due(actor):
        return False
    opened, with_network = desk_lists.cards_for(actor), _with_network(actor)
    if opened.problems or opened.missing or with_network is None:
        return False
    stored, value = book.hold(with_network)
    if stored.week == book.this_week():
        return False
    stored.week = book.this_week()
    value["told"] = _told(with_network, opened.pack, value["told"])
    to_teams.write(with_network, value)
    book.save(with_network, stored, value, Event.SIGNALS_COUNTED)
    _tell(with_network, value["told"]["bands"])
    return True


def _with_network(actor: Actor) -> Actor | None:
    """The same actor with the network's keys open; None where they do not open."""
    if actor.network_keys is not None:
        return actor
    try:
        keys = keeping.open_desk(actor.person, actor.desk.state.network_id or actor.desk.desk_id)
    except (Refused, Locked):
        return None
    return replace(actor, network_keys=keys)


def _told(actor: Actor, pack: Pack, before: Mapping[str, Any]) -> dict[str, Any]:
    """What stands from this week on: as before, unless enough people came or went.

    Where somebody who was counted may not be counted any more, nothing is told until then.
    """
    rows = counting.named(pack, clock.today())
    start = thresholds.since(thresholds.longest_months())
    agreed = [one for one in rows if one.agreed]
    counted = [one for one in agreed if one.opened >= start]
    now = {mark(one.case_id): mark(one.person) for one in counted}
    if before.get(book.LOST):
        return {"bands": {}, "counted": now, "gone": 0}
    then, gone = _still_here(actor, before)
    if len(set(now.values()) ^ set(then.values())) + gone >= thresholds.across().together:
        return {"bands": _bands(register.listing(actor), counted), "counted": now, "gone": 0}
    taken_back = gone or then.keys() - {mark(one.case_id) for one in agreed}
    bands = {} if taken_back else before.get("bands", {})
    return {"bands": bands, "counted": then, "gone": gone}


def _still_here(actor: Actor, before: Mapping[str, Any]) -> tuple[dict[str, str], int]:
    """Who was counted and is still there, and how many are not: no mark outlives its case.

    Returns:
        For the mark of each case that of its person; and how many persons are gone.
    """
    every = db.session.scalars(select(Case.id).where(Case.desk_id == actor.desk.desk_id))
    there, then = {mark(one) for one in every}, before.get("counted", {})
    left = {case: person for case, person in then.items() if case in there}
    return left, before.get("gone", 0) + len(set(then.values()) - set(left.values()))


def mark(case_id: UUID) -> str:
    """A mark of somebody who was counted, under the desk's seal."""
    return hashlib.sha256(case_id.bytes).hexdigest()[:16]


def _bands(everybody: Register, counted: Collection[counting.Named]) -> Bands:
    """For each name a band, those with the most people first; doubles count together once that was made sure of."""
    across = thresholds.across()
    leading = [
        replace(one, respondent=everybody.leading(one.respondent, checked=True))
        for one in counted
        if one.respondent in everybody.by_id
    ]
    people = counting.persons(leading)
    most = sorted(people, key=lambda one: (-len(people[one]), one))[: across.most]
    return {str(one): MANY if len(people[one]) >= across.many else FEW for one in sorted(most)}


def _tell(actor: Actor, bands: Bands) -> None:
    """Write the boxes of all other desks, be there something in them or not."""
    network = actor.network
    keeping.hold_epoch(network.desk_id, network.epoch)
    row, value = _held(actor)
    row.week = book.this_week()
    value["boxes"] = {str(to.desk_id): _box(actor, row, to, bands) for to in _others(actor)}
    at = versions.change(network, _BODY, row.id, value)
    row.body = network.seal(_BODY, row.id, value)
    db.session.add(row)
    db.session.flush()
    audit.record(actor.desk, Event.SIGNALS_TOLD, None, at)


def _held(actor: Actor) -> tuple[SignalTold, dict[str, Any]]:
    """The desk's row with its version; a new one where there is none, or where it was put back or does not open."""
    row = _own(actor, held=True)
    if row is not None:
        try:
            return row, versions.opened(actor.network, _BODY, row, record_at=actor.desk)
        except Refused:
            db.session.execute(delete(SignalTold).where(SignalTold.desk_id == actor.desk.desk_id))
    return SignalTold(id=uuid4(), desk_id=actor.desk.desk_id), {}


def _own(actor: Actor, *, held: bool = False) -> SignalTold | None:
    query = select(SignalTold).where(SignalTold.desk_id == actor.desk.desk_id)
    query = query.execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if held else query)


def _others(actor: Actor) -> list[ChainState]:
    """The other desks of the network, as far as their signed chains say that they belong to it."""
    network_id = actor.network.desk_id
    wanted = select(Desk.id).where(Desk.network_id == network_id, Desk.id != actor.desk.desk_id)
    found = []
    for desk_id in db.session.scalars(wanted.order_by(Desk.id)):
        try:
            state = keeping.load(desk_id, actor.person if desk_id in actor.person.pins else None)
        except Refused:
            continue
        if state.network_id == network_id and desk_id != network_id and state.epoch >= 1:
            found.append(state)
    return found


def _box(actor: Actor, row: SignalTold, to: ChainState, bands: Bands) -> str:
    """What one desk reads, for it alone, signed by whoever told it."""
    coordinators = [who for who, one in actor.desk.state.members.items() if one.role is Role.COORDINATOR]
    value: dict[str, Any] = {
        "name": desks.body(actor.desk)[0].get("name", ""),
        "coordinators": sorted(map(str, coordinators)),
        "week": row.week.isoformat(),
        "bands": bands,
        "by": str(actor.user_id),
    }
    value["signed"] = to_desk.sign(actor.person, _PURPOSE, *_parts(row, to.desk_id, value)).hex()
    size = len(json.dumps(value, ensure_ascii=False).encode())
    value["fill"] = " " * (_FILL - size)
    return to_desk.pack(to, _BODY, row.id, value).hex()


def _parts(row: SignalTold, to: UUID, value: Mapping[str, Any]) -> tuple[UUID | str, ...]:
    told = {key: value[key] for key in ("name", "coordinators", "week", "bands", "by")}
    return row.desk_id, to, json.dumps(told, sort_keys=True)


def heard(actor: Actor) -> tuple[list[Heard], int]:
    """What the other desks told, as far as it is theirs and not too old; and how much of it does not open."""
    rows = db.session.scalars(
        select(SignalTold).where(SignalTold.desk_id != actor.desk.desk_id).order_by(SignalTold.id)
    ).all()
    oldest = book.this_week() - timedelta(weeks=thresholds.across().weeks)
    found, refused = [], 0
    others = {one.desk_id for one in _others(actor)}
    for row in rows:
        if row.desk_id not in others:
            continue
        try:
            one = _read(actor, row)
        except Refused:
            refused += 1
            continue
        if one is not None and one.week >= oldest:
            found.append(one)
    return found, refused


def _read(actor: Actor, row: SignalTold) -> Heard | None:
    """What one desk told this one; None where it came here before this desk was there."""
    outer = versions.opened(actor.network, _BODY, row, record_at=actor.desk)
    packed = outer["boxes"].get(str(actor.desk.desk_id))
    if packed is None:
        return None
    value = to_desk.unpack(actor.desk, _BODY, row.id, bytes.fromhex(packed))
    if not isinstance(value, dict):
        raise Refused
    signed = bytes.fromhex(value["signed"])
    parts = _parts(row, actor.desk.desk_id, value)
    if not to_desk.signed_by(actor.network.state, UUID(value["by"]), signed, _PURPOSE, *parts):
        raise Refused
    return Heard(
        row.desk_id,
        value["name"],
        tuple(UUID(one) for one in value["coordinators"]),
        date.fromisoformat(value["week"]),
        {UUID(one): band for one, band in value["bands"].items()},
    )


def follow(case: OpenCase) -> None:
    """An answer was written down or taken back, or a case was closed to others: who may not be counted is not."""
    if _counted(case.actor, case.id) and not _may_be_counted(case):
        silence(case.actor, case.id)


def _counted(actor: Actor, case_id: UUID) -> bool:
    """Whether somebody may have been counted: where the book does not say so any more, everybody may."""
    value, whole = book.look(actor)
    return not whole or mark(case_id) in value["told"].get("counted", {})


def follow_restricting(_actor: Actor, case: OpenCase) -> None:
    """A case was saved: one that was closed to others is counted for nobody."""
    if case.keys.restricted:
        follow(case)


def _may_be_counted(case: OpenCase) -> bool:
    told = consents.listing(case.actor, case.keys)
    if case.keys.restricted:
        return False
    agreed = told.given if witness.doubted() else told.live
    return bool(agreed("trends") or agreed("link"))


def silence(actor: Actor, case_id: UUID) -> None:
    """Take back, at once, everything that this desk told, and forget the mark of one who was counted."""
    with_network = _with_network(actor)
    if with_network is None:
        forget_all(actor.desk.desk_id)
        return
    stored, value = book.hold(with_network)
    then = value["told"].get("counted", {})
    person = then.get(mark(case_id))
    left = {case: one for case, one in then.items() if one != person}
    gone = value["told"].get("gone", 0) + (person is not None)
    lost = {book.LOST: True} if value["told"].get(book.LOST) else {}
    value["told"] = {"bands": {}, "counted": left, "gone": gone} | lost
    to_teams.write(with_network, value)
    book.save(with_network, stored, value, Event.SIGNALS_COUNTED)
    _tell(with_network, {})


def forget(case_id: UUID, actor: Actor | None) -> None:
    """A case has lost what identified its person: nobody is told of them any more.

    Args:
        case_id: the case.
        actor: who did it; None for a job, which takes away all that the desk told.
    """
    if actor is not None:
        if _counted(actor, case_id):
            silence(actor, case_id)
        return
    desk_id = db.session.scalar(select(Case.desk_id).where(Case.id == case_id))
    if desk_id is not None:
        forget_all(desk_id)


def forget_all(desk_id: UUID) -> None:
    """Take away what a desk told, without a key; it tells again in the next week, or when enough people came."""
    db.session.execute(delete(SignalTold).where(SignalTold.desk_id == desk_id))
    to_teams.forget_all(desk_id)
