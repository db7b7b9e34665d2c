"""Codes of the demo's people, out of a file for their owner's eyes only."""

import stat
from datetime import UTC, datetime

import pyotp
import pytest

from casework import clock
from casework.demo import authenticators
from casework.errors import NotFound

NOON = datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)


def test_codes_are_those_of_an_authenticator_app(tmp_path):
    secret = pyotp.random_base32()
    authenticators.keep(tmp_path, {"mei": secret})
    with clock.at(NOON):
        (one,) = authenticators.codes(tmp_path)
    assert one.code == pyotp.TOTP(secret).at(NOON)
    assert one.seconds == 20
    assert str(one).split() == ["mei", one.code[:3], one.code[3:], "(20", "seconds)"]


def test_the_file_is_replaced_and_belongs_to_its_owner_alone(tmp_path):
    (tmp_path / f"{authenticators.FILE}.new").write_text("left behind by a killed run")
    for secret in (pyotp.random_base32(), pyotp.random_base32()):
        authenticators.keep(tmp_path, {"mei": secret})
    assert [path.name for path in tmp_path.iterdir()] == [authenticators.FILE]
    assert stat.S_IMODE((tmp_path / authenticators.FILE).stat().st_mode) == 0o600
    assert secret in (tmp_path / authenticators.FILE).read_text()


def test_where_no_demo_was_made_there_are_no_codes(tmp_path):
    with pytest.raises(NotFound):
        authenticators.codes(tmp_path)
