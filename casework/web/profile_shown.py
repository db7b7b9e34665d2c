"""What a person says of themselves, in words; and which conventions other abuses may breach."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework import codes
from casework.web.cases_shown import word


def breached(stored: Mapping[str, Any]) -> str:
    """The conventions that the abuses of a profile may breach, each once, in the order of their list.

    Args:
        stored: the answers of the profile section; codes that are gone from the list say nothing.
    """
    listed = codes.load("abuses")
    told = [listed.codes[one] for one in stored.get("abuses") or () if one in listed]
    return _named(key for one in told for key in one.facts["breaches"])


def breached_by(found: Iterable[str]) -> str:
    """The conventions that kinds of case may breach, each once; nothing for a kind of which the list does not know."""
    listed = codes.load("kind_breaches")
    told = [listed.codes[one] for one in found if one in listed]
    return _named(key for one in told for key in one.facts["breaches"])


def _named(keys: Iterable[str]) -> str:
    wanted = set(keys)
    named = [word("instruments", code.key) for code in codes.load("instruments") if code.key in wanted]
    return "; ".join(one[1] for one in named if one)
