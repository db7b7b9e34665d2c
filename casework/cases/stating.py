"""The statement of a case, kept beside its row: read at every opening, sealed anew at every save.

It carries the plain columns that people and pages rely on, so that changing one of them changes nothing
but what is noticed. See `casework.vault.statement` for what it says of sections and rows.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from casework import clock
from casework.cases import emergency as emergencies
from casework.cases.emergency import Emergency
from casework.cases.models import Case
from casework.vault import CaseKeys, Section
from casework.vault.catalogue import field

_BODY = field("case.statement")
#: The key of the emergency among the facts.
_EMERGENCY = "emergency"
#: Statements up to this size look alike, whatever they say.
_FILL = 1_900

_IDS, _DAYS = ("primary_id", "backup_id"), ("opened_on", "changed_on")
COLUMNS = ("ref", "status", *_IDS, *_DAYS)


def read(keys: CaseKeys, row: Case) -> None:
    """Open the statement of a case that was just loaded.

    Raises:
        Refused: it does not open, or there is none.
    """
    keys.statement.read(keys.open(_BODY, keys.case_id, Section.HEADER, row.statement))


def keep(keys: CaseKeys, row: Case) -> None:
    """Seal what is true now, at the end of a change."""
    statement = keys.statement
    statement.facts |= {name: _said(getattr(row, name)) for name in COLUMNS}
    statement.close()
    value = statement.value()
    size = len(json.dumps(value))
    row.statement = keys.seal(_BODY, keys.case_id, Section.HEADER, {**value, "fill": " " * (_FILL - size)})


def emergency(keys: CaseKeys) -> Emergency | None:
    """The emergency of a case, as it was sealed."""
    return emergencies.from_fact(keys.statement.facts.get(_EMERGENCY))


def put_emergency(keys: CaseKeys, row: Case, begun: Emergency | None) -> None:
    """Write down that an emergency runs, or none: under the seal, and where the job looks."""
    keys.statement.facts[_EMERGENCY] = begun.fact() if begun else None
    emergencies.to_columns(row, begun)


def differing(keys: CaseKeys, row: Case) -> list[str]:
    """The plain columns that do not say what was last saved; somebody else wrote them."""
    facts = _true(keys)
    found = [name for name in COLUMNS if _said(getattr(row, name)) != facts.get(name)]
    return found if _emergency_fits(keys, row) else [*found, "exception_ends_at"]


def _true(keys: CaseKeys) -> dict[str, Any]:
    """What the statement says, as far as the signed chain of the desk still knows the workers.

    A coordinator who lets somebody go hands over restricted cases as well, which they cannot open to say so there.
    """
    facts, members = keys.statement.facts, keys.state.members
    pair = [facts.get(name) for name in _IDS]
    if all(who is None or UUID(who) in members for who in pair):
        return facts
    left = [who for who in pair if who is not None and UUID(who) in members]
    return facts | dict(zip(_IDS, [*left, None, None], strict=False))


def _emergency_fits(keys: CaseKeys, row: Case) -> bool:
    """After its end the job may have been here, which has no keys to say so."""
    running = emergency(keys)
    if running is not None and running.ends_at <= clock.now() and emergencies.in_columns(row, None):
        return True
    return emergencies.in_columns(row, running)


def restore(keys: CaseKeys, row: Case, names: list[str], *, held: bool) -> None:
    """Take the sealed word for columns that differ; a case that is held for a change keeps it so.

    Args:
        keys, row: the case.
        names: what `differing` found.
        held: whether it is being changed. Somebody who only reads writes nothing.
    """
    for name in names:
        if name in COLUMNS:
            _set(row, name, _meant(name, _true(keys).get(name)), held=held)
        else:
            true = Case()
            emergencies.to_columns(true, emergency(keys))
            for column in ("exception_ends_at", "exception_section_id", "exception_token"):
                _set(row, column, getattr(true, column), held=held)


def _set(row: Case, name: str, value: Any, *, held: bool) -> None:
    if held:
        setattr(row, name, value)
    else:
        set_committed_value(row, name, value)


def _said(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _meant(name: str, said: str | None) -> Any:
    if said is None or name not in (*_IDS, *_DAYS):
        return said
    return UUID(said) if name in _IDS else date.fromisoformat(said)
