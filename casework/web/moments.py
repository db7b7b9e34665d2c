"""When something happened, as a form says it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from casework import clock
from casework.cases import values


def typed_moment(found: Mapping[str, Any]) -> datetime:
    """The moment that was typed; noon of a day without a time; now, if nothing was.

    Args:
        found: answers of `config/entry.toml`.
    """
    if "when" not in found:
        return clock.now()
    noon = datetime.combine(date.fromisoformat(found["when"]["date"]), time(12), UTC)
    return values.moment(found["when"]) or noon
