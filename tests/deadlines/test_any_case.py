"""Whatever a case tells, its clocks come to dates or say in words what cannot be; nothing else ever happens."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.cases import kinds
from casework.deadlines import following, lists, rules, telling
from casework.deadlines.facts import Happened, Spell
from casework.deadlines.happenings import Told, told, zone_of, zone_to_offer
from casework.deadlines.leading import Mark
from casework.errors import Invalid

EVENTS = sorted(code.key for code in lists.events())
KINDS = sorted(kind.key for kind in kinds.all())
HOSTS = [
    "US",
    "GB",
    "HK",
    "QA",
    "KW",
    "NP",
    "FR",
    "BE",
    "CA",
    "SG",
    "MY",
    "SA",
    "KR",
    "TW",
    "AE",
    "NL",
    "NO",
    "IT",
    "XX",
    "",
]
#: Zones that skipped a whole day, that change by half an hour, that stand a day apart, or have changed their offset by law.
ZONES = [
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Europe/London",
    "America/New_York",
    "Antarctica/Troll",
]
#: Leap days, month ends, changes of the clock, days that were skipped, ends of what may be written.
EDGES = [
    "1900-02-28",
    "1900-03-01",
    "2000-02-29",
    "2024-02-29",
    "2026-01-31",
    "2026-03-08",
    "2026-03-29",
    "2026-08-31",
    "2026-10-25",
    "2026-12-31",
    "2011-12-30",
    "2199-12-31",
]

days = st.sampled_from(EDGES).map(date.fromisoformat) | st.dates(date(1900, 1, 1), date(2199, 12, 31))
clocks = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
happenings = st.builds(
    Happened,
    st.sampled_from(EVENTS),
    days,
    clocks,
    st.sampled_from(["", *ZONES]),
    st.booleans(),
    st.sampled_from(["", "a.0", "a.1"]),
    st.booleans(),
)


@st.composite
def spells(draw) -> Spell:
    start = draw(days)
    length = draw(st.none() | st.integers(0, 900))
    end = None if length is None else min(start + timedelta(days=length), date(2199, 12, 31))
    return Spell(start, end)


cases = st.builds(
    Told,
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(HOSTS),
    st.sampled_from(HOSTS),
    st.sampled_from(ZONES),
    st.lists(happenings, max_size=8).map(tuple),
    st.lists(spells(), max_size=4).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases, on=days)
@example(
    case=Told(("detention",), "XX", "", "Pacific/Apia", (Happened("detained", date(2011, 12, 30)),), ()),
    on=date(2012, 1, 1),
)
def test_it_is_dates_or_a_sentence(case: Told, on: date):
    try:
        asked = telling.counted(case, on, {})
    except Invalid:
        return
    for question in asked:
        assert question.clocks
        for one in question.clocks:
            ZoneInfo(one.zone)
            assert one.strikes.tzinfo is not None
            # What is shown as its day and what a reminder goes by are never more than a day apart.
            shown = one.strikes.astimezone(ZoneInfo(one.zone)).date()
            assert abs((shown - one.day).days) <= 1
            assert [step.say() for step in one.steps]
    assert telling.fingerprint(telling.counted(case, on, {})) == telling.fingerprint(asked)


@settings(max_examples=40, deadline=None)
@given(case=cases)
def test_what_was_counted_from_is_kept_word_for_word(case: Told):
    kept = json.loads(json.dumps(telling.as_value(case)))
    assert telling.from_value(kept) == case


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases, on=days)
def test_counting_again_changes_nothing(case: Told, on: date):
    """A second save of the same answers: no date comes twice, none hangs in the air, none is told anew."""
    try:
        asked = telling.counted(case, on, {})
    except Invalid:
        return
    once = following.settled([], asked)
    again = following.settled(once, asked)
    assert [(one.id, one.turns) for one in again] == [(one.id, one.turns) for one in once]
    assert not any(one.loose for one in again)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases, on=days, data=st.data())
def test_what_changes_what_a_case_comes_to_bears_on_it(case: Told, on: date, data):
    """So a case on which nothing bears otherwise than before is not counted anew."""
    try:
        was = telling.fingerprint(telling.counted(case, on, {}))
    except Invalid:
        return
    for rule in data.draw(st.lists(st.sampled_from(list(rules.load())), min_size=1, max_size=12)):
        marks = {rule.digest: data.draw(st.sampled_from(list(Mark)))}
        if telling.fingerprint(telling.counted(case, on, marks)) != was:
            assert telling.bearing(case, marks) != telling.bearing(case, {})


def test_a_rule_that_no_answer_starts_bears_on_no_case():
    case = Told(("deportation",), "US", "", "America/Chicago", (Happened("decision", date(2026, 3, 2)),), ())
    starts = {rule.trigger_event: rule for rule in rules.load().of("deportation", frozenset({"US"}))}
    for event, rule in starts.items():
        bears = telling.bearing(case, {rule.digest: Mark.BLOCKED}) != telling.bearing(case, {})
        assert bears == (event == "decision"), event


@given(
    st.sampled_from(
        [None, "", [], {}, "x", 7, [None], ["x"], [{}], [{"event": None}], [{"at": None}], {"date": None}]
    )
)
def test_answers_of_another_shape_start_no_clock_and_break_nothing(odd):
    values = {"dates": odd, "deportation.orders": odd, "detention.spells": odd, "detention.hearings": odd}
    values |= {"deportation.removal_at": odd if isinstance(odd, dict) else None}
    found = told(("deportation", "detention"), values, date(2026, 3, 1), date(2026, 3, 2))
    assert [each.event for each in found.events] == ["first_contact"]


def test_a_country_of_several_zones_is_where_the_day_ends_first():
    """Doubt falls on the earlier side, in countries that stretch over the line of the date too."""
    for country in ("US", "RU", "FR", "KI", "AU", "BR", "ID", "MX", "CD", "XX", ""):
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        ZoneInfo(zone_of(country)).utcoffset(noon)
    assert zone_of("NP") == "Asia/Kathmandu"
    assert zone_of("") == "Pacific/Kiritimati"
    # Of zones with one clock the city that people know.
    assert zone_of("US") == "America/New_York"


@pytest.mark.parametrize(
    ("host", "said", "own", "offered"),
    [
        ("KW", "", "Asia/Hong_Kong", "Asia/Kuwait"),
        ("US", "", "America/Chicago", "America/Chicago"),
        # Several clocks and nobody said which: a wrong one would be taken for an answer.
        ("US", "", "Asia/Kathmandu", ""),
        ("US", "America/Denver", "America/Chicago", "America/Denver"),
        ("", "", "Asia/Kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_form_has_chosen_the_zone_of_the_place_where_it_can_be_known(host, said, own, offered):
    events = (Happened("flight", date(2026, 11, 25), zone=said),) if said else ()
    assert zone_to_offer(Told(("deportation",), host, "NP", "", events, ()), own) == offered
