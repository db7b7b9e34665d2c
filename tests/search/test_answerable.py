"""Those who are answerable are found as they are remembered: misspelt, in another script, by the end of a number."""

from uuid import uuid4

import pytest

from casework.respondents.records import Answerable
from casework.respondents.register import Register
from casework.search import answerable


def entry(name, **answers):
    return Answerable(uuid4(), "recruiter", name, "NP", answers)


GULF = entry("Gulf Manpower Services", aliases="الخليج للتوظيف", licences=[{"number": "1182/067-68"}])
BRIDGE = entry(
    "Golden Bridge Overseas", phones=[{"phone": {"written": "+977 1 4412345", "digits": "97714412345"}}]
)
EVEREST = entry("Mount Everest Recruitment", aliases="सगरमाथा\nEverest HR")
EVERYBODY = Register((GULF, BRIDGE, EVEREST), 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gulf Man Power", GULF),
        ("golf manpawer", GULF),
        ("الخليج للتوظيف", GULF),
        ("1182/067-68", GULF),
        ("goldin bridg oversees", BRIDGE),
        ("4412345", BRIDGE),
        ("Sagarmatha", EVEREST),
        ("everst recruitmant", EVEREST),
    ],
)
def test_found_as_it_is_remembered(text, found):
    assert [likely.one for likely in answerable.find(EVERYBODY, text)][:1] == [found]


def test_nothing_is_found_by_nothing_and_in_an_empty_register():
    assert answerable.find(EVERYBODY, "  ") == ()
    assert answerable.find(Register((), 0), "Gulf") == ()


def test_what_may_be_entered_already_is_offered_and_itself_is_not():
    assert [likely.one for likely in answerable.alike(EVERYBODY, ["Golf Manpower Services"])] == [GULF]
    assert answerable.alike(EVERYBODY, GULF.names, GULF) == ()
    assert answerable.alike(EVERYBODY, ["Himalayan Tea House"]) == ()
