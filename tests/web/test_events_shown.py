"""Every event of the record has words."""

import re

from casework import codes
from casework.audit.events import Event
from casework.settings import ROOT
from casework.web.events_shown import _WORDS, parts

#: What the source says of the part that is opened.
_OPENED = re.compile(r"SECTION_OPENED, case=[\w.]+, section=\"(\w+)\"")


def test_every_event_has_words():
    assert set(Event) == set(_WORDS)


def test_every_part_that_is_opened_has_words(app):
    source = "".join(path.read_text("utf-8") for path in (ROOT / "casework").rglob("*.py"))
    opened = set(_OPENED.findall(source))
    assert {"outside", "organising", "stories"} <= opened
    with app.test_request_context():
        assert not opened - set(parts()) - {code.key for code in codes.load("sections")}
