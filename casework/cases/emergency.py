"""The 72 hours as they are written down: exactly under the case's seal, to the hour beside it.

The job that ends them has no keys. What it goes by lies in plain columns, and it acts only on what the
record knows: the ids of two events follow from a token that the case's row shows while an emergency runs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from casework.cases.models import Case
from casework.vault.encoding import bound

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Emergency:
    """An emergency that runs, or has run out and was not settled.

    Attributes:
        ends_at: when what identifies the person goes again.
        section_id: the row that goes then.
        token: drawn for this emergency alone.
    """

    ends_at: datetime
    section_id: UUID
    token: UUID

    @property
    def hour(self) -> datetime:
        """The full hour after its end: all that the plain column says, and when the job may act."""
        return to_the_hour(self.ends_at)

    def claimed(self, case_id: UUID) -> UUID:
        """The id of the event that began it."""
        return _event("claimed", case_id, self.token, self.section_id, self.hour)

    def ended(self, case_id: UUID) -> UUID:
        """The id of the event that ended it, however it ended."""
        return _event("ended", case_id, self.token, self.section_id, self.hour)

    def fact(self) -> dict[str, str]:
        """As the statement of the case carries it."""
        return {
            "ends_at": self.ends_at.isoformat(),
            "section": str(self.section_id),
            "token": str(self.token),
        }


def from_fact(fact: Any) -> Emergency | None:
    """The emergency that a statement carries, if it carries one."""
    if not fact:
        return None
    ends_at = datetime.fromisoformat(fact["ends_at"])
    return Emergency(ends_at, UUID(fact["section"]), UUID(fact["token"]))


def from_columns(row: Case) -> Emergency | None:
    """The emergency that plain columns claim, to the hour; who writes to the database can write them too."""
    if row.exception_ends_at is None or row.exception_section_id is None or row.exception_token is None:
        return None
    return Emergency(row.exception_ends_at, row.exception_section_id, row.exception_token)


def to_columns(row: Case, emergency: Emergency | None) -> None:
    """Write what the job goes by; nothing, where no emergency runs."""
    row.exception_ends_at = emergency.hour if emergency else None
    row.exception_section_id = emergency.section_id if emergency else None
    row.exception_token = emergency.token if emergency else None


def in_columns(row: Case, emergency: Emergency | None) -> bool:
    """Whether the columns say this emergency."""
    wanted = (emergency.hour, emergency.section_id, emergency.token) if emergency else (None, None, None)
    return (row.exception_ends_at, row.exception_section_id, row.exception_token) == wanted


def to_the_hour(moment: datetime) -> datetime:
    """The full hour at or after a moment: what a plain column may say of it."""
    begun = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return begun if begun == moment else begun + HOUR


def _event(what: str, case_id: UUID, token: UUID, section_id: UUID, hour: datetime) -> UUID:
    place = bound(f"emergency {what}", case_id, token, section_id, hour.isoformat())
    return UUID(bytes=sha256(place).digest()[:16], version=4)
