"""What is settled for every packet: what may be referred to whom, until when, on which word of the person."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casework import clock
from casework.cases import left
from casework.cases.opening import OpenCase, State
from casework.errors import Invalid
from casework.packets import partners
from casework.packets.partners import Partner
from casework.people.consents import Told
from casework.vault import Section
from casework.vault.grant import GRANTABLE

#: Under which the person agrees to another desk, by its name.
PURPOSE = "referral"
#: A packet that nobody has opened by then is destroyed.
LONGEST = timedelta(days=30)
MOST_FILES, LONGEST_WORDS = 20, 1000
#: Parts that may be referred. The overview always goes along: without language and urgency nobody can begin.
OFFERED = tuple(one.value for one in GRANTABLE)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to refer.

    Attributes:
        partner_id: the other desk.
        sections: chosen parts.
        files: ids of pieces of evidence.
        told: what the other desk is asked for, in words.
        ends_on: the last day on which it may be accepted.
    """

    partner_id: UUID
    sections: tuple[Section, ...]
    files: tuple[UUID, ...]
    told: str
    ends_on: date


def wished(partner: str, sections: list[str], files: list[str], told: str, day: str) -> Wish:
    """What a form says, as it was typed.

    Raises:
        Invalid: with the field that cannot be read.
    """
    try:
        ends_on = date.fromisoformat(day.strip())
    except ValueError:
        raise Invalid("Write the day as year, month and day: 2026-12-31.", "ends_on") from None
    chosen = tuple(dict.fromkeys(map(UUID, files)))
    return Wish(UUID(partner), tuple(map(Section, sections)), chosen, told.strip(), ends_on)


def check(case: OpenCase, wish: Wish) -> tuple[Partner, Told]:
    """Whether this may be referred today.

    Returns:
        The other desk, and the agreement of the person that it stands on.

    Raises:
        Invalid: with the field that it belongs to.
        NotFound: no such desk is known here.
    """
    partner = partners.one(case.actor, wish.partner_id)
    if not partner.compared:
        raise Invalid("The card of this desk was not compared yet. A coordinator does that first.", "partner")
    if partner.chain is not None and partner.chain.locked:
        raise Invalid("This desk is closed for now. Wait until it is open again.", "partner")
    _check_chosen(case, wish)
    told = agreed(case, partner.name)
    if told is None:
        raise Invalid(
            "They have not agreed to be referred to this desk. Ask them, and write their answer down first,"
            " with the name of the desk.",
            "partner",
        )
    _check_day(wish.ends_on, told)
    return partner, told


def _check_chosen(case: OpenCase, wish: Wish) -> None:
    if not wish.sections and not wish.files:
        raise Invalid("Choose at least one part or one file.", "sections")
    if not set(wish.sections) <= set(GRANTABLE):
        raise Invalid("Please choose from the list.", "sections")
    if len(wish.files) > MOST_FILES:
        raise Invalid("At most %(most)s files at once.", "files", most=MOST_FILES)
    if not wish.told:
        raise Invalid("Please answer this one.", "told")
    if len(wish.told) > LONGEST_WORDS:
        raise Invalid("This is too long: %(most)s characters at most.", "told", most=LONGEST_WORDS)
    if any(case.section(one).state is not State.OPEN for one in (Section.HEADER, *wish.sections)):
        raise Invalid("A part that you chose does not open. Tell your coordinator.", "sections")


def agreed(case: OpenCase, name: str) -> Told | None:
    """The person's agreement that holds today to being referred to a desk by name."""
    return left.agreed(case, PURPOSE, name)


def _check_day(day: date, told: Told) -> None:
    today = clock.today()
    if day < today:
        raise Invalid("This day has passed.", "ends_on")
    last = min(today + LONGEST, told.answer.ends_on or today)
    if day > last:
        raise Invalid(
            "At the latest %(day)s: the person has agreed until then, or thirty days are over.",
            "ends_on",
            day=last.isoformat(),
        )
