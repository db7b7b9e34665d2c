"""Dates that people get wrong, counted by hand on a paper calendar: leap days, month ends, runs of holidays, moved clocks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.deadlines import happenings, spent
from casework.deadlines.facts import Happened, Spell, happened
from casework.errors import Invalid
from tests.deadlines.cases import day, moment
from tests.deadlines.making import shipped


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        ("2026-10-12", date(2026, 11, 12)),  # day 30 is Veterans Day, a Wednesday
        ("2026-10-27", date(2026, 11, 27)),  # Thanksgiving; the Friday after it is worked
        ("2026-11-25", date(2026, 12, 28)),  # Christmas Day, a Friday, and the weekend after it
        ("2027-05-01", date(2027, 6, 1)),  # Memorial Day, the last Monday of May
        ("2026-05-20", date(2026, 6, 22)),  # Juneteenth, a Friday
        ("2027-05-20", date(2027, 6, 21)),  # Juneteenth is a Saturday, kept on the Friday before
        ("2028-02-29", date(2028, 3, 30)),
        ("2024-01-31", date(2024, 3, 1)),
        ("2023-01-31", date(2023, 3, 2)),
        ("2027-08-07", date(2027, 9, 7)),  # Labor Day, the first Monday of September
    ],
)
def test_thirty_days_that_meet_a_holiday_on_either_side_of_a_weekend(decision: str, due: date):
    assert shipped("deportation", "US", happened("decision", decision))["us.bia_appeal/30 days"].day == due


def test_new_year_on_a_saturday_closes_the_friday_of_the_old_year():
    events = happened("decision", "2027-12-01"), happened("final_order", "2027-12-01")
    found = shipped("deportation", "US", *events)
    # Day 30 is Friday 31 December 2027, kept as New Year's Day: the next working day lies in another year.
    assert found["us.bia_appeal/30 days"].day == date(2028, 1, 3)
    # A rule that does not say that it waits for a working day does not: the earlier day is shown.
    assert found["us.petition_for_review/30 days"].day == date(2027, 12, 31)
    assert found["us.motion_to_reopen/90 days"].day == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        ("2026-12-18", date(2026, 12, 29)),  # Boxing Day is a Saturday: Monday 28 stands in for it
        ("2027-12-23", date(2028, 1, 4)),  # Christmas, Boxing Day and New Year all fall on weekends
        ("2026-04-30", date(2026, 5, 8)),  # the early May holiday
        ("2026-08-27", date(2026, 9, 4)),  # the summer holiday
        ("2026-05-22", date(2026, 6, 1)),  # a Friday, then the spring holiday on the Monday
        ("2028-02-25", date(2028, 3, 3)),  # over a leap day that is worked
    ],
)
def test_five_working_days_in_england(notice: str, day: date):
    found = shipped("deportation", "GB", happened("removal_notice", notice), zone="Europe/London")
    assert found["gb.removal_notice/5 working days"].day == day


@pytest.mark.parametrize(
    ("release", "until"),
    [
        (("2026-11-25", "10:00"), "2026-11-30 10:00"),  # Thanksgiving, then a weekend
        (("2026-10-30", "22:00"), "2026-11-03 22:00"),  # the clock goes back on the Sunday
        (("2026-12-24", "12:00"), "2026-12-29 12:00"),
        (("2027-12-30", "09:00"), "2028-01-04 09:00"),  # the Friday is New Year's Day already
    ],
)
def test_forty_eight_hours_without_days_off(release: tuple[str, str], until: str):
    found = shipped("detention", "US", happened("local_release", *release), zone="America/Chicago")
    assert found["us.detainer/48 hours"].moment == datetime.fromisoformat(until).replace(
        tzinfo=ZoneInfo("America/Chicago")
    )


@pytest.mark.parametrize(
    ("zone", "taken", "end"),
    [
        (
            "Asia/Almaty",
            "2024-02-29 12:00",
            "2024-03-01 11:00",
        ),  # Kazakhstan moved to one time, on a leap day
        ("America/Caracas", "2016-04-30 12:00", "2016-05-01 12:30"),
        ("Asia/Pyongyang", "2018-05-04 12:00", "2018-05-05 12:30"),
        ("Asia/Kathmandu", "1985-12-31 12:00", "1986-01-01 12:15"),
        ("Pacific/Apia", "2011-12-29 12:00", "2011-12-31 12:00"),  # the thirtieth never was
        ("Africa/Cairo", "2026-04-23 12:00", "2026-04-24 13:00"),  # a day without its first hour
        ("Asia/Beirut", "2026-03-28 12:00", "2026-03-29 13:00"),
        ("Africa/Casablanca", "2026-02-14 12:00", "2026-02-15 11:00"),  # summer time pauses for Ramadan
        ("Australia/Lord_Howe", "2026-04-04 12:00", "2026-04-05 11:30"),  # half an hour
        ("America/Asuncion", "2025-03-22 12:00", "2025-03-23 12:00"),  # Paraguay gave up winter time
        ("America/Mexico_City", "2026-04-04 12:00", "2026-04-05 12:00"),  # and Mexico summer time
        ("Asia/Amman", "2022-10-27 12:00", "2022-10-28 12:00"),  # stayed on summer time
        ("America/Nuuk", "2023-03-25 12:00", "2023-03-26 13:00"),  # went forward, for good
        ("America/Toronto", "2026-03-07 23:00", "2026-03-09 00:00"),
    ],
)
def test_a_day_of_24_hours_where_clocks_or_zones_were_moved(zone: str, taken: str, end: str):
    on, at = taken.split()
    found = shipped("detention", "NP", happened("detained", on, at, zone), on=date.fromisoformat(on))
    expected = datetime.fromisoformat(end).replace(tzinfo=ZoneInfo(zone))
    assert found["int.first_day/24 hours"].moment == expected
    assert f"{found['int.first_day/24 hours'].moment:%H:%M}" == end.split()[1]


@pytest.mark.parametrize(
    ("flight", "call"),
    [
        (("2026-03-29", "02:30"), "2026-03-28 01:30"),  # an hour that was skipped: the earlier moment counts
        (("2026-10-25", "02:30"), "2026-10-24 02:30"),  # an hour that came twice: the first of the two
        (("2026-10-26", "00:30"), "2026-10-25 01:30"),
        (("2028-03-01", "06:00"), "2028-02-29 06:00"),
        (("2027-03-01", "06:00"), "2027-02-28 06:00"),
    ],
)
def test_twenty_four_hours_before_a_flight(flight: tuple[str, str], call: str):
    berlin = ZoneInfo("Europe/Berlin")
    found = shipped("deportation", "DE", happened("flight", *flight, "Europe/Berlin"), zone="Asia/Manila")
    assert found["int.flight_last_call/24 hours before"].moment == datetime.fromisoformat(call).replace(
        tzinfo=berlin
    )


@pytest.mark.parametrize(
    ("deduction", "due"),
    [
        ("2027-11-29", date(2028, 2, 28)),
        ("2027-11-30", date(2028, 2, 28)),
        ("2027-12-01", date(2028, 2, 29)),
        ("2026-01-31", date(2026, 4, 29)),
        ("2026-11-30", date(2027, 2, 27)),
        ("2028-02-29", date(2028, 5, 28)),
    ],
)
def test_three_months_less_a_day_at_month_ends(deduction: str, due: date):
    found = shipped("wage_theft", "GB", happened("deduction", deduction), zone="Europe/London")
    assert found["gb.tribunal_claim/3 months"].day == due


@pytest.mark.parametrize(
    ("deduction", "told", "certificate", "due"),
    [
        ("2027-11-29", "2028-01-31", "2028-02-29", date(2028, 3, 29)),  # a month after a leap day
        ("2026-10-31", "2027-01-20", "2027-01-31", date(2027, 2, 28)),  # a month after the 31st is clipped
        ("2026-05-31", "2026-06-01", "2026-06-01", date(2026, 8, 30)),  # told and certified on one day
    ],
)
def test_a_conciliation_at_month_ends(deduction: str, told: str, certificate: str, due: date):
    events = (
        happened("deduction", deduction),
        happened("acas_day_a", told),
        happened("acas_day_b", certificate),
    )
    assert shipped("wage_theft", "GB", *events)["gb.tribunal_claim/3 months"].day == due


def test_a_second_conciliation_neither_breaks_nor_moves_what_the_first_one_gave():
    events = (
        happened("deduction", "2026-05-31"),
        happened("acas_day_a", "2026-08-10"),
        happened("acas_day_b", "2026-09-21"),
        happened("acas_day_a", "2026-10-01"),
    )
    assert shipped("wage_theft", "GB", *events)["gb.tribunal_claim/3 months"].day == date(2026, 10, 21)


@pytest.mark.parametrize(
    ("kind", "country", "event", "day", "name", "due"),
    [
        (
            "trafficking",
            "NL",
            "reasonable_grounds",
            "2027-11-30",
            "nl.reflection/3 months",
            date(2028, 2, 29),
        ),
        (
            "trafficking",
            "NL",
            "reasonable_grounds",
            "2026-11-30",
            "nl.reflection/3 months",
            date(2027, 2, 28),
        ),
        (
            "trafficking",
            "NO",
            "reasonable_grounds",
            "2025-08-31",
            "no.reflection/6 months",
            date(2026, 2, 28),
        ),
        (
            "trafficking",
            "RO",
            "reasonable_grounds",
            "2028-01-30",
            "coe.reflection/30 days",
            date(2028, 2, 29),
        ),
        ("deportation", "HK", "employment_end", "2028-02-15", "hk.two_week_rule/2 weeks", date(2028, 2, 29)),
        ("deportation", "HK", "employment_end", "2026-12-25", "hk.two_week_rule/2 weeks", date(2027, 1, 8)),
        (
            "deportation",
            "DE",
            "return_decision",
            "2028-01-30",
            "eu.voluntary_departure/30 days",
            date(2028, 2, 29),
        ),
        ("wage_theft", "AE", "employment_end", "2028-02-29", "ae.wage_claim/2 years", date(2030, 2, 28)),
        (
            "wage_theft",
            "QA",
            "employment_end",
            "2028-02-29",
            "qa.domestic_worker_claim/1 year",
            date(2029, 2, 28),
        ),
        ("wage_theft", "KR", "wage_due", "2028-02-29", "kr.wage_claim/3 years", date(2031, 2, 28)),
        ("wage_theft", "US", "wage_due", "2028-02-29", "us.flsa_claim/2 years", date(2030, 2, 28)),
        ("wage_theft", "US", "wage_due", "2026-02-28", "us.flsa_claim/2 years", date(2028, 2, 28)),
        (
            "wage_theft",
            "SG",
            "employment_end",
            "2025-08-31",
            "sg.wage_claim/after leaving",
            date(2026, 2, 28),
        ),
        ("deportation", "NP", "returned", "2028-01-30", "int.return_month/30 days", date(2028, 2, 29)),
        ("deportation", "NP", "returned", "2027-12-01", "int.return_quarter/90 days", date(2028, 2, 29)),
    ],
)
def test_leap_days_and_month_ends_in_other_rules(
    kind: str, country: str, event: str, day: str, name: str, due: date
):
    assert shipped(kind, country, happened(event, day))[name].day == due


@pytest.mark.parametrize(
    ("country", "start", "name", "end"),
    [
        ("DE", date(2025, 8, 31), "eu.detention_limit/directive/first", date(2026, 2, 28)),
        ("DE", date(2027, 8, 31), "eu.detention_limit/directive/first", date(2028, 2, 29)),
        ("DE", date(2024, 2, 29), "eu.detention_limit/directive/first", date(2024, 8, 29)),
        ("FR", date(2028, 1, 1), "fr.detention_limit/90 days/first", date(2028, 3, 30)),
        ("FR", date(2027, 1, 1), "fr.detention_limit/90 days/first", date(2027, 3, 31)),
        ("FR", date(2026, 11, 15), "fr.detention_limit/90 days/first", date(2027, 2, 12)),
        ("BE", date(2027, 9, 30), "be.detention_limit/ordinary/first", date(2028, 2, 29)),
    ],
)
def test_limits_on_detention_at_month_ends(country: str, start: date, name: str, end: date):
    assert shipped("detention", country, spells=(Spell(start),), on=start)[name].day == end


def test_spells_that_overlap_and_leave_a_gap():
    spells = (
        Spell(date(2026, 2, 15)),
        Spell(date(2026, 1, 5), date(2026, 1, 20)),
        Spell(date(2026, 1, 1), date(2026, 1, 10)),
        Spell(date(2026, 1, 1), date(2026, 1, 10)),
    )
    found = shipped("detention", "DE", spells=spells, on=date(2026, 3, 1))
    assert [
        found[f"eu.detention_limit/directive/{way}"].day for way in ("first", "cumulative", "current")
    ] == [
        date(2026, 7, 1),
        date(2026, 7, 26),  # 25 free days, 21 January to 14 February
        date(2026, 8, 15),
    ]
    added = spent.added_up(spells, date(2026, 3, 1))
    assert (added.days, added.nights, added.latest, added.goes_on) == (20 + 15, 19 + 14, 15, True)


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([("2024-02-28", "2024-03-01")], (3, 2, 3)),  # over a leap day
        ([("2023-02-28", "2023-03-01")], (2, 1, 2)),
        ([("2026-01-10", "2026-01-10")], (1, 0, 1)),  # in and out on one day
        ([("2026-01-01", "2026-01-05"), ("2026-01-06", "2026-01-09")], (9, 8, 9)),  # no free day between
        ([("2026-01-01", "2026-01-05"), ("2026-01-07", "2026-01-09")], (8, 6, 3)),  # one free day
        ([("2026-01-01", "2026-01-31"), ("2026-01-10", "2026-01-12")], (31, 30, 31)),  # one inside the other
        ([("2025-12-31", "2026-01-01"), ("2026-01-01", "2026-01-02")], (3, 2, 3)),  # they share a day
    ],
)
def test_days_nights_and_the_latest_time(spells: list[tuple[str, str]], expected: tuple[int, int, int]):
    known = [Spell(date.fromisoformat(start), date.fromisoformat(end)) for start, end in spells]
    added = spent.added_up(known, date(2026, 6, 1))
    assert (added.days, added.nights, added.latest) == expected
    assert not added.goes_on


def _spells(*rows: tuple[dict, dict | None]) -> tuple[Spell, ...]:
    told = [{"from": start} | ({"until": end} if end else {}) for start, end in rows]
    values = {"detention.spells": told, "host": "DE"}
    return happenings.told(("detention",), values, date(2026, 1, 1), date(2026, 6, 1)).spells


@pytest.mark.parametrize(
    ("start", "end", "spell"),
    [
        # "In March" may have been its last day: no limit comes late, and no order of days is called wrong.
        (day("2026-03-15"), day("2026-03-01", "month"), Spell(date(2026, 3, 15), date(2026, 3, 31))),
        (day("2024-02-10"), day("2024-02-01", "month"), Spell(date(2024, 2, 10), date(2024, 2, 29))),
        (day("2025-03-15"), day("2025-01-01", "year"), Spell(date(2025, 3, 15), date(2025, 12, 31))),
        # It does not reach into days that are still to come.
        (day("2026-03-15"), day("2026-01-01", "year"), Spell(date(2026, 3, 15), date(2026, 6, 1))),
        (day("2026-02-25"), day("2026-02-20", "approx"), Spell(date(2026, 2, 25), date(2026, 2, 25))),
        (day("2026-02-01", "month"), None, Spell(date(2026, 2, 1))),
    ],
)
def test_an_end_that_is_only_roughly_known_is_no_end_before_its_beginning(start, end, spell):
    assert _spells((start, end)) == (spell,)


def test_an_end_that_is_known_and_lies_before_its_beginning_is_said():
    with pytest.raises(Invalid, match="ends") as refused:
        _spells((day("2026-03-15"), day("2026-03-14")))
    assert refused.value.field == "spells"


def test_a_rough_certificate_is_not_called_too_early_and_gives_no_day_back():
    events = (
        happened("deduction", "2026-05-31"),
        happened("acas_day_a", "2026-08-10"),
        Happened("acas_day_b", date(2026, 8, 1), exact=False),
    )
    found = shipped("wage_theft", "GB", *events)["gb.tribunal_claim/3 months"]
    assert found.day == date(2026, 9, 1)
    assert any("stood still: 0" in step.say() for step in found.steps)


def test_rows_of_the_group_of_days_that_stand_the_wrong_way_round_are_named_by_their_place():
    rows = [
        {"event": "deduction", "at": moment("2026-05-31")},
        {"event": "acas_day_b", "at": moment("2026-08-09")},
        {"event": "acas_day_a", "at": moment("2026-08-10")},
        {"event": "gone from the list", "at": moment("2026-08-10")},
        {"event": "acas_day_b"},
    ]
    ((place, wrong),) = happenings.too_early(rows)
    assert place == 1
    assert "2026-08-09" in wrong.message % wrong.params
    assert list(happenings.too_early(rows[:2])) == []
    assert list(happenings.too_early(None)) == []
