"""The answers of a case in the words of IOM's Human Trafficking Case Data Standard, for desks that count in it.

Only codes whose list says what they are in the standard are given; nothing is guessed. Source: HTCDS 2.0,
24 January 2023, as each list in config/codes names it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from casework import codes
from casework.cases import kinds
from casework.cases.fields import Field
from casework.errors import Invalid

VERSION = "2.0"
_KIND, _FACT = "trafficking", "htcds"
_ACTIVE = "Active"


def of(of_kinds: Iterable[str], status: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the standard calls this; empty for a case that is no trafficking case.

    Args:
        of_kinds: the kinds of the case.
        status: where the case stands.
        answers: by stored key.
    """
    if _KIND not in of_kinds:
        return {}
    named: dict[str, list[str]] = {}
    for key, value in answers.items():
        if found := _named(key, value):
            named[key] = found
    return {"version": VERSION, "case_status": _ACTIVE if status != "closed" else "Closed", "codes": named}


def _named(key: str, value: Any) -> list[str]:
    kind, dot, question = key.partition(".")
    if not dot or kind != _KIND:
        return []
    try:
        field: Field = kinds.get(kind).field(question)
    except Invalid:
        return []
    if not field.codes:
        return []
    listed = codes.load(field.codes)
    chosen = value if isinstance(value, list | dict) else [value]
    facts = (listed.code(one).facts.get(_FACT) for one in chosen if isinstance(one, str) and one in listed)
    return [str(one) for one in facts if one]
