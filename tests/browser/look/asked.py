"""The real questions of the data files, as the product's forms ask them."""

from typing import Any

from casework.cases import kinds
from casework.web import questions


def of_section(kind: str, section: str) -> list[dict[str, Any]]:
    """One section of one kind, as a block of its edit form."""
    of = kinds.get(kind)
    return [{"title": of.title, "questions": questions.ask(of.fields(section=section))}]
