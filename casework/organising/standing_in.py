"""An organiser is away, left, or reads nothing: whom the person named beforehand steps in, or the person is asked again.

Nobody steps in by themselves, and nobody to whom the person did not agree by name. The box of the first organiser does
not open for anybody else; so somebody of the desk lets the other one know, with the words that the case kept for this.
"""

from collections.abc import Iterable
from uuid import UUID

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import left, neutral
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound
from casework.organising import introducing, kept, offers, wishing
from casework.organising.kept import LOST, Row, Standing
from casework.organising.offers import Offer
from casework.organising.wishing import Wish


def standings(case: OpenCase) -> dict[UUID, tuple[Standing, bool]]:
    """How it stands with each introduction of a case, and whether somebody can step in today.

    Args:
        case: opened, with the network's keys.
    """
    offered = offers.listing(case.actor)
    found = {}
    for row in kept.rows(case):
        how = kept.standing(row, offered)
        found[row.id] = (how, how in LOST and _stand_in(case, row, offered) is not None)
    return found


def step_in(actor: Actor, ref: str, entry_id: UUID, form_token: UUID, task: str) -> None:
    """Let the organiser know who steps in; the first one is told of them no more.

    Args:
        actor: of the desk, with the network's keys open.
        ref: the case's reference.
        entry_id: of the introduction that may be lost.
        form_token: of the form; the same one twice passes it once.
        task: as `introducing.introduce` takes it.

    Raises:
        NotFound: there is no such introduction.
        Invalid: it is not lost, nobody may step in today, or no safe way is known any more.
    """
    with changing(actor, ref, Action.ORGANISER_TELL) as case:
        if neutral.sent_before(case, form_token) is not None:
            return
        row = next((one for one in kept.rows(case) if one.id == entry_id), None)
        if row is None:
            raise NotFound
        offered = offers.listing(actor)
        stand_in = _stand_in(case, row, offered)
        if kept.standing(row, offered) not in LOST or stand_in is None:
            raise Invalid("Nobody can step in now. Ask them whom they want to meet.")
        told = row.body["stand_in"]
        wish = Wish(stand_in.id, row.body["channel"], told["called"], told["words"])
        number = wishing.number(case, wish.channel)
        introducing.end(case, "stood_in", lambda one: one["row"] == row.body["row"])
        introducing.pass_on(case, stand_in, wish, number, form_token, task)


def _stand_in(case: OpenCase, row: Row, offered: Iterable[Offer]) -> Offer | None:
    """Whoever may step in: named by the person, agreed to until today, and meeting people today under that name."""
    told = row.body.get("stand_in")
    if not told or left.agreed(case, introducing.PURPOSE, told["to"]) is None:
        return None
    same = (one for one in offered if (str(one.user_id), one.recipient) == (told["user"], told["to"]))
    return next(same, None)
