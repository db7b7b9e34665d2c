"""What a case keeps only until it is closed (`kept = "closing"` in the files of questions) goes when it is closed.

Nobody has to remember it: health, fear of a return, a safety plan and what somebody says of themselves are needed
while somebody works on the case, and would only wait for a thief afterwards.
"""

from collections.abc import Iterator

from casework.cases import kinds, legal_status, sections
from casework.cases.fields import Field
from casework.cases.opening import OpenCase, State
from casework.errors import Invalid
from casework.vault import Section

_UNTIL_CLOSED = "closing"


def goes(case: OpenCase) -> list[tuple[Section, str, Field]]:
    """The answers that go when this case is closed: section, stored key, question."""
    return [(section, key, field) for section in Section for key, field in _of(case, section)]


def let_go(case: OpenCase) -> None:
    """Take them out of a case that is held and being closed, and the status that a legal step had needed."""
    for section in Section:
        if gone := dict.fromkeys(key for key, _ in _of(case, section)):
            sections.put(case, section, gone)
    legal_status.end(case)


def _of(case: OpenCase, section: Section) -> Iterator[tuple[str, Field]]:
    seen = case.section(section)
    if seen.state is not State.OPEN:
        return
    for key in seen.values:
        field = asked(key)
        if field is not None and field.section == section.value and field.kept == _UNTIL_CLOSED:
            yield key, field


def asked(key: str) -> Field | None:
    """The question of a stored answer; None where no file asks it any more, or it is no answer."""
    kind, dot, question = key.partition(".")
    try:
        if dot:
            return kinds.get(kind).field(question)
    except Invalid:
        return None
    return next((field for field in kinds.common() if field.key == key), None)
