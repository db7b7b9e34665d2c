"""Rows of a repeating question, added and taken out by buttons that send the whole form.

So it works without JavaScript and loses nothing that was typed in the other rows.
"""

import re
from collections.abc import Mapping

from casework.cases import values
from casework.cases.values import Texts


def rearranged(form: Mapping[str, object], texts: Texts) -> Texts | None:
    """The form's texts after its `add` or `remove` button; None when another button was pressed.

    Args:
        form: as it was sent, for the button.
        texts: everything that was typed.
    """
    if isinstance(name := form.get("add"), str):
        return _numbered(texts, name) | {f"{name}-{len(values.row_numbers(texts, name))}-": ""}
    if isinstance(row := form.get("remove"), str) and (
        match := re.fullmatch(r"(.+)-(\d{1,4})", row, re.ASCII)
    ):
        return _numbered(_without(_numbered(texts, match[1]), match[1], int(match[2])), match[1])
    return None


def _numbered(texts: Texts, name: str) -> Texts:
    """The rows of one question, numbered from 0 without gaps, as the page shows them."""
    places = {number: place for place, number in enumerate(values.row_numbers(texts, name))}
    return {_renamed(key, name, places): value for key, value in texts.items()}


def _renamed(key: str, name: str, places: Mapping[int, int]) -> str:
    match = re.match(rf"{re.escape(name)}-(\d{{1,4}})-", key, re.ASCII)
    if match is None:
        return key
    return f"{values.row_prefix(name, places[int(match[1])])}{key[match.end() :]}"


def _without(texts: Texts, name: str, number: int) -> Texts:
    return {key: value for key, value in texts.items() if not key.startswith(values.row_prefix(name, number))}
