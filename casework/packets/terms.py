"""What is settled for every packet: what may be referred to whom, until when, on which word of the person."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casework.cases import chosen, left
from casework.cases.opening import OpenCase, State
from casework.errors import Invalid
from casework.packets import partners
from casework.packets.partners import Partner
from casework.people.consents import Told
from casework.vault import Section

#: Under which the person agrees to another desk, by its name.
PURPOSE = "referral"
#: A packet that nobody has opened by then is destroyed.
LONGEST = timedelta(days=30)
LONGEST_WORDS = 1000


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
    pieces = tuple(dict.fromkeys(map(UUID, files)))
    return Wish(UUID(partner), tuple(map(Section, sections)), pieces, told.strip(), chosen.last_day(day))


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
    chosen.check_last_day(wish.ends_on, told, LONGEST)
    return partner, told


def _check_chosen(case: OpenCase, wish: Wish) -> None:
    chosen.check_parts(wish.sections, wish.files)
    if not wish.told:
        raise Invalid("Please answer this one.", "told")
    if len(wish.told) > LONGEST_WORDS:
        raise Invalid("This is too long: %(most)s characters at most.", "told", most=LONGEST_WORDS)
    # The overview always goes along: without language and urgency nobody can begin.
    if any(case.section(one).state is not State.OPEN for one in (Section.HEADER, *wish.sections)):
        raise Invalid("A part that you chose does not open. Tell your coordinator.", "sections")


def agreed(case: OpenCase, name: str) -> Told | None:
    """The person's agreement that holds today to being referred to a desk by name."""
    return left.agreed(case, PURPOSE, name)
