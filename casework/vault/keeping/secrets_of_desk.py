"""Drawing a desk's secret and handing it to those who hold it (construction §4, §6)."""

from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert

from casework.db import db
from casework.vault import blob, box
from casework.vault.blob import Fmt
from casework.vault.chain import ChainState
from casework.vault.desk import DeskKeys, commitment, desk_public
from casework.vault.encoding import kdf
from casework.vault.keeping import ledger
from casework.vault.models import DeskBox, DeskLink, DeskPair
from casework.vault.person_keys import PersonKeys
from casework.vault.secret import Secret


def draw(person: PersonKeys, state: ChainState, before: DeskKeys | None = None) -> DeskKeys:
    """Draw the secret of the next epoch, sign its commitment, and hand it to every holder.

    Args:
        person: who signs the epoch.
        state: the newest, after everybody was removed who should be.
        before: the desk at the epoch that ends; its secret is linked under the new one.
    """
    secret, n = Secret.random(), state.epoch + 1
    after = ledger.append(person, state, "epoch", n, commitment(secret), desk_public(secret))
    db.session.execute(delete(DeskBox).where(DeskBox.desk_id == state.desk_id))
    for member_id in after.holders():
        hand_over(after, secret, member_id)
    pair_up(after, secret)
    links = _link(after, secret, before) if before is not None else {}
    return DeskKeys(person, after, secret, links)


def hand_over(state: ChainState, secret: Secret, member_id: UUID) -> None:
    """Box the secret of the current epoch to a member, under the key that the chain gives for them."""
    place = ("desk", state.desk_id, state.epoch, member_id)
    packed = box.pack(state.member(member_id).x, secret, *place)
    row = {"desk_id": state.desk_id, "member_id": member_id, "epoch": state.epoch, "blob": packed}
    db.session.execute(insert(DeskBox), [row])


def take_away(state: ChainState, member_id: UUID) -> None:
    """Delete a member's box; the secret that they knew is the next epoch's business."""
    db.session.execute(
        delete(DeskBox).where(DeskBox.desk_id == state.desk_id, DeskBox.member_id == member_id)
    )


def pair_up(state: ChainState, secret: Secret) -> None:
    """For every two coordinators S = r ⊕ t, a half boxed to each: what reopens a locked desk."""
    db.session.execute(delete(DeskPair).where(DeskPair.desk_id == state.desk_id))
    rows = [row for a, b in combinations(state.coordinators(), 2) for row in _pair(state, secret, a, b)]
    if rows:
        db.session.execute(insert(DeskPair), rows)


def _pair(state: ChainState, secret: Secret, a: UUID, b: UUID) -> list[dict[str, Any]]:
    half = Secret.random()
    place = ("pair", state.desk_id, state.epoch, a, b)
    return [
        {
            "desk_id": state.desk_id,
            "holder_id": holder,
            "other_id": other,
            "epoch": state.epoch,
            "blob": box.pack(state.members[holder].x, piece, *place),
        }
        for holder, other, piece in ((a, b, half), (b, a, secret ^ half))
    ]


def _link(state: ChainState, secret: Secret, before: DeskKeys) -> dict[int, bytes]:
    older = before.secret(before.epoch)
    sealed = blob.seal(
        kdf(secret, "desk link"), Fmt.DESK_LINK, state.epoch, older, "desk link", state.desk_id
    )
    row = {"desk_id": state.desk_id, "epoch": state.epoch, "blob": sealed}
    db.session.execute(insert(DeskLink), [row])
    return {**before.links, state.epoch: sealed}
