"""A case opened: its key of each generation, its sections, its fields (construction §5)."""

from collections.abc import Mapping
from typing import NoReturn
from uuid import UUID

from casework.errors import Refused
from casework.vault import audit_seal, blob
from casework.vault.blob import HEAD, Fmt
from casework.vault.catalogue import SealedField
from casework.vault.chain.state import ChainState
from casework.vault.encoding import kdf
from casework.vault.field import FieldKey
from casework.vault.plain import Value
from casework.vault.secret import Secret
from casework.vault.sections import Section, section_tag
from casework.vault.statement import Statement


class CaseKeys:
    """One case, opened. It lives for one request.

    Args:
        state: the verified chain of its desk, for the floors.
        case_id: which case.
        generation: of the newest key; what is written under.
        born: the epoch that this generation was drawn in.
        key: the case key of this generation.
        tags: the constant secret behind the section tags.
        links: sealed older keys, by the generation whose key opens them.
        named: the users that a restricted case is boxed to; None for a case of the whole desk.
    """

    def __init__(
        self,
        state: ChainState,
        case_id: UUID,
        *,
        generation: int,
        born: int,
        key: Secret,
        tags: Secret,
        links: Mapping[int, bytes] | None = None,
        named: frozenset[UUID] | None = None,
    ) -> None:
        self.state = state
        self.case_id = case_id
        self.generation = generation
        self.born = born
        self.named = named
        self.tags = tags
        self.links = links or {}
        #: What the case says of itself; empty until whoever keeps it has read it.
        self.statement = Statement(tags, case_id)
        self._keys = {generation: key}
        self._tags: dict[Section, bytes] = {}
        self._fields: dict[tuple[int, Section, bytes], FieldKey] = {}
        self._writing: dict[tuple[int, Section], FieldKey] = {}

    @property
    def desk_id(self) -> UUID:
        """The desk that the case belongs to."""
        return self.state.desk_id

    @property
    def restricted(self) -> bool:
        """Whether it is boxed to named users only."""
        return self.named is not None

    def key(self, generation: int) -> Secret:
        """The case key of a generation: the newest, or an older one by the links.

        Raises:
            Refused: there is none, or a link does not open.
        """
        if not 1 <= generation <= self.generation:
            raise Refused
        while generation not in self._keys:
            newer = min(self._keys)
            self._keys[newer - 1] = self._linked(newer)
        return self._keys[generation]

    def _linked(self, newer: int) -> Secret:
        key, link = kdf(self._keys[newer], "case link", self.case_id), self.links.get(newer)
        return Secret(blob.open_sealed(key, Fmt.CASE_LINK, link, "case link", self.case_id))

    def section_key(self, section: Section, generation: int) -> Secret:
        """KDF(K_g, "section", case, section, g): what a grant hands over."""
        return kdf(self.key(generation), "section", self.case_id, section, generation)

    def tag(self, section: Section) -> bytes:
        """The eight bytes that rows of this section carry."""
        if section not in self._tags:
            self._tags[section] = section_tag(self.tags, section)
        return self._tags[section]

    def seal(self, field: SealedField, row_id: UUID, section: Section, value: Value) -> bytes:
        """Seal a value at the newest generation. Call `keeping.writable` first in each transaction."""
        try:
            key = self._writing[field.number, section]
        except KeyError:
            key = self._field(field, section, blob.head(Fmt.FIELD, self.generation))
            self._writing[field.number, section] = key
        return key.seal(row_id, value)

    def open(self, field: SealedField, row_id: UUID, section: Section, sealed: bytes | None) -> Value:
        """Open a value of this case.

        Raises:
            Refused: it does not open, or its generation is above the newest or below the chain's floor.
        """
        if sealed is None:
            raise Refused
        try:
            key = self._fields[field.number, section, sealed[:HEAD]]
        except KeyError:
            key = self._field(field, section, sealed[:HEAD])
        return key.open(row_id, sealed)

    def _field(self, field: SealedField, section: Section, head: bytes) -> FieldKey:
        """The key that a head asks for, kept for the next field of the same head."""
        if len(head) != HEAD or head[0] != Fmt.FIELD:
            raise Refused
        field.require("case")
        generation, tag = int.from_bytes(head[1:], "big"), self.tag(section)
        if generation < self.state.floors.get((self.case_id, tag), 0):
            raise Refused
        key = FieldKey(self.section_key(section, generation), generation, field.number, self.case_id, tag)
        self._fields[field.number, section, head] = key
        return key

    def seal_audit(self, event_id: UUID, value: Value) -> bytes:
        """Seal the details of an event to those who can open this case."""
        return audit_seal.seal(
            self._audit_key(self.generation), self.generation, self.case_id, event_id, value
        )

    def open_audit(self, event_id: UUID, sealed: bytes | None) -> Value:
        """Open the details of an event.

        Raises:
            Refused: they do not open.
        """
        key = self._audit_key(blob.version_of(sealed, Fmt.AUDIT))
        return audit_seal.open_sealed(key, self.case_id, event_id, sealed)

    def _audit_key(self, generation: int) -> Secret:
        return kdf(self.key(generation), "audit", self.case_id)

    def __repr__(self) -> str:
        return f"CaseKeys({self.case_id}, generation {self.generation})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are never serialised")
