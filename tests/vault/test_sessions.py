"""Sessions: nothing opens without the cookie, and nothing with another one."""

import base64
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import Secret, session

COOKIE, OTHER = session.new_secret(), session.new_secret()
ROOT, USER, END = Secret.random(), uuid.uuid4(), datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_root_opens_for_its_cookie_user_and_end_only():
    sealed = session.seal_root(COOKIE, ROOT, USER, END)
    assert session.open_root(COOKIE, sealed, USER, END) == ROOT
    for secret, blob, user, end in (
        (OTHER, sealed, USER, END),
        (COOKIE, sealed, uuid.uuid4(), END),
        (COOKIE, sealed, USER, END + timedelta(seconds=1)),
        (COOKIE, None, USER, END),
        (COOKIE, sealed[:-1], USER, END),
        (COOKIE, sealed[:4] + b"\2" + sealed[5:], USER, END),
    ):
        with pytest.raises(Refused):
            session.open_root(secret, blob, user, end)


def test_the_server_keeps_a_hash_that_opens_nothing():
    sealed = session.seal_root(COOKIE, ROOT, USER, END)
    assert session.sid_of(COOKIE) != COOKIE
    with pytest.raises(Refused):
        session.open_root(session.sid_of(COOKIE), sealed, USER, END)


@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_kept_opens_under_its_name_only(data, name):
    sealed = session.seal_kept(COOKIE, name, data)
    assert session.open_kept(COOKIE, name, sealed) == data
    for secret, other in ((OTHER, name), (COOKIE, name + "x")):
        with pytest.raises(Refused):
            session.open_kept(secret, other, sealed)


def test_what_is_kept_is_no_root():
    kept = session.seal_kept(COOKIE, "session", ROOT.expose())
    with pytest.raises(Refused):
        session.open_root(COOKIE, kept, USER, END)
    with pytest.raises(Refused):
        session.open_kept(COOKIE, "session", session.seal_root(COOKIE, ROOT, USER, END))


def test_a_form_token_is_new_each_time_and_good_for_its_form_and_session():
    tokens = {session.csrf_token(COOKIE, "form") for _ in range(50)}
    assert len(tokens) == 50
    for token in tokens:
        assert session.csrf_valid(COOKIE, "form", token)
        assert not session.csrf_valid(COOKIE, "other", token)
        assert not session.csrf_valid(OTHER, "form", token)


@given(st.text(max_size=100))
def test_no_other_text_is_a_form_token(text):
    assert not session.csrf_valid(COOKIE, "form", text)


def test_a_changed_form_token_is_none():
    raw = base64.urlsafe_b64decode(session.csrf_token(COOKIE, "form"))
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert not session.csrf_valid(COOKIE, "form", base64.urlsafe_b64encode(changed).decode())
