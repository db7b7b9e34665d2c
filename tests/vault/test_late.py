"""Whose page it is: said by one installation, beside one session's form token, until an end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.drafts import writing
from casework.drafts.writing import Written
from casework.errors import Refused
from casework.vault import PersonKeys
from casework.vault.late import owner_of, owner_token
from casework.vault.session import csrf_token

ASHA = PersonKeys.create(UUID(int=1))
SERVER, COOKIE, FORM = b"s" * 32, b"c" * 32, "casework"
PAGE = UUID(int=7)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def token() -> str:
    return owner_token(SERVER, COOKIE, FORM, PAGE, ASHA, NOW + timedelta(hours=1))


def test_it_says_who_and_where_to_box():
    owner = owner_of(SERVER, csrf_token(COOKIE, FORM), PAGE, token(), NOW)
    assert (owner.user_id, owner.x_public) == (ASHA.user_id, ASHA.x_public)
    assert token() != token()


@pytest.mark.parametrize(
    ("server", "form_token", "page", "moment"),
    [
        (b"t" * 32, csrf_token(COOKIE, FORM), PAGE, NOW),
        (SERVER, csrf_token(b"d" * 32, FORM), PAGE, NOW),
        (SERVER, csrf_token(COOKIE, "another"), PAGE, NOW),
        (SERVER, "", PAGE, NOW),
        (SERVER, "é", PAGE, NOW),
        (SERVER, csrf_token(COOKIE, FORM), PAGE, NOW + timedelta(hours=1)),
        (SERVER, csrf_token(COOKIE, FORM), UUID(int=8), NOW),
    ],
    # Tokens are masked anew each time; processes that share the tests need names that stay.
    ids=["server", "session", "form", "none", "no token", "ended", "page"],
)
def test_nothing_else_fits(server, form_token, page, moment):
    with pytest.raises(Refused):
        owner_of(server, form_token, page, token(), moment)


@given(some.text(max_size=200))
def test_whatever_is_typed_in_its_place_is_refused(text):
    with pytest.raises(Refused):
        owner_of(SERVER, csrf_token(COOKIE, FORM), PAGE, text, NOW)


PLAIN = some.text(some.characters(exclude_categories=["Cs"]), max_size=300)


@given(some.dictionaries(PLAIN, some.lists(PLAIN, max_size=3), max_size=8))
def test_what_was_written_comes_back_in_one_of_few_sizes(texts):
    written = Written(UUID(int=3), "/desk/abcdef/cases/new", texts, "", NOW)
    packed = writing.pack(written)
    assert writing.unpack(packed) == written
    assert len(packed.encode()) + 5 in {4096 * 4**step for step in range(6)}


@given(some.recursive(some.none() | some.booleans() | some.integers() | PLAIN, some.lists, max_leaves=5))
def test_a_box_with_anything_else_in_it_is_refused(value):
    with pytest.raises(Refused):
        writing.unpack(value)
