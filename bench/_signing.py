"""Signing in with the work that real passphrases cost, beside that work alone."""

import os
import statistics
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bench._filled import Filled
from bench._rows import Row, row, took
from casework import clock
from casework.access.policy import Role
from casework.app import create_app
from casework.db import db
from casework.vault.slot import STRONG
from casework.vault.totp import STEP_SECONDS
from tests import factories
from tests.factories import PASSPHRASE, Human
from tests.factories.worlds import join
from tests.web.visitor import Visitor

ROUNDS = 9


def measure(filled: Filled) -> Row:
    """From the form that is sent to the session that is open; each with a fresh code, so time moves on."""
    app = create_app(replace(filled.settings, quick_argon2=False))
    with app.app_context():
        lena = _newcomer(filled)
        db.session.commit()
    times, start = list[tuple[float, float]](), clock.now()
    for number in range(1, ROUNDS + 1):
        with clock.at(start + timedelta(seconds=STEP_SECONDS * number)):
            visitor = Visitor(app.test_client())
            visitor.get("/sign-in")
            sent = {"login": lena.login, "passphrase": PASSPHRASE, "code": lena.code()}
            times.append((took(lambda: _enter(visitor, sent)), took(_work)))  # noqa: B023 - called at once
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    return row("sign-in vs raw Argon2id of the same cost", ours, theirs, "ms", ROUNDS)


def _newcomer(filled: Filled) -> Human:
    """Somebody at the desk whose slot was made with the real cost."""
    lena = factories.human("lena", "Lena")
    join(filled.world.mei, filled.world.network_id, lena, Role.VOLUNTEER)
    join(filled.world.mei, filled.world.host_id, lena, Role.VOLUNTEER)
    lena.keep()
    return lena


def _enter(visitor: Visitor, sent: dict[str, str]) -> None:
    assert visitor.post("/sign-in", sent).status_code == 302  # noqa: PLR2004 - on to the day


def _work() -> None:
    work = Argon2id(
        salt=os.urandom(16),
        length=32,
        iterations=STRONG.iterations,
        lanes=STRONG.lanes,
        memory_cost=STRONG.memory_kib,
    )
    work.derive(PASSPHRASE.encode())
