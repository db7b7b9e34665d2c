"""A file of the evidence is saved: to work with it here, for the person, or for somebody to whom they agreed.

What a page shows stays on the page. A file that is saved lies in the clear on a device, and can be handed on; so it is
said for whom it is before it is given out, and for somebody outside it leaves under the same agreement as a paper
or a packet (`cases.letting_out`), and is listed with what left.
"""

from dataclasses import dataclass
from uuid import UUID

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import letting_out, opening, outside
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.cases.outside import Going
from casework.errors import Invalid
from casework.evidence import service
from casework.evidence.bodies import Piece
from casework.evidence.service import Opened
from casework.people.consents import Told
from casework.store import Store

#: For whom a file is, beside the ids of agreements: nobody outside; the person themselves.
HERE, PERSON = "here", "person"


@dataclass(frozen=True)
class Wish:
    """What somebody wants saved.

    Attributes:
        original: as it came in, with everything that its maker left in it; else the copy for looking at.
        recipient: `HERE`, `PERSON`, or the id of an agreement.
        called: of the piece, as what leaves is listed.
        home_state: whether the recipient is an authority of the country that the person comes from (`answers`);
            not known counts as yes.
    """

    original: bool
    recipient: str
    called: str
    home_state: str = "unknown"


def recipients(case: OpenCase) -> list[Told]:
    """The agreements under which a file may leave today."""
    return letting_out.agreements(case)


def save(actor: Actor, store: Store, ref: str, piece_id: UUID, wish: Wish, form_token: UUID) -> Opened:
    """Give out a file, and write down for whom.

    Args:
        actor: who saves it.
        store: where it lies.
        ref, piece_id: which one.
        wish: which file of it, and for whom.
        form_token: of the form; the same one twice is listed once.

    Raises:
        Invalid: the person has not agreed to this, or no longer does.
        NotFound: there is no such file.
        Refused: its key does not open.
    """
    if wish.recipient not in (HERE, PERSON):
        _let_out(actor, ref, wish, form_token)
    case = opening.load(actor, ref)
    piece, opened = service.opened_file(case, store, piece_id, original=wish.original)
    _record(case, piece, wish)
    return opened


def _let_out(actor: Actor, ref: str, wish: Wish, form_token: UUID) -> None:
    """What two people released stands among what left since then; anything else is written down now."""
    with changing(actor, ref, Action.OUTSIDE_RECORD, also_closed=True) as case:
        told = next((one for one in recipients(case) if str(one.id) == wish.recipient), None)
        if told is None:
            raise Invalid(
                "The person does not agree to this, or no longer does. Ask them first, and write down their answer.",
                "recipient",
            )
        going = letting_out.check(case, told, wish.home_state)
        if not going.by_two:
            left = Going(going.purpose, going.recipient, wish.called, going.home_state)
            outside.put(case, left, form_token)


def _record(case: OpenCase, piece: Piece, wish: Wish) -> None:
    audit.record(
        case.actor.desk,
        Event.EVIDENCE_SAVED,
        case=case.keys,
        attachment=str(piece.id),
        original=wish.original,
        to=wish.recipient,
    )
