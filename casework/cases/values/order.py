"""Days that cannot come before another: an end before its beginning is said beside the end, and nothing is lost."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from casework.cases.fields import Field
from casework.cases.values.moments import moment
from casework.errors import Invalid, Label


def complaints(fields: Iterable[Field], values: Mapping[str, Any], prefix: str) -> Iterator[Invalid]:
    """The days that lie before the one which they must follow, each naming its input.

    Args:
        fields: asked side by side.
        values: what was read for them, by key.
        prefix: what the form puts before each key.
    """
    by_key = {field.key: field for field in fields}
    for later in (field for field in by_key.values() if field.after in by_key):
        earlier = by_key[later.after]
        if _before(values.get(later.key), values.get(earlier.key)):
            raise_at = f"{prefix}{later.key}"
            yield Invalid(
                "This lies before “%(earlier)s”. Look at both days.", raise_at, earlier=Label(earlier.label)
            )


def _before(later: Any, earlier: Any) -> bool:
    """Whether one day lies wholly before another; what is only roughly known is never refused for its roughness."""
    if not (later and earlier and later.get("date") and earlier.get("date")):
        return False
    if later.get("time") and earlier.get("time"):
        one, other = moment(later), moment(earlier)
        return one is not None and other is not None and one < other
    return _last(later) < date.fromisoformat(earlier["date"])


def _last(value: Mapping[str, Any]) -> date:
    """The last day that a value may mean; of what is approximate, one far away."""
    day = date.fromisoformat(value["date"])
    spans = {"month": 31, "year": 366, "approx": 366}
    return day + timedelta(days=spans.get(value.get("precision", "day"), 0))
