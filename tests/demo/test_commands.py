"""The commands of the demo, as people type them."""

import stat

import sqlalchemy as sa

from casework import demo
from casework.cases.models import Case
from casework.db import db
from casework.demo import authenticators
from casework.demo.authenticators import FILE
from casework.demo.sources import table
from tests import factories

#: Cases of the small network, beside those that are asked for.
BESIDE = len(table("beside")["case"])


def run(app, *words):
    return app.test_cli_runner().invoke(args=["casework", "demo", *words])


def test_people_are_listed_with_what_they_sign_in_with(demo_app):
    said = run(demo_app, "people")
    assert said.exit_code == 0
    for line in demo.sign_ins():
        assert f"{line.login} " in said.output
        assert line.passphrase in said.output


def test_seed_makes_the_demo_and_codes_shows_its_codes(demo_app, demo_settings):
    assert run(demo_app, "codes").exit_code == 1
    made = run(demo_app, "seed", "--cases", "2")
    assert made.exit_code == 0, made.output
    assert "The demo is ready." in made.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 2 + BESIDE
    assert "nothing was made" in run(demo_app, "seed").output
    shown = run(demo_app, "codes")
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) == len(demo.sign_ins())
    assert stat.S_IMODE((demo_settings.instance / FILE).stat().st_mode) == 0o600


def test_a_database_of_real_people_is_not_served_as_a_demo(demo_app, demo_settings):
    factories.world()
    db.session.commit()
    for left in (None, {"mei": "A" * 32, "nobody": "A" * 32}):
        if left:
            authenticators.keep(demo_settings.instance, left)
        said = run(demo_app, "seed")
        assert said.exit_code == 1
        assert "not made by the demo" in said.output


def test_seed_says_why_it_does_not_fill_an_installation_that_is_no_demo(app):
    said = run(app, "seed")
    assert said.exit_code == 1
    assert "no demo" in said.output
