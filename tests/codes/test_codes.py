import re
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from babel import Locale

from casework import codes
from casework.cases import kinds
from casework.cases.values import Voice, label
from casework.errors import Invalid

HOUSE = codes.names()
ENGLISH = Voice(Locale("en"), str)
SOURCES = Path(codes.__file__).parent

GOOD = """
title = "Colours"
source = "The painter"
source_date = "2019-03"
checked_on = 2026-01-31
codes = [{ key = "red", label = "Red", help = "As blood.", warm = true }, { key = "blue", label = "Blue" }]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "colours.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", HOUSE)
def test_every_list_says_where_it_comes_from_and_names_its_codes(name):
    listed = codes.load(name)
    assert listed.name == name
    assert listed.source
    assert listed.checked_on <= date(2100, 1, 1)
    for code in listed:
        assert label(listed, code.key, ENGLISH), code.key
        # Where nothing names a code, its bare key would be shown; only three-letter codes are names themselves.
        assert code.label or label(listed, code.key, ENGLISH) != code.key or code.key == "UTC", code.key


def test_a_list_is_read_once_and_keeps_its_order():
    listed = codes.load("risk")
    assert listed is codes.load("risk")
    assert [code.key for code in listed] == ["emergency", "high", "medium", "low"]
    assert [listed.order(key) for key in ("emergency", "low")] == [0, 3]
    assert listed.pairs()[0] == ("emergency", listed.label("emergency"))


def test_nothing_can_be_changed_while_running():
    with pytest.raises(TypeError):
        codes.load("risk").codes["worse"] = codes.Code("worse")
    with pytest.raises(TypeError):
        codes.load("risk").code("low").facts["response_hours"] = 1
    with pytest.raises(AttributeError):
        codes.load("risk").title = "Danger"


@pytest.mark.parametrize("ask", ["label", "order", "code"])
def test_an_unknown_code_is_invalid(ask):
    with pytest.raises(Invalid):
        getattr(codes.load("risk"), ask)("horrible")
    assert "horrible" not in codes.load("risk")


def test_response_times():
    risk = codes.load("risk")
    assert [risk.fact(c.key, "response_hours") for c in risk] == [1, 24, 72, 168]


@pytest.mark.parametrize(
    ("currencies", "exponent"),
    [
        ("JPY KRW VND XOF XAF UGX RWF PYG CLP ISK", 0),
        ("USD EUR GBP NPR BDT INR PHP IDR MYR SGD HKD AED SAR QAR LBP PKR ETB MMK LAK IRR", 2),
        ("KWD BHD OMR TND JOD IQD LYD", 3),
    ],
)
def test_exponents_are_those_of_the_standard(currencies, exponent):
    listed = codes.load("currencies")
    assert {listed.fact(c, "exponent") for c in currencies.split()} == {exponent}


def test_every_currency_has_an_exponent():
    assert all(c.facts["exponent"] in (0, 2, 3) for c in codes.load("currencies"))


def test_countries_are_those_of_iso_and_kosovo():
    countries = codes.load("countries")
    assert len(countries) == 249 + 1
    assert all(re.fullmatch("[A-Z]{2}", c.key) for c in countries)


def test_languages_are_tags_and_zones_are_zones():
    assert all(
        re.fullmatch("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", c.key) for c in codes.load("languages")
    )
    assert {c.key for c in codes.load("zones")} <= available_timezones()


def test_a_case_moves_only_to_where_there_is_something():
    statuses = codes.load("statuses")
    for code in statuses:
        assert code.key not in code.facts["moves"]
        assert all(move in statuses for move in code.facts["moves"])
    assert [c.key for c in statuses if c.facts.get("reopening")] == ["closed"]
    assert all("closed" in c.facts["moves"] for c in statuses if c.key != "closed")
    assert all("contact" not in c.facts["moves"] for c in statuses)


def test_status_and_reasons_map_to_the_four_codes_of_htcds():
    told = {c.facts["htcds"] for name in ("statuses", "closing_reasons") for c in codes.load(name)}
    assert told == {"Active", "FollowUp", "Closed", "ClosedReferred"}


def test_deportation_is_never_a_success():
    reasons = codes.load("closing_reasons")
    assert not any("resolved" in f"{c.key} {c.label} {c.help}".casefold() for c in reasons)
    assert reasons.fact("deported", "monitored") is True


def test_no_consent_covers_everything_and_disclosures_run_out():
    purposes = codes.load("consent_purposes")
    assert not {"all", "everything", "any"} & set(purposes.codes)
    assert all(c.facts["expires_days"] == 90 for c in purposes if c.facts.get("recipient"))


def test_those_beside_whom_no_consent_counts():
    present = codes.load("present")
    refused = {c.key for c in present if not c.facts["allowed"]}
    assert {"employer", "agent", "spouse", "controller"} <= refused
    assert not codes.load("interpreter_kinds").fact("employer", "allowed")


def test_shapes_of_custody_numbers_can_be_tried():
    for code in codes.load("custody_numbers"):
        assert re.compile(code.facts.get("pattern", ""))


def test_the_eleven_indicators():
    assert len(codes.load("ilo_indicators")) == 11


def test_all_lists_that_the_code_asks_for_are_there():
    asked = {
        name
        for path in SOURCES.rglob("*.py")
        for name in re.findall(r'codes\.load\("([a-z_]+)"\)', path.read_text("utf-8"))
    }
    assert "sections" in asked, "the pattern above no longer finds anything"
    assert asked <= set(HOUSE)


def test_a_good_file(tmp_path):
    listed = codes.read(written(tmp_path, GOOD))
    assert listed.fact("red", "warm") is True
    assert listed.fact("blue", "warm", False) is False
    assert listed.code("red").help == "As blood."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title", "titel"), "add title"),
        (('source = "The painter"', ""), "add source"),
        (("2026-01-31", '"2026-01-31"'), "without quotes"),
        (("2019-03", "March 2019"), "source_date"),
        (('key = "blue"', 'key = "red"'), "twice"),
        (('key = "blue"', 'key = "blue sky"'), "cannot be a key"),
        (('{ key = "blue", label = "Blue" }', '"blue"'), "needs a label"),
        (("codes = [", 'named_by = "painter"\ncodes = ['), "named_by"),
        (("codes = [", "colour = 1\ncodes = ["), "colour"),
        (('"Colours"', '"Colours'), "not TOML"),
    ],
)
def test_a_bad_file_says_what_to_do(tmp_path, change, said):
    with pytest.raises(codes.Broken, match=r"colours\.toml") as caught:
        codes.read(written(tmp_path, GOOD.replace(*change)))
    assert said in str(caught.value)


def test_a_missing_or_empty_list(tmp_path):
    with pytest.raises(codes.Broken, match="no such list"):
        codes.load("colours_of_the_sea")
    with pytest.raises(codes.Broken, match="at least one"):
        codes.read(written(tmp_path, re.sub(r"codes = \[.*", "codes = []", GOOD)))


@pytest.mark.parametrize("listed", ["abuses", "kind_breaches"])
def test_every_abuse_names_conventions_that_are_listed(listed):
    instruments = codes.load("instruments")
    for code in codes.load(listed):
        assert code.facts["breaches"]
        assert all(key in instruments for key in code.facts["breaches"]), code.key


def test_every_kind_of_this_house_says_what_it_may_breach():
    titles = {one.key: one.title for one in kinds.all()}
    assert {one.key: one.label for one in codes.load("kind_breaches")} == titles


def test_nobody_is_asked_for_their_immigration_status_among_the_groups():
    status = {code.key for code in codes.load("immigration_statuses")}
    assert not status & set(codes.load("profile_groups").codes)
