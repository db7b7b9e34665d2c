"""Every event of the record has words."""

from casework.audit.events import Event
from casework.web.events_shown import _WORDS


def test_every_event_has_words():
    assert set(Event) == set(_WORDS)
