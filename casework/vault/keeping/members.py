"""Who is in: admitting, removing, changing a role (construction §3, §6)."""

from uuid import UUID

from casework.vault.chain import HOLDERS, Role
from casework.vault.desk import DeskKeys
from casework.vault.keeping import epochs, ledger, secrets_of_desk
from casework.vault.keeping.rows import hold_alone


def admit(desk: DeskKeys, user_id: UUID, role: str, x: bytes, ed: bytes) -> DeskKeys:
    """Admit somebody whose meeting code was compared.

    Args:
        desk: opened by a coordinator, or by a set of recovery cards.
        user_id: who joins; for recovery cards the id of the set.
        role: coordinator, volunteer, ally, recovery, steward or campaign.
        x, ed: the public keys that the code was about.

    Returns:
        The desk as it is now.

    Raises:
        Refused: the signer may not, or somebody has this id already.
        Conflict: the desk's epoch moved, or its chain grew meanwhile.
    """
    hold_alone(desk.desk_id, desk.epoch)
    after = desk.at(ledger.append(desk.person, desk.state, "admit", user_id, Role(role).value, x, ed))
    _give(after, user_id, Role(role))
    return after


def _give(desk: DeskKeys, user_id: UUID, role: Role) -> None:
    """Hand the desk's secret to somebody whose role holds it."""
    secret = desk.secret(desk.epoch)
    if role in HOLDERS:
        secrets_of_desk.hand_over(desk.state, secret, user_id)
    secrets_of_desk.pair_up(desk.state, secret)


def remove(desk: DeskKeys, user_id: UUID, *, short_handed: bool = False) -> DeskKeys:
    """Take somebody out. Who held the desk's secret leaves with an epoch change.

    Args:
        desk: opened by a coordinator, or by a set of recovery cards.
        user_id: who leaves; not the signer.
        short_handed: see `new_epoch`.

    Returns:
        The desk as it is now.

    Raises:
        Refused: the signer may not, nobody has this id, or nobody would be left to admit others.
        Conflict: as in `new_epoch`.
    """
    if desk.state.member(user_id).role in HOLDERS:
        return epochs.new_epoch(desk, user_id, short_handed=short_handed)
    hold_alone(desk.desk_id, desk.epoch)
    return desk.at(ledger.append(desk.person, desk.state, "remove", user_id))


def change_role(desk: DeskKeys, user_id: UUID, role: str) -> DeskKeys:
    """Give a member another role; who may not hold the desk's secret any more makes a new epoch.

    Returns:
        The desk as it is now.

    Raises:
        Refused: the signer may not, nobody has this id, or nobody would be left to admit others.
        Conflict: the desk's epoch moved, or its chain grew meanwhile.
    """
    hold_alone(desk.desk_id, desk.epoch)
    newest = ledger.load(desk.desk_id, desk.person)
    before = newest.member(user_id).role
    after = desk.at(ledger.append(desk.person, newest, "role", user_id, Role(role).value))
    if before in HOLDERS and Role(role) not in HOLDERS:
        return epochs.new_epoch(after)
    secrets_of_desk.take_away(after.state, user_id)
    _give(after, user_id, Role(role))
    return after
