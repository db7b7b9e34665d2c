"""The rules of time through the pages: whoever vouches for one has read all of it."""

from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from casework.deadlines import rules
from casework.web import dates_shown, languages
from tests.web.visitor import text

BIA, TERMS = "us.bia_appeal@30 days", "be.detention_terms@2 and 2 and 1 months"
TRIBUNAL, REVIEW, FLIGHT = (
    "gb.tribunal_claim@3 months",
    "ca.detention_review@48 hours, 7 and 30 days",
    "int.flight_stay@72 hours before",
)
LIMIT = "eu.detention_limit@directive"


@pytest.fixture
def luz(visit, world):
    return visit(world.luz)


@pytest.mark.parametrize(
    ("key", "sentences"),
    [
        (
            BIA,
            (
                "30 calendar days from: Decision told or sent",
                "Saturday, Sunday",
                "then the next working day",
                "received by then",
            ),
        ),
        (TERMS, ("2 months from: Detention began", "2 months · 1 month", "Released")),
        (
            TRIBUNAL,
            (
                "3 months from: Deduction made",
                "less one day",
                "not counted from ACAS told (Day A)",
                "at least 1 month left",
            ),
        ),
        (
            REVIEW,
            (
                "48 hours from",
                "7 calendar days · again and again: 30 calendar days",
                "Review of the detention held, Released",
            ),
        ),
        (FLIGHT, ("72 hours before: Flight", "of the place where it happened")),
        (
            "int.licence_complaint@before it ends",
            ("at the same time as: Licence or bond of the agency ends",),
        ),
        (LIMIT, ("added up three ways", "Detention extended: 12 months more")),
    ],
)
def test_a_rule_says_all_that_a_mark_is_bound_to(luz, key, sentences):
    rule = rules.load().by_key[key]
    said = " ".join(unescape(text(luz.get(luz.at(f"rules/{rule.digest}")).get_data(as_text=True))).split())
    for sentence in (*sentences, rule.version, rule.source):
        assert sentence in said


def test_every_rule_has_a_page_and_its_own_words(luz):
    pages = {text(luz.get(luz.at(f"rules/{rule.digest}")).get_data(as_text=True)) for rule in rules.load()}
    assert len(pages) == len(list(rules.load()))


def test_a_moment_stands_by_the_clock_of_its_place_and_of_the_desk(app, monkeypatch):
    """Ten in Toronto is the next day in Hong Kong: the day stands there too."""
    at = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    with app.test_request_context():
        monkeypatch.setattr(languages, "zone", lambda: "Asia/Hong_Kong")
        assert (
            dates_shown.there_and_here(at, "America/Toronto")
            == "Sun 22 Nov 2026, 12:00 (Mon 23 Nov 2026, 01:00 Hong Kong)"
        )
        assert dates_shown.there_and_here(at, "Asia/Singapore") == "Mon 23 Nov 2026, 01:00"
        assert dates_shown.there_and_here(at.astimezone(ZoneInfo("Asia/Qatar")), "Asia/Qatar").endswith(
            "(Mon 23 Nov 2026, 01:00 Hong Kong)"
        )
