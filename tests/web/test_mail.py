"""Asking for mail through the page: what is wrong is said beside its field, and what is kept can be ended."""

import pytest
from sqlalchemy import select

from casework.db import db
from casework.reminders.models import Letter, Reminder
from tests.web.visitor import text

ADDRESS = "asha@example.org"


def ask(visitor, **changes):
    visitor.get(visitor.at("reminders/"))
    sent = {"address": ADDRESS, "zone": "Asia/Qatar", "quiet_from": "21", "quiet_until": "7"} | changes
    return visitor.post(visitor.at("reminders/mail"), sent)


def counts(app):
    with app.app_context():
        found = [len(db.session.scalars(select(table)).all()) for table in (Reminder, Letter)]
        db.session.rollback()
        return found


def test_it_is_kept_and_shown_again_and_a_first_mail_is_written(asha, app):
    assert ask(asha).status_code == 302
    asha.get(asha.at("reminders/"))
    assert f'value="{ADDRESS}"' in asha.last
    assert counts(app) == [1, 1]
    assert ask(asha, quiet_from="23").status_code == 302
    assert counts(app) == [1, 1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": ""}, "Please answer this one."),
        ({"address": "asha"}, "no address that mail can reach"),
        ({"address": "asha@example.org, mei@example.org"}, "no address that mail can reach"),
        ({"address": "asha@example.org\r\nBcc: mei@example.org"}, "no address that mail can reach"),
        ({"address": "a" * 120 + "@example.org"}, "Field cannot be longer"),
        ({"zone": ""}, "Please answer this one."),
        ({"zone": "Nowhere/City"}, "Not a valid choice"),
        ({"quiet_from": "25"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(asha, app, wrong, said):
    answer = ask(asha, **wrong)
    assert answer.status_code == 422
    assert said in text(asha.last)
    assert ("address" in wrong) or f'value="{ADDRESS}"' in asha.last
    assert counts(app) == [0, 0]


def test_a_volunteer_gets_no_digest_of_the_desk(asha, visit, world):
    asha.get(asha.at("reminders/"))
    assert 'name="digest"' not in asha.last
    mei = visit(world.mei)
    mei.get(mei.at("reminders/"))
    assert 'name="digest"' in mei.last
    assert ask(mei, digest="y").status_code == 302
    mei.get(mei.at("reminders/"))
    assert "checked" in mei.last


def test_whoever_asks_for_no_more_mail_leaves_no_address(asha, app):
    ask(asha)
    asha.get(asha.at("reminders/"))
    assert asha.post(asha.at("reminders/mail/end")).status_code == 302
    assert counts(app) == [0, 0]


def test_a_demo_or_a_laptop_says_that_it_writes_to_nobody(asha):
    asha.get(asha.at("reminders/"))
    assert "This installation writes to nobody" in text(asha.last)
