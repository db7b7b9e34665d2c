"""What stands under the seals of a case's own rows.

Sections and called names are filled up to a common size before they are sealed: the vault's buckets
alone would show an empty section by its 32 bytes. All sections of a case have the size of its largest.

Answers are deflated before they are filled up: kinds that ask much, such as a sign with its source and day for
each of thirty items, would grow beyond the common size otherwise, and be told by it.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casework.errors import Refused
from casework.vault import CaseKeys, Section
from casework.vault.catalogue import SealedField, field

SECTION = field("case_section.body")
NAME = field("case.called")

#: Bytes up to which all sections look alike. Half of it would tell kinds that ask much from kinds that ask little.
_SECTION_FILL = 4_000
#: The same for names; the longest name that a form takes has 80 letters.
_NAME_FILL = 180


def size(values: Mapping[str, Any]) -> int:
    """The bytes that the answers of one section take, before they are filled up."""
    return len(_json(_deflated(values)))


def seal_section(
    keys: CaseKeys, row_id: UUID, section: Section, values: Mapping[str, Any], least: int
) -> bytes:
    """Seal the answers of one section to its row.

    Args:
        keys: of the case.
        row_id, section: where they belong.
        values: by stored key.
        least: the size that they are filled up to, at least: of the case's largest section.
    """
    return _seal(SECTION, keys, row_id, section, _deflated(values), max(least, _SECTION_FILL))


def open_section(keys: CaseKeys, row_id: UUID, section: Section, body: bytes) -> dict[str, Any]:
    """The answers of one section.

    Raises:
        Refused: they do not open.
    """
    return answers(keys.open(SECTION, row_id, section, body))


def answers(opened: Any) -> dict[str, Any]:
    """The answers of one section, of what lay under its seal: the desk opens it by the case's key, an ally by a grant.

    Raises:
        Refused: it is no section.
    """
    values: dict[str, Any] = json.loads(zlib.decompress(base64.b85decode(_inside(opened, str))))
    return values


def seal_name(keys: CaseKeys, name: str | None) -> bytes:
    """Seal the called name, or that there is none, to the case's own row."""
    return _seal(NAME, keys, keys.case_id, Section.HEADER, name or "", _NAME_FILL)


def open_name(keys: CaseKeys, body: bytes) -> str | None:
    """The called name; None where the person gave none.

    Raises:
        Refused: it does not open.
    """
    return _open(NAME, keys, keys.case_id, Section.HEADER, body, str) or None


def _seal(
    place: SealedField, keys: CaseKeys, row_id: UUID, section: Section, value: Any, least: int
) -> bytes:
    return keys.seal(place, row_id, section, {"is": value, "fill": " " * (least - len(_json(value)))})


def _deflated(values: Mapping[str, Any]) -> str:
    """Answers as a short text; what is authentic was deflated here, so nothing else is ever inflated."""
    return base64.b85encode(zlib.compress(_json(dict(values)), 6)).decode()


def _json(value: Any) -> bytes:
    """As it is sealed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _open(
    place: SealedField, keys: CaseKeys, row_id: UUID, section: Section, body: bytes, sort: type[Any]
) -> Any:
    return _inside(keys.open(place, row_id, section, body), sort)


def _inside(opened: Any, sort: type[Any]) -> Any:
    if not isinstance(opened, dict) or not isinstance(opened.get("is"), sort):
        raise Refused
    return opened["is"]
