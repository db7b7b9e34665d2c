"""Before something leaves for somebody whom the person named: their agreement holds, and no state that they fear learns of it.

A home state hears only what a second person released. Whatever is made or saved for somebody outside passes here:
papers, and files of the evidence. Sources: casework practice §5, rules 3 and 11.
"""

from collections.abc import Collection

from casework import codes
from casework.cases import left, outside
from casework.cases.opening import OpenCase
from casework.cases.outside import Going
from casework.errors import Invalid
from casework.people import consents
from casework.people.consents import Told

#: Agreements that lead to a state: nothing said of whose it is, is not known.
OFFICIAL = ("authority", "embassy")


def agreements(case: OpenCase, purposes: Collection[str] | None = None) -> list[Told]:
    """The agreements that hold today and name somebody outside.

    Args:
        case: opened.
        purposes: only these of the list `consent_purposes`; every one that names a recipient, if left out.
    """
    if purposes is None:
        purposes = {one.key for one in codes.load("consent_purposes") if one.facts.get("recipient")}
    told = consents.listing(case.actor, case.keys).told
    return [one for one in told if one.answer.purpose in purposes and holds(case, one)]


def holds(case: OpenCase, told: Told) -> bool:
    """Whether it is the answer that counts today."""
    live = left.agreed(case, told.answer.purpose, told.answer.recipient)
    return live is not None and live.id == told.id


def check(case: OpenCase, told: Told, home_state: str) -> Going:
    """Go on unless it goes to the home state and the person may be afraid of it, or nobody else released it.

    Args:
        case: opened.
        told: the agreement under which it leaves; it holds.
        home_state: whether the recipient is an authority of the country that the person comes from, as was answered.

    Returns:
        What goes to whom.

    Raises:
        Invalid: what has to be asked or done first.
    """
    official = told.answer.purpose in OFFICIAL or home_state == "yes"
    going = Going(
        told.answer.purpose, told.answer.recipient, told.answer.data, home_state if official else ""
    )
    if not going.by_two:
        return going
    outside.check(case, going)
    if not any(_released(one, going, told) for one in outside.listing_of(case)):
        raise Invalid(
            "This goes to the home state: a second person has to release it first. Write down under “Contact"
            " outside” what they will learn, and ask a colleague.",
            "recipient",
        )
    return going


def _released(one: outside.Contact, going: Going, told: Told) -> bool:
    """Whether a second person let something go to this recipient since the person agreed."""
    same = one.going.recipient.casefold().strip() == going.recipient.casefold().strip()
    by_another = one.released is True and one.decided_by is not None
    return same and by_another and one.going.purpose == going.purpose and one.at >= told.at
