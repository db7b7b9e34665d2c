"""What a case says of itself, sealed anew with every save: so that no part of it changes alone.

A seal binds a row to its place, not to its time: an older row put back opens as well as the newest, and
a row that was deleted is simply not there. The statement says what there is. Whoever can write to the
database cannot write a statement, and an older one is betrayed by the record (`event_of`).
"""

import hmac
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from casework.errors import Refused
from casework.vault.catalogue import SealedField
from casework.vault.encoding import bound, kdf
from casework.vault.plain import Value
from casework.vault.secret import Secret

#: Bytes of a digest. It lies under a seal, so nobody can search for another blob that has the same one.
_DIGEST = 12
#: Marks of rows are added up, so that one row more costs one mark and not the reading of all.
_MARK_BITS = 128

Row = tuple[UUID, bytes]


class Stored(Protocol):
    """A row of any table of a case, or what was read of one."""

    @property
    def id(self) -> Any:
        """Of the row."""


R = TypeVar("R", bound=Stored)


def _nobody_saved() -> bool:
    return False


class Statement:
    """The statement of one case, while somebody has it open.

    Args:
        tags: the constant secret of the case; what is derived here outlives every generation.
        case_id: whose.

    Attributes:
        number: how many saves were stated; 0 for a case that is being made.
        facts: plain columns as they were saved.
        renew: reads the statement anew, when something read after it does not fit it; says whether
            somebody saved in between.
    """

    def __init__(self, tags: Secret, case_id: UUID) -> None:
        self._tags, self._case_id = tags, case_id
        self.number = 0
        self.facts: dict[str, Any] = {}
        self.renew: Callable[[], bool] = _nobody_saved
        self._parts: dict[str, tuple[int, str]] = {}
        self._tallies: dict[str, tuple[int, int]] = {}
        self._writing = self._said = False
        self._least = 0
        self._marks: Secret | None = None

    def read(self, value: Value) -> None:
        """Take over what lay under the seal.

        Raises:
            Refused: it is no statement.
        """
        if not isinstance(value, dict):
            raise Refused
        try:
            self.number, self.facts = int(value["number"]), dict(value["facts"])
            self._parts = {name: (int(rev), str(digest)) for name, (rev, digest) in value["parts"].items()}
            self._tallies = {name: (int(n), int(total, 16)) for name, (n, total) in value["rows"].items()}
        except (AttributeError, LookupError, TypeError, ValueError):
            raise Refused from None

    def value(self) -> dict[str, Any]:
        """What is to be sealed."""
        return {
            "number": self.number,
            "facts": self.facts,
            "parts": self._parts,
            "rows": {name: (n, f"{total:x}") for name, (n, total) in self._tallies.items()},
        }

    def begin_anew(self, number: int) -> None:
        """Say nothing any more, and begin to change: for a case that is accepted as it stands.

        Args:
            number: of the newest save that the record knows of.
        """
        self.number, self.facts, self._parts, self._tallies = number, {}, {}, {}
        # No part was changed more often than the case was saved, so nobody overwrites what they have not seen.
        self._least = number
        self.begin()

    # Single parts, each with a revision of its own

    def rev(self, part: str) -> int:
        """How often a part was changed; 0 for one that was never there."""
        return self._parts.get(part, (self._least, ""))[0]

    def put(self, part: str, blob: bytes | None, *, changed: bool = True) -> None:
        """Say what a part is from now on.

        Args:
            part: its name.
            blob: the sealed bytes; None for a part that was taken away.
            changed: whether its content changed, or it was only sealed anew.
        """
        self._parts[part] = (self.rev(part) + changed, _digest(blob))

    def holds(self, part: str, blob: bytes | None) -> bool:
        """Whether a part is what was last said of it."""
        return self._parts.get(part, (0, _digest(None)))[1] == _digest(blob)

    # Rows of one kind, as many as there are

    def add(self, field: SealedField, row_id: UUID, blob: bytes, group: str = "") -> None:
        """Count a row that is new; rows that are read apart from others of their table are a group of their own."""
        self._tally(_named(field, group), 1, self._mark(field, row_id, blob))

    def take(self, field: SealedField, row_id: UUID, blob: bytes, group: str = "") -> None:
        """Count a row no more: it is deleted, or written anew. Given with the bytes that it had.

        A row that somebody else had put in its place stays noticed: the sum then never comes right.
        """
        self._tally(_named(field, group), -1, -self._mark(field, row_id, blob))

    def empty(self, field: SealedField, group: str = "") -> None:
        """Count none of a kind from now on: there is none yet, or all of them were taken away."""
        self._tallies[_named(field, group)] = (0, 0)

    def count(self, field: SealedField, group: str = "") -> int:
        """How many rows of this kind there are."""
        return self._tallies.get(_named(field, group), (0, 0))[0]

    def counts(self, field: SealedField, group: str = "") -> bool:
        """Whether rows of this kind are counted at all; those of a room that does not are left alone."""
        return _named(field, group) in self._tallies

    def whole(self, field: SealedField, rows: Iterable[Row], group: str = "") -> bool:
        """Whether these are all the rows of a kind, each as it was last written.

        Args:
            field: their sealed column.
            rows: id and sealed bytes of each row of this case that is stored.
            group: as it was counted.
        """
        found = list(rows)
        total = sum(self._mark(field, *row) for row in found) % (1 << _MARK_BITS)
        return (len(found), total) == self._tallies.get(_named(field, group), (0, 0))

    def stored(
        self, field: SealedField, load: Callable[[], Sequence[R]], group: str = ""
    ) -> tuple[Sequence[R], bool]:
        """The rows of a kind, and whether they are whole; read again where somebody saved meanwhile.

        Args:
            field: their sealed column.
            load: reads all rows of this case, or of the group, from the store.
            group: as it was counted.
        """
        while True:
            rows = load()
            whole = self.whole(field, [(row.id, getattr(row, field.column)) for row in rows], group)
            if whole or not self.renew():
                return rows, whole

    def _tally(self, name: str, more: int, mark: int) -> None:
        n, total = self._tallies.get(name, (0, 0))
        self._tallies[name] = (n + more, (total + mark) % (1 << _MARK_BITS))

    def _mark(self, field: SealedField, row_id: UUID, blob: bytes) -> int:
        """A keyed mark: without the key nobody finds other rows whose marks give the same sum."""
        if self._marks is None:
            self._marks = kdf(self._tags, "statement rows", self._case_id)
        place = bound("row", field.number, row_id, sha256(blob).digest())
        return int.from_bytes(hmac.digest(self._marks.expose(), place, "sha256")[: _MARK_BITS // 8], "big")

    # The thread to the record

    def begin(self) -> None:
        """From now on the case is being changed: the next event is the one of this save."""
        self._writing, self._said = True, False

    def event_id(self) -> UUID:
        """The id of the next event of this case in the record.

        The first of each save follows from its number, and only who can open the case can foretell it.
        So an older statement is told from the newest by one look at the record.
        """
        if not self._writing or self._said:
            return uuid4()
        self._said = True
        return self.event_of(self.number + 1)

    def event_of(self, number: int) -> UUID:
        """The id of the first event that was recorded with a save."""
        drawn = kdf(self._tags, "statement event", self._case_id, number, length=16)
        return UUID(bytes=drawn.expose(), version=4)

    @property
    def said(self) -> bool:
        """Whether the record has an event of this save."""
        return self._said

    def close(self) -> None:
        """Count the save, once it was said in the record; what follows belongs to the next one."""
        self.number += self._said
        self._said = False


def _named(field: SealedField, group: str) -> str:
    return f"{field.number}/{group}" if group else str(field.number)


def _digest(blob: bytes | None) -> str:
    return sha256(blob).hexdigest()[: 2 * _DIGEST] if blob is not None else ""
