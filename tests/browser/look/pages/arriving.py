"""Signing in, one-time links, one's own account, errors."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from casework.reminders.wishes import Wish
from casework.web import qr
from casework.web.forms import access
from casework.web.forms.reminders import Mail
from tests.browser.look.pages.register import shows

ERRORS = (
    "not_found", "forbidden", "invalid", "conflict", "refused", "too_large", "slow_down", "unforeseen",
)  # fmt: skip
for error in ERRORS:
    shows(f"errors/{error}", f"errors/{error}")(dict)


@shows("sign_in", "sign_in/sign_in", signed_out=True)
def sign_in() -> dict[str, Any]:
    return {"form": access.SignIn(), "problem": None}


@shows("sign_in/problem", "sign_in/sign_in", signed_out=True)
def sign_in_again() -> dict[str, Any]:
    return {
        "form": access.SignIn(),
        "problem": "That did not fit. Check the name, the passphrase and the code.",
    }


@shows("welcome/login", "welcome/login", signed_out=True)
def first_step() -> dict[str, Any]:
    return {"token": "t", "form": access.Found(), "setting_up": True}


@shows("welcome/keys", "welcome/keys", signed_out=True)
def second_step() -> dict[str, Any]:
    prepared = SimpleNamespace(
        login="sea-lily",
        passphrase="harvest lantern oblong quiet rivet thimble",
        totp_secret="JBSW Y3DP EHPK 3PXP",
    )
    return {
        "token": "t",
        "form": access.ConfirmJoining(),
        "prepared": prepared,
        "qr": qr.data_uri("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"),
    }


@shows("back/cards", "back/cards", signed_out=True)
def two_cards() -> dict[str, Any]:
    return {"form": access.Back(), "problem": None}


@shows("back/keys", "back/keys", signed_out=True)
def back_again() -> dict[str, Any]:
    mei = SimpleNamespace(user_id="m", name="Mei", role="coordinator", since=date(2030, 5, 4))
    asha = SimpleNamespace(user_id="a", name="Asha", role="volunteer", since=date(2030, 6, 1))
    opened = SimpleNamespace(desk="Harbour desk", people=[asha, mei], coordinators=[mei], register=False)
    form = access.ConfirmBack()
    form.who.choices = [("m", "Mei")]
    return second_step() | {"form": form, "opened": opened}


@shows("welcome/join", "welcome/join")
def join() -> dict[str, Any]:
    return {"token": "t"}


@shows("home/start", "home/start")
def start() -> dict[str, Any]:
    return {"waiting": None}


@shows("home/waiting", "home/start")
def waiting() -> dict[str, Any]:
    return {"waiting": SimpleNamespace(newcomer="48213 90577 16204", desk="77310 02946 58815")}


@shows("account", "account/account")
def account() -> dict[str, Any]:
    return {"open_sessions": 2, "ends_at": datetime(2031, 5, 4, 12, 0, tzinfo=UTC)}


@shows("reminders", "reminders/page")
def reminders() -> dict[str, Any]:
    form = Mail()
    form.offer(coordinator=True)
    form.begin(Wish("amina@example.org", "en", "Asia/Qatar", digest=True), "Asia/Qatar")
    address = "https://desk.example/calendar/en/" + "k" * 43 + ".ics"
    return {"since": date(2031, 5, 4), "address": address, "form": form, "mailed": True, "mail": "folder"}
