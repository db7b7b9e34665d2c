"""Settings that would hurt people are refused, in words, before anything is served."""

import os
import runpy
from pathlib import Path

import pytest

from casework.demo import authenticators
from casework.settings import ROOT, Settings, UnsafeSettings, make_secrets, refuse_demo_people


def made(folder: Path, **changes) -> Settings:
    given = {
        "profile": "development",
        "database_url": "sqlite://",
        "redis_url": "unix:///nowhere",
        "peppers": {1: os.urandom(32)},
        "secret": os.urandom(32),
        "instance": folder,
        "hosts": ("desk.example.org",),
    }
    return Settings(**(given | changes))


@pytest.mark.parametrize("host", ["0.0.0.0", "desk.example.org", "192.0.2.7"])  # noqa: S104 - what is refused
@pytest.mark.parametrize("profile", ["development", "testing", "production"])
def test_cookies_without_secure_stay_on_loopback(tmp_path, host, profile):
    with pytest.raises(UnsafeSettings, match="behind HTTPS"):
        made(tmp_path, profile=profile, host=host, secure_cookies=False)
    made(tmp_path, profile=profile, host=host)


def test_cookies_without_secure_do_not_go_through_a_proxy(tmp_path):
    made(tmp_path, secure_cookies=False)
    with pytest.raises(UnsafeSettings, match="behind HTTPS"):
        made(tmp_path, secure_cookies=False, trusted_proxies=1)


@pytest.mark.parametrize("profile", ["development", "production"])
def test_quick_passphrase_work_is_for_tests(tmp_path, profile):
    with pytest.raises(UnsafeSettings, match="quick_argon2"):
        made(tmp_path, profile=profile, quick_argon2=True)


def test_a_folder_with_the_demos_people_is_served_as_a_demo_only(tmp_path):
    refuse_demo_people(made(tmp_path))
    authenticators.keep(tmp_path, {"mei": "A" * 32})
    refuse_demo_people(made(tmp_path, demo=True))
    with pytest.raises(UnsafeSettings, match="holds the demo"):
        refuse_demo_people(made(tmp_path))


def test_the_server_asks_before_it_opens_its_door(tmp_path, monkeypatch):
    make_secrets(tmp_path)
    monkeypatch.setenv("CASEWORK_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    served = str(ROOT / "deploy" / "gunicorn.conf.py")
    assert runpy.run_path(served)["bind"].startswith("127.0.0.1")
    authenticators.keep(tmp_path, {"mei": "A" * 32})
    with pytest.raises(UnsafeSettings, match="holds the demo"):
        runpy.run_path(served)
    monkeypatch.setenv("CASEWORK_DEMO", "1")
    runpy.run_path(served)


def test_a_real_installation_says_its_name(tmp_path):
    with pytest.raises(UnsafeSettings, match="CASEWORK_HOSTS"):
        made(tmp_path, profile="production", hosts=("localhost",))
    assert "desk.example.org" in made(tmp_path, profile="production", hosts=("desk.example.org",)).names
