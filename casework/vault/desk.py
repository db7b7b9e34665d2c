"""A desk opened by one person: its secret of each epoch and what is derived from it (construction §4)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn
from uuid import UUID

from casework.errors import Refused
from casework.vault import audit_seal, blob, box, letters
from casework.vault.blob import Fmt
from casework.vault.catalogue import SealedField
from casework.vault.chain.state import ChainState
from casework.vault.encoding import kdf
from casework.vault.field import FieldKey, picked
from casework.vault.letters import Letters
from casework.vault.person_keys import PersonKeys
from casework.vault.plain import Value
from casework.vault.secret import Secret
from casework.vault.sections import DESK_TAG


def commitment(secret: Secret) -> bytes:
    """What the chain says about a desk secret: KDF(S, "desk commit")."""
    return kdf(secret, "desk commit").expose()


def desk_public(secret: Secret) -> bytes:
    """The public key of a desk at one epoch, for what comes from outside."""
    return box.private_key(kdf(secret, "desk x25519")).public_key().public_bytes_raw()


class DeskKeys:
    r"""One desk, opened by one person at the current epoch. It lives for one request.

    Fields of scope "desk" and "network" are sealed with fmt 1 under KDF(S_n, "section", desk id, "desk", n),
    bound to the catalogue number, the desk id, the row and the tag b"desk\0\0\0\0"; the version is n.
    They are written under the current epoch and read under any, by the links.

    Args:
        person: who opened it.
        state: the verified chain.
        secret: the desk secret of the current epoch.
        links: sealed older secrets, by the epoch whose secret opens them.

    Raises:
        Refused: the secret is not the one that the chain commits to.
    """

    def __init__(
        self, person: PersonKeys, state: ChainState, secret: Secret, links: Mapping[int, bytes]
    ) -> None:
        self.person = person
        self.state = state
        self.links = links
        self._secrets = {state.epoch: self._committed(state.epoch, secret)}
        self._fields: dict[tuple[int, int], FieldKey] = {}
        self._derived: dict[tuple[str, int], Secret] = {}

    @property
    def desk_id(self) -> UUID:
        """Which desk."""
        return self.state.desk_id

    def at(self, state: ChainState) -> "DeskKeys":
        """The same opened desk after its chain grew within this epoch."""
        return DeskKeys(self.person, state, self.secret(state.epoch), self.links)

    @property
    def epoch(self) -> int:
        """What is written under."""
        return self.state.epoch

    def secret(self, epoch: int) -> Secret:
        """The desk secret of an epoch: the present one, or an older one by the links.

        Raises:
            Refused: there is none, a link is missing, or a link gives what the chain does not commit to.
        """
        if not 1 <= epoch <= self.epoch:
            raise Refused
        while epoch not in self._secrets:
            older = min(self._secrets) - 1
            self._secrets[older] = self._committed(older, self._linked(older + 1))
        return self._secrets[epoch]

    def _linked(self, newer: int) -> Secret:
        key, link = kdf(self._secrets[newer], "desk link"), self.links.get(newer)
        return Secret(blob.open_sealed(key, Fmt.DESK_LINK, link, "desk link", self.desk_id))

    def _committed(self, epoch: int, secret: Secret) -> Secret:
        if Secret(commitment(secret)) != Secret(self.state.commits.get(epoch, b"")):
            raise Refused
        return secret

    def key(self, label: str, epoch: int | None = None) -> Secret:
        """A key derived from the desk secret: "case wrap", "restricted outer", "search", "audit", and so on."""
        of = self.epoch if epoch is None else epoch
        if (label, of) not in self._derived:
            self._derived[label, of] = kdf(self.secret(of), label)
        return self._derived[label, of]

    def seal(self, field: SealedField, row_id: UUID, value: Value) -> bytes:
        """Seal a value that every holder of this desk's secret may read."""
        return self._field(field, self.epoch).seal(row_id, value)

    def open(self, field: SealedField, row_id: UUID, sealed: bytes | None) -> Value:
        """Open a value of this desk.

        Raises:
            Refused: it does not open.
        """
        epoch, there = picked(sealed)
        return self._field(field, epoch).open(row_id, there)

    def open_letters(
        self, field: SealedField, row_ids: Sequence[bytes], sealed: Sequence[bytes | None]
    ) -> list[Letters]:
        """Open many short texts at once; those that do not open are in no table.

        Args:
            field: the sealed column.
            row_ids: of the rows, 16 bytes each.
            sealed: what lies there.
        """
        plains: list[bytes | None] = [None] * len(sealed)
        for epoch, rows in letters.by_version(sealed).items():
            with suppress(Refused):
                key = self._field(field, epoch)
                found = key.plains([row_ids[row] for row in rows], [sealed[row] or b"" for row in rows])
                for row, plain in zip(rows, found, strict=True):
                    plains[row] = plain
        return letters.decoded(plains)

    def _field(self, field: SealedField, epoch: int) -> FieldKey:
        found = self._fields.get((field.number, epoch))
        if found is None:
            field.require("desk", "network")
            key = kdf(self.secret(epoch), "section", self.desk_id, "desk", epoch)
            found = FieldKey(key, epoch, field.number, self.desk_id, DESK_TAG)
            self._fields[field.number, epoch] = found
        return found

    def event_id(self, field: SealedField, row_id: UUID, number: int, epoch: int | None = None) -> UUID:
        """The id that the record of a row's change has: only who holds the desk's secret can foretell it.

        Args:
            field: the sealed column.
            row_id: of the row; the desk's own for the rows of a list, one after the other.
            number: of the version, or of the place in the list, from 1.
            epoch: under which it was written; the present one, if left out.
        """
        secret = self.secret(self.epoch if epoch is None else epoch)
        drawn = kdf(secret, "row event", self.desk_id, field.number, row_id, number, length=16)
        return UUID(bytes=drawn.expose(), version=4)

    def seal_segment(self, segment_id: UUID, seq: int, data: bytes) -> bytes:
        """Seal a search segment as it is; its padding is the search's own.

        Args:
            segment_id: its row.
            seq: how often it was written; bound, so that an older one does not pass for it.
            data: the packed cards.
        """
        place = ("segment", self.desk_id, segment_id, seq)
        return blob.seal(self.key("search"), Fmt.SEGMENT, self.epoch, data, *place)

    def open_segment(self, segment_id: UUID, seq: int, sealed: bytes | None) -> bytes:
        """Open a search segment.

        Raises:
            Refused: it does not open, or was sealed in an epoch whose sweep is finished.
        """
        epoch = blob.version_of(sealed, Fmt.SEGMENT)
        if epoch < self.state.done:
            raise Refused
        place = ("segment", self.desk_id, segment_id, seq)
        return blob.open_sealed(self.key("search", epoch), Fmt.SEGMENT, sealed, *place)

    def seal_audit(self, scope_id: UUID, event_id: UUID, value: Value) -> bytes:
        """Seal the details of an event to the desk.

        Args:
            scope_id: the desk, or the case that the event is about.
            event_id: the event's row.
            value: its details.
        """
        return audit_seal.seal(self.key("audit"), self.epoch, scope_id, event_id, value)

    def open_audit(self, scope_id: UUID, event_id: UUID, sealed: bytes | None) -> Value:
        """Open what `seal_audit` or `audit_seal.pack` made for this desk.

        Raises:
            Refused: it does not open.
        """
        if audit_seal.is_packed(sealed):
            epoch = audit_seal.packed_epoch(sealed)
            private = box.private_key(self.key("desk x25519", epoch))
            return audit_seal.unpack(private, self.desk_id, scope_id, event_id, sealed)
        epoch = blob.version_of(sealed, Fmt.AUDIT)
        return audit_seal.open_sealed(self.key("audit", epoch), scope_id, event_id, sealed)

    def __repr__(self) -> str:
        return f"DeskKeys({self.desk_id}, epoch {self.epoch})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are never serialised")
