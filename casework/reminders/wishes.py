"""Where and when somebody wants mail. Only who asks for it gets any."""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from casework import clock, queue
from casework.access.actor import Actor
from casework.access.policy import Role
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.deadlines import zones
from casework.errors import Invalid, Refused
from casework.reminders import hours
from casework.reminders.members import mine
from casework.reminders.models import Letter, Reminder
from casework.vault import by_server
from casework.vault.catalogue import field

BODY = field("reminder.body")
SEND = "mail.send"

LONGEST = 120
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
#: Every body has this many characters before it is sealed, however long the address is.
_FILL = 240


class Sort:
    """Which of the three sentences a mail says."""

    FIRST, DATES, DIGEST = range(3)


@dataclass(frozen=True, slots=True)
class Wish:
    """Where and when somebody wants mail.

    Attributes:
        address: of their mailbox.
        language: of the mail.
        zone: where their clock stands, an IANA name.
        quiet_from, quiet_until: full hours between which nothing is sent; the same twice: no such hours.
        digest: whether a coordinator wants to know every morning that the desk has dates.
    """

    address: str
    language: str
    zone: str
    quiet_from: int = 21
    quiet_until: int = 7
    digest: bool = False

    def not_before(self, now: datetime) -> datetime:
        """The first moment, from now on, that lies outside of the quiet hours."""
        there = now.astimezone(ZoneInfo(self.zone))
        if not self._quiet(there.hour):
            return now
        day = there.date() + timedelta(days=there.hour >= self.quiet_until)
        # A clock time that is skipped that night is read as the moment of the jump or later, never earlier than now.
        end = datetime.combine(day, time(self.quiet_until), ZoneInfo(self.zone)).astimezone(UTC)
        return max(end, now)

    def _quiet(self, hour: int) -> bool:
        begin, end = self.quiet_from, self.quiet_until
        return begin <= hour < end if begin <= end else hour >= begin or hour < end


def of(server: bytes, actor: Actor) -> Wish | None:
    """What somebody asked for; None: they get no mail, or it does not open any more."""
    row = _row(mine(actor))
    try:
        return opened(server, row) if row else None
    except Refused:
        return None


def put(server: bytes, actor: Actor, wish: Wish) -> None:
    """Ask for mail from now on; a first one goes out, so that a mistyped address shows.

    Args:
        server: the server's secret.
        actor: who asks.
        wish: where and when.

    Raises:
        Denied: not for this person.
        Invalid: there can be no such address, zone or hour.
    """
    membership = mine(actor)
    _check(actor, wish)
    row = _row(membership)
    was = opened_or_none(server, row) if row else None
    if row is None:
        row = Reminder(id=uuid4(), membership_id=membership, desk_id=actor.desk.desk_id)
        db.session.add(row)
    value = asdict(wish)
    value["fill"] = " " * max(0, _FILL - len(str(value)))
    row.body = by_server.seal(server, BODY, membership, row.id, value)
    db.session.flush()
    if was is None or was.address != wish.address:
        write(row, Sort.FIRST)
    hours.begin(actor)
    audit.record(actor.desk, Event.MAIL_SET)


def write(row: Reminder, sort: int) -> None:
    """Have a mail sent, unless one of its sort still waits to be."""
    waiting = select(Letter.id).where(Letter.reminder_id == row.id, Letter.sort == sort)
    if db.session.scalar(waiting.limit(1)) is None:
        letter = Letter(id=uuid4(), reminder_id=row.id, desk_id=row.desk_id, sort=sort, on=clock.today())
        db.session.add(letter)
        queue.enqueue(SEND, letter.id)


def end(actor: Actor) -> None:
    """Ask for no more mail: the address goes, and what was not sent yet with it.

    Raises:
        Denied: not for this person.
    """
    gone = delete(Reminder).where(Reminder.membership_id == mine(actor)).returning(Reminder.id)
    if db.session.scalars(gone).all():
        hours.end(actor.desk.desk_id)
        audit.record(actor.desk, Event.MAIL_ENDED)


def end_of_desk(desk_id: UUID) -> None:
    """The desk is locked: nobody there is written to, and no address stays."""
    db.session.execute(delete(Reminder).where(Reminder.desk_id == desk_id))


def opened(server: bytes, row: Reminder) -> Wish:
    """What a row says.

    Raises:
        Refused: it does not open.
    """
    value = by_server.open_sealed(server, BODY, row.membership_id, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    return Wish(**{name: value[name] for name in Wish.__slots__})


def opened_or_none(server: bytes, row: Reminder) -> Wish | None:
    """What a row says; None where it does not open: the server's secret is another one now."""
    try:
        return opened(server, row)
    except Refused:
        return None


def _row(membership: UUID) -> Reminder | None:
    return db.session.scalar(select(Reminder).where(Reminder.membership_id == membership))


def _check(actor: Actor, wish: Wish) -> None:
    if len(wish.address) > LONGEST or not _ADDRESS.fullmatch(wish.address):
        raise Invalid("This is no address that mail can reach. Look at it again.", "address")
    zones.zone(wish.zone, "zone")
    if not {wish.quiet_from, wish.quiet_until} <= set(range(24)):
        raise Invalid("Please choose from the list.", "quiet_from")
    if wish.digest and actor.role is not Role.COORDINATOR:
        raise Invalid("Only coordinators are told of the whole desk.", "digest")
