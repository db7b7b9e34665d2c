"""Charts of released figures as they are drawn: directions, intervals, and what cannot be told."""

from datetime import date

import pytest
from flask_babel import force_locale

from casework.web import trends_over_time, trends_shown, ways
from tests.browser.look.pages.figures import release


@pytest.fixture
def said(app):
    """Words need a language, and a language a request."""
    with app.test_request_context("/"), force_locale("en"):
        yield


def test_in_a_drawing_each_sign_has_a_font_and_words_stay_words(said):
    words = ways.way(["Nepal <i>", "Malaysia"])
    assert words == "Nepal <i> → Malaysia"
    drawn = ways.drawn(f"Wages · {words}")
    assert drawn.count("<tspan") == 2
    assert "→" not in drawn
    assert "&lt;i&gt;" in drawn
    assert ways.way(["Nepal"]) == "Nepal"


def test_kinds_over_time_carry_their_intervals_and_say_where_there_are_too_few(said):
    newest, older = release("small", 230, date(2025, 7, 1)), release("small", 20, date(2024, 7, 1))
    series = trends_over_time.over_time([newest, older])
    cells = newest.parts["opening"].tables[0].cells
    first = series["charts"][0]
    assert first["last"] == f"{cells[0].count} ({cells[0].low}–{cells[0].high})"
    for chart in series["charts"]:
        heights = dict(chart["columns"])
        # The line over the interval begins above its column's head and ends below it.
        assert all(40 - top >= heights[place] >= 40 - top - tall for place, top, tall in chart["spans"])
    assert "too few" in series["lines"][0]
    assert "too few" not in series["lines"][1]
    assert trends_over_time.over_time([newest]) is None


def test_every_bar_and_every_indicator_has_a_sentence_with_interval_window_and_source(said):
    shown = trends_shown.whole(release("large", 2700, date(2026, 1, 1)))
    for table in shown["tables"]:
        assert len(table["quotes"]) == len(table["bars"])
    quotes = [sentence for table in shown["tables"] for sentence in table["quotes"]]
    quotes += [one["quote"] for one in shown["indicators"]]
    assert all("1 Jan 2026 to 31 Mar 2026" in one and shown["digest"] in one for one in quotes)
    assert all("not a sample" in one for one in quotes)
    assert all(one["between"] for one in shown["indicators"])
