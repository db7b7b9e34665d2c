"""What a person says of themselves, in words; and which conventions other abuses may breach."""

from collections.abc import Mapping
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
    keys = {key for one in told for key in one.facts["breaches"]}
    named = [word("instruments", code.key) for code in codes.load("instruments") if code.key in keys]
    return "; ".join(one[1] for one in named if one)
