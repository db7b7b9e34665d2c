"""The worked dates of the domain notes, counted by hand, against the rules that are shipped."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.deadlines import arithmetic
from casework.deadlines.choices import Status
from casework.deadlines.facts import Spell, happened
from tests.deadlines.making import shipped

SPELLS = (
    Spell(date(2026, 1, 10), date(2026, 1, 15)),
    Spell(date(2026, 1, 15), date(2026, 2, 20)),
    Spell(date(2026, 3, 1), date(2026, 3, 31)),
)


def test_appeal_to_the_board_counts_thirty_days_and_goes_on_from_a_sunday():
    found = shipped("deportation", "US", happened("decision", "2026-03-20"))
    clock = found["us.bia_appeal/30 days"]
    assert clock.day == date(2026, 4, 20)
    assert clock.leads
    assert not clock.verified
    said = [step.say() for step in clock.steps]
    assert said == [
        "Decision told or sent: Friday 20 March 2026. This is day 0.",
        "Day 30 is Sunday 19 April 2026.",
        "Sunday 19 April 2026 is not worked (weekend). The next working day is Monday 20 April 2026.",
        "It must have been received by then: sending it by then is not enough.",
    ]


def test_the_blocked_ten_days_are_named_and_do_not_lead():
    found = shipped("deportation", "US", happened("decision", "2026-03-20"))
    blocked = found["us.bia_appeal/10 days"]
    assert blocked.day == date(2026, 3, 30)
    assert blocked.status is Status.BLOCKED
    assert not blocked.leads
    named = [step.say() for step in found["us.bia_appeal/30 days"].warnings]
    assert any("Monday 30 March 2026" in sentence and "10 days" in sentence for sentence in named)


def test_a_decision_before_the_ten_day_rule_knows_only_thirty():
    found = shipped("deportation", "US", happened("decision", "2026-03-08"))
    assert [name for name in found if name.startswith("us.bia_appeal")] == ["us.bia_appeal/30 days"]


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        ("2026-12-02", date(2027, 1, 4)),  # day 30 is New Year's Day, a Friday
        ("2027-12-16", date(2028, 1, 18)),  # a Saturday; the Monday after it is Martin Luther King Day
        ("2028-01-30", date(2028, 2, 29)),  # a leap day that is worked
        ("2027-01-30", date(2027, 3, 1)),
        ("2026-06-03", date(2026, 7, 6)),  # the third of July stands in for the fourth, a Saturday
    ],
)
def test_other_appeals_to_the_board(decision: str, due: date):
    assert shipped("deportation", "US", happened("decision", decision))["us.bia_appeal/30 days"].day == due


def test_united_states_counts_from_the_final_order():
    found = shipped(
        "deportation",
        "US",
        happened("final_order", "2026-01-31"),
        happened("briefing_schedule", "2026-03-09"),
    )
    assert found["us.petition_for_review/30 days"].day == date(2026, 3, 2)
    assert found["us.motion_to_reconsider/30 days"].day == date(2026, 3, 2)
    assert found["us.motion_to_reopen/90 days"].day == date(2026, 5, 1)
    assert found["us.removal_period/90 days"].day == date(2026, 5, 1)
    assert found["us.bia_brief/20 days"].day == date(2026, 3, 29)
    assert "us.bia_brief/21 days" not in found


@pytest.mark.parametrize(
    ("release", "until"),
    [
        (("2026-07-02", "15:00"), "2026-07-07 15:00"),  # Friday 3 July is a holiday, then the weekend
        (("2026-07-04", "15:00"), "2026-07-08 00:00"),  # begins on the Monday, at midnight
        (("2026-03-06", "12:00"), "2026-03-10 12:00"),  # the clock goes forward inside the weekend
        (("2026-06-09", "08:30"), "2026-06-11 08:30"),
    ],
)
def test_a_detainer_holds_48_hours_without_weekends_and_holidays(release: tuple[str, str], until: str):
    found = shipped("detention", "US", happened("local_release", *release), zone="America/Chicago")
    assert found["us.detainer/48 hours"].moment == datetime.fromisoformat(until).replace(
        tzinfo=ZoneInfo("America/Chicago")
    )


def test_british_removal_notice_leaves_out_easter():
    found = shipped("deportation", "GB", happened("removal_notice", "2026-04-02"), zone="Europe/London")
    clock = found["gb.removal_notice/5 working days"]
    assert clock.day == date(2026, 4, 13)
    assert "Good Friday" in clock.steps[1].say()
    assert "Easter Monday" in clock.steps[1].say()
    assert clock.strikes == datetime(2026, 4, 13, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("region", "notice", "day"),
    [
        ("", "2026-12-23", date(2027, 1, 4)),
        ("SCT", "2026-12-23", date(2027, 1, 5)),  # the second of January is a holiday there, moved to Monday
        ("SCT", "2026-04-02", date(2026, 4, 10)),  # Easter Monday is worked there
        ("NIR", "2026-07-09", date(2026, 7, 17)),  # Battle of the Boyne, moved to Monday 13 July
    ],
)
def test_british_regions_have_their_own_holidays(region: str, notice: str, day: date):
    regions = {"GB": region} if region else {}
    found = shipped("deportation", "GB", happened("removal_notice", notice), regions=regions)
    assert found["gb.removal_notice/5 working days"].day == day


def test_british_detention():
    found = shipped("detention", "GB", happened("arrived", "2026-02-21"), happened("detained", "2026-10-31"))
    assert found["gb.bail_application/8 days"].day == date(2026, 3, 1)
    assert found["gb.bail_referral/4 months"].day == date(2027, 2, 28)


def test_leaving_hong_kong():
    found = shipped("deportation", "HK", happened("employment_end", "2026-03-15"), zone="Asia/Hong_Kong")
    assert found["hk.two_week_rule/2 weeks"].day == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("ends", "ask_by"),
    [
        ("2026-02-19", date(2026, 2, 16)),  # Lunar New Year, 17 to 19 February
        ("2026-04-07", date(2026, 4, 2)),  # Good Friday to the Tuesday that stands in for Ching Ming
        ("2026-05-06", date(2026, 5, 6)),
    ],
)
def test_an_extension_of_stay_in_hong_kong_is_asked_for_on_a_day_that_is_worked(ends: str, ask_by: date):
    found = shipped("deportation", "HK", happened("stay_until", ends), zone="Asia/Hong_Kong")
    assert found["hk.stay_extension/before it ends"].day == ask_by


def test_an_entry_ban_runs_from_the_departure():
    found = shipped(
        "deportation", "DE", happened("departure", "2026-04-20"), happened("return_decision", "2026-03-01")
    )
    assert found["eu.entry_ban/5 years"].day == date(2031, 4, 20)
    assert found["eu.voluntary_departure/7 days"].day == date(2026, 3, 8)
    assert found["eu.voluntary_departure/7 days"].leads
    assert found["eu.voluntary_departure/30 days"].day == date(2026, 3, 31)


def test_an_entry_ban_from_a_leap_day_ends_with_february():
    found = shipped("deportation", "DE", happened("departure", "2028-02-29"))
    assert found["eu.entry_ban/5 years"].day == date(2033, 2, 28)


def test_reflection():
    grounds = happened("reasonable_grounds", "2026-01-10")
    assert shipped("trafficking", "GB", grounds)["gb.reflection/30 days"].day == date(2026, 2, 9)
    assert shipped("trafficking", "RO", grounds)["coe.reflection/30 days"].day == date(2026, 2, 9)
    assert shipped("trafficking", "NL", grounds)["nl.reflection/3 months"].day == date(2026, 4, 10)
    assert shipped("trafficking", "NO", grounds)["no.reflection/6 months"].day == date(2026, 7, 10)


def test_reflection_as_it_was():
    found = shipped("trafficking", "GB", happened("reasonable_grounds", "2022-12-20"))
    assert found["gb.reflection/45 days"].day == date(2023, 2, 3)
    assert "gb.reflection/30 days" not in found


@pytest.mark.parametrize(
    ("deduction", "due"),
    [
        ("2026-05-31", date(2026, 8, 30)),
        ("2025-11-30", date(2026, 2, 27)),
        ("2023-11-30", date(2024, 2, 28)),  # a leap year: 29 February less a day
        ("2025-12-01", date(2026, 2, 28)),
        ("2026-02-28", date(2026, 5, 27)),
    ],
)
def test_british_tribunal_three_months_less_a_day(deduction: str, due: date):
    found = shipped("wage_theft", "GB", happened("deduction", deduction), zone="Europe/London")
    assert found["gb.tribunal_claim/3 months"].day == due
    assert found["gb.tribunal_claim/3 months"].leads
    assert not found["gb.tribunal_claim/6 months"].leads


def test_british_tribunal_six_months():
    found = shipped("wage_theft", "GB", happened("deduction", "2026-08-31"))
    assert found["gb.tribunal_claim/6 months"].day == date(2027, 2, 27)


@pytest.mark.parametrize(
    ("told", "certificate", "due"),
    [
        ("2026-08-10", "2026-09-21", date(2026, 10, 21)),  # 11 October lies inside the month after Day B
        (
            "2026-06-10",
            "2026-07-08",
            date(2026, 9, 27),
        ),  # 28 days later than 30 August, more than a month left
        ("2026-08-30", "2026-08-30", date(2026, 9, 30)),  # on the last day, certificate at once
        ("2026-08-31", "2026-09-30", date(2026, 8, 30)),  # too late: nothing is paused
        ("2026-07-31", "2026-08-31", date(2026, 9, 30)),  # a month from 31 August ends on 30 September
    ],
)
def test_acas_stops_the_clock(told: str, certificate: str, due: date):
    found = shipped(
        "wage_theft",
        "GB",
        happened("deduction", "2026-05-31"),
        happened("acas_day_a", told),
        happened("acas_day_b", certificate),
    )
    assert found["gb.tribunal_claim/3 months"].day == due


def test_acas_conciliation_before_and_after_december_2025():
    before = shipped("wage_theft", "GB", happened("acas_day_a", "2025-11-30"))
    after = shipped("wage_theft", "GB", happened("acas_day_a", "2025-12-01"))
    assert before["gb.acas_conciliation/6 weeks"].day == date(2026, 1, 10)
    assert "gb.acas_conciliation/12 weeks" not in before
    assert after["gb.acas_conciliation/12 weeks"].day == date(2026, 2, 22)
    assert "gb.acas_conciliation/6 weeks" not in after


def test_detention_limits_three_ways():
    found = shipped("detention", "DE", spells=SPELLS, on=date(2026, 3, 31))
    first = found["eu.detention_limit/directive/first"]
    assert first.day == date(2026, 7, 10)
    assert found["eu.detention_limit/directive/cumulative"].day == date(2026, 7, 18)
    assert found["eu.detention_limit/directive/current"].day == date(2026, 9, 1)
    assert [name for name, clock in found.items() if clock.leads] == ["eu.detention_limit/directive/first"]
    assert "Days in freedom, not counted: 8." in [
        s.say() for s in found["eu.detention_limit/directive/cumulative"].steps
    ]


def test_detention_limits_when_extended_and_announced():
    found = shipped(
        "detention", "DE", happened("detention_extended", "2026-07-01"), spells=SPELLS, on=date(2026, 7, 1)
    )
    assert found["eu.detention_limit/directive/first"].day == date(2027, 7, 10)
    assert found["eu.detention_limit/regulation/first"].day == date(2028, 1, 10)
    assert found["eu.detention_limit/regulation/first"].status is Status.ANNOUNCED


def test_belgian_and_french_limits():
    belgian = shipped(
        "detention",
        "BE",
        happened("detained", "2026-01-31"),
        spells=(Spell(date(2026, 1, 31)),),
        on=date(2026, 2, 1),
    )
    assert belgian["be.detention_limit/ordinary/first"].day == date(2026, 6, 30)
    assert belgian["be.detention_limit/public order/first"].day == date(2026, 9, 30)
    assert belgian["be.detention_terms/2 and 2 and 1 months/1"].day == date(2026, 3, 31)
    french = shipped("detention", "FR", spells=(Spell(date(2026, 1, 1)),), on=date(2026, 2, 1))
    assert french["fr.detention_limit/90 days/first"].day == date(2026, 3, 31)


def test_belgian_terms_follow_one_another_and_end():
    def term(on: date) -> date:
        found = shipped("detention", "BE", happened("detained", "2026-01-15"), on=on)
        (clock,) = (clock for name, clock in found.items() if name.startswith("be.detention_terms"))
        return clock.day

    assert term(date(2026, 3, 15)) == date(2026, 3, 15)
    assert term(date(2026, 3, 16)) == date(2026, 5, 15)
    assert term(date(2026, 5, 16)) == date(2026, 6, 15)
    assert term(date(2027, 1, 1)) == date(2026, 6, 15)


def test_a_refusal_to_board_starts_a_new_term():
    found = shipped("detention", "BE", happened("refused_boarding", "2026-05-02"), on=date(2026, 5, 3))
    assert found["be.new_title/2 and 2 and 1 months/1"].day == date(2026, 7, 2)


def test_canadian_reviews():
    detained = happened("detained", "2026-03-01", "10:00")

    def due(on: date, *held: str) -> list[object]:
        reviews = [happened("detention_review", day) for day in held]
        found = shipped("detention", "CA", detained, *reviews, on=on, zone="America/Toronto")
        return [clock.due for name, clock in found.items() if name.startswith("ca.")]

    assert due(date(2026, 3, 1)) == [datetime(2026, 3, 3, 10, tzinfo=ZoneInfo("America/Toronto"))]
    assert due(date(2026, 3, 4), "2026-03-03") == [date(2026, 3, 10)]
    assert due(date(2026, 3, 9), "2026-03-03", "2026-03-09") == [date(2026, 4, 8)]
    assert due(date(2026, 4, 8), "2026-03-03", "2026-03-09", "2026-04-08") == [date(2026, 5, 8)]
    # Nobody wrote down the third review: it is overdue, and the next one comes all the same.
    assert due(date(2026, 4, 20), "2026-03-03", "2026-03-09") == [date(2026, 4, 8), date(2026, 5, 8)]


def test_a_release_ends_the_reviews():
    detained, released = happened("detained", "2026-03-01"), happened("released", "2026-03-05")
    assert not [name for name in shipped("detention", "CA", detained, released) if name.startswith("ca.")]
    again = happened("detained", "2026-04-01")
    assert [name for name in shipped("detention", "CA", detained, released, again) if name.startswith("ca.")]


@pytest.mark.parametrize(
    ("due", "last", "wilful"),
    [
        ("2024-06-01", date(2026, 6, 1), date(2027, 6, 1)),
        ("2024-02-29", date(2026, 2, 28), date(2027, 2, 28)),
    ],
)
def test_each_pay_period_runs_out_for_itself(due: str, last: date, wilful: date):
    found = shipped("wage_theft", "US", happened("wage_due", due, ref="period-1"))
    assert found["us.flsa_claim/2 years"].day == last
    assert found["us.flsa_claim/3 years"].day == wilful
    assert arithmetic.add_months(date(2026, 6, 1), -24) == date(2024, 6, 1)
    assert arithmetic.add_months(date(2026, 6, 1), -36) == date(2023, 6, 1)


@pytest.mark.parametrize(
    ("country", "event", "name", "due"),
    [
        ("SG", "wage_due", "sg.wage_claim/still employed", date(2027, 1, 31)),
        ("SG", "employment_end", "sg.wage_claim/after leaving", date(2026, 7, 31)),
        ("AE", "employment_end", "ae.wage_claim/2 years", date(2028, 1, 31)),
        ("QA", "employment_end", "qa.domestic_worker_claim/1 year", date(2027, 1, 31)),
        ("SA", "employment_end", "sa.wage_claim/12 months", date(2027, 1, 31)),
        ("KR", "wage_due", "kr.wage_claim/3 years", date(2029, 1, 31)),
        ("TW", "wage_due", "tw.wage_claim/5 years", date(2031, 1, 31)),
        ("MY", "wage_due", "my.wage_claim/6 years", date(2032, 1, 31)),
        ("HK", "wage_period_end", "hk.wages_due/7 days", date(2026, 2, 7)),
        ("HK", "wage_due", "hk.minor_board/12 months", date(2027, 1, 31)),
    ],
)
def test_wage_claims(country: str, event: str, name: str, due: date):
    assert shipped("wage_theft", country, happened(event, "2026-01-31"))[name].day == due


def test_the_emirates_changed_the_start_and_not_only_the_length():
    old, new = happened("wage_due", "2024-08-30"), happened("employment_end", "2024-08-31")
    found = shipped("wage_theft", "AE", old, new)
    assert found["ae.wage_claim/1 year"].day == date(2025, 8, 30)
    assert found["ae.wage_claim/2 years"].day == date(2026, 8, 31)
    assert list(shipped("wage_theft", "AE", happened("wage_due", "2024-08-31"))) == []


def test_the_first_day_in_detention():
    found = shipped(
        "detention",
        "NP",
        happened("detained", "2026-03-01", "23:30"),
        on=date(2026, 3, 1),
        zone="Asia/Kathmandu",
    )
    start = datetime(2026, 3, 1, 23, 30, tzinfo=ZoneInfo("Asia/Kathmandu"))
    assert found["int.first_day/24 hours"].moment == start + timedelta(hours=24)
    assert found["int.locator/daily/1"].moment == start + timedelta(hours=24)
    assert found["int.disappearance/72 hours"].moment == start + timedelta(hours=72)


def test_a_person_who_is_found_is_searched_no_more():
    found = shipped("detention", "NP", happened("detained", "2026-03-01"), happened("located", "2026-03-02"))
    assert list(found) == ["int.first_day/24 hours"]


def test_steps_before_a_flight_are_counted_in_the_time_of_the_airport():
    # Berlin puts its clock back on 25 October 2026: 72 hours before noon on the 27th is one o'clock.
    found = shipped(
        "deportation", "DE", happened("flight", "2026-10-27", "12:00", "Europe/Berlin"), zone="Asia/Manila"
    )
    berlin = ZoneInfo("Europe/Berlin")
    assert found["int.flight_stay/72 hours before"].moment == datetime(2026, 10, 24, 13, tzinfo=berlin)
    assert found["int.flight_fitness/48 hours before"].moment == datetime(2026, 10, 25, 12, tzinfo=berlin)
    assert found["int.flight_last_call/24 hours before"].moment == datetime(2026, 10, 26, 12, tzinfo=berlin)
    assert found["int.interim_measures/before the flight"].moment == datetime(2026, 10, 27, 12, tzinfo=berlin)
    assert found["int.flight_arrival/24 hours after"].moment == datetime(2026, 10, 28, 12, tzinfo=berlin)
    assert next(iter(found)) == "int.flight_remedies/7 days before"


def test_checks_after_return():
    found = shipped("deportation", "NP", happened("returned", "2026-01-31", "18:00"), zone="Asia/Kathmandu")
    assert found["int.return_first_day/24 hours"].moment == datetime(
        2026, 2, 1, 18, tzinfo=ZoneInfo("Asia/Kathmandu")
    )
    assert found["int.return_week/7 days"].day == date(2026, 2, 7)
    assert found["int.return_month/30 days"].day == date(2026, 3, 2)
    assert found["int.return_quarter/90 days"].day == date(2026, 5, 1)


def test_letters_and_international_procedures():
    found = shipped(
        "recruitment_debt",
        "NP",
        happened("demand_sent", "2026-02-20"),
        happened("conciliation_opened", "2026-08-31"),
        happened("ncp_complaint", "2025-11-30"),
        happened("first_contact", "2026-02-27"),
    )
    assert found["int.demand_answer/7 days"].day == date(2026, 2, 27)
    assert found["int.demand_answer/14 days"].day == date(2026, 3, 6)
    assert found["int.ilo_conciliation/6 months"].day == date(2027, 2, 28)
    assert found["int.ncp_assessment/3 months"].day == date(2026, 2, 28)
    assert found["int.assessment/7 days"].day == date(2026, 3, 6)


def test_evidence_of_an_assault_shows_the_shorter_window_first():
    found = shipped("trafficking", "NP", happened("incident", "2026-02-20", "02:00"), zone="Asia/Kathmandu")
    assert found["int.forensic_evidence/72 hours"].leads
    assert not found["int.forensic_evidence/120 hours"].leads
