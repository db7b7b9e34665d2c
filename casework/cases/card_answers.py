"""What a kind of case asks for its card: the answers by which lists filter, whatever kinds an installation has.

A code names the question, so that the same word under two questions stays two. Questions of health and whatever else
says `card = false` never come here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from casework.cases import kinds
from casework.cases.fields import Field, Type
from casework.cases.opening import OpenCase
from casework.cases.questions import stored_key
from casework.errors import Invalid
from casework.vault import Section

#: Answered with a code; a day is told as such, and money stands in a column of its own.
CODED = (Type.CHOICE, Type.ANSWER, Type.COUNTRY, Type.LANGUAGE)
_WRITTEN = re.compile(r"[A-Za-z0-9_/+.-]{1,40}")


def asked(kind: str) -> tuple[Field, ...]:
    """The questions of a kind that lists can filter by; none of a kind whose file was taken away."""
    try:
        found = kinds.get(kind).card_fields()
    except Invalid:
        return ()
    return tuple(field for field in found if field.type in (*CODED, Type.DATE))


def lead(kind: str, question: str) -> str:
    """What stands before the answer to a question of a kind."""
    return f"{stored_key(kind, question)}:"


def on_card(case: OpenCase) -> Iterator[str]:
    """What the card of a case says of these questions; a section that does not open says nothing.

    Args:
        case: opened by whoever saves it.
    """
    for kind in case.kinds:
        for field in asked(kind):
            stored = case.section(Section(field.section)).values.get(stored_key(kind, field.key))
            if (answer := _answer(field, stored)) is not None:
                yield f"{lead(kind, field.key)}{answer}"


def _answer(field: Field, stored: Any) -> str | None:
    """A code, or a day; what older versions of a question have stored otherwise is no filter."""
    if field.type is Type.DATE:
        stored = stored.get("date") if isinstance(stored, Mapping) else None
    return stored if isinstance(stored, str) and _WRITTEN.fullmatch(stored) else None
