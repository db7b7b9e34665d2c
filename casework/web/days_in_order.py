"""Days of a form that follow one another: who enters a certificate before its conciliation hears so beside it."""

from collections.abc import Iterator

from casework.cases import values
from casework.cases.asking import Asked
from casework.cases.fields import Field
from casework.cases.values import Texts
from casework.deadlines import happenings
from casework.deadlines.starts import DATES
from casework.errors import Invalid


def problems(group: Asked, texts: Texts, rows: object) -> Iterator[tuple[str, Invalid]]:
    """What lies before the event that it follows, by the input of its day.

    Args:
        group: the questions of a form that belong together.
        texts: everything that was typed.
        rows: what was read for the group of days, if it was asked.
    """
    asked = next((field for field in group.fields if field.key == DATES and not group.prefix), None)
    if asked is None or not rows:
        return
    numbers = list(_filled(asked, texts))
    for place, wrong in happenings.too_early(rows):
        yield f"{values.row_prefix(DATES, numbers[place])}at", wrong


def _filled(asked: Field, texts: Texts) -> Iterator[int]:
    """The numbers of the rows in which something was typed: the others were left out when they were read."""
    for number in values.row_numbers(texts, DATES):
        if values.read(asked.fields, texts, values.row_prefix(DATES, number)).values:
            yield number
