"""Workings in other languages, with days as the reader writes them."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import lists, words
from casework.deadlines.facts import happened
from casework.deadlines.words import Label, Step, english, step
from tests.deadlines.making import many_clocks, one, rule

ROOM = str(Path(words.__file__).parent)

SPANISH = {
    "%(event)s: %(day)s. This is day 0.": "%(event)s: %(day)s. Es el día 0.",
    "Decision told or sent": "Decisión comunicada o enviada",
}


def _day(value: date) -> str:
    if isinstance(value, datetime):
        return format_datetime(value, "EEEE d MMMM y, HH:mm", tzinfo=value.tzinfo, locale="es")
    return format_date(value, "EEEE d 'de' MMMM 'de' y", locale="es")


def test_a_working_in_spanish():
    first = one(rule(), happened("decision", "2026-03-20")).steps[0]
    assert first.say(lambda msgid: SPANISH.get(msgid, msgid), _day) == (
        "Decisión comunicada o enviada: viernes 20 de marzo de 2026. Es el día 0."
    )


def test_english_days_and_moments():
    assert english(date(2026, 3, 1)) == "Sunday 1 March 2026"
    assert (
        english(datetime(2026, 3, 1, 9, 5, tzinfo=ZoneInfo("Asia/Kathmandu")))
        == "Sunday 1 March 2026, 09:05 (Asia/Kathmandu)"
    )


def test_a_percent_sign_in_a_name_is_just_one():
    assert (
        step("Closed: %(days)s.", days=((date(2026, 1, 1), "100 % Day"),)).say()
        == "Closed: Thursday 1 January 2026 (100 % Day)."
    )


def test_labels_are_translated_and_text_is_not():
    said = Step("%(a)s %(b)s", {"a": Label("Released"), "b": "Released"})
    assert said.say(lambda msgid: {"Released": "Liberada"}.get(msgid, msgid)) == "Liberada Released"


_PARAMS = st.one_of(
    st.text(),
    st.integers(),
    st.dates(),
    st.text().map(Label),
    # Moments of the world: a clock time that was skipped is none.
    st.datetimes(
        datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2150-01-01"), timezones=st.just(UTC)
    ).map(lambda moment: moment.astimezone(ZoneInfo("Europe/London"))),
    st.lists(st.tuples(st.dates(), st.text())).map(tuple),
)


@given(st.text(), st.dictionaries(st.text(), _PARAMS))
def test_sentences_come_back_from_their_record(msgid: str, params: dict[str, words.Param]):
    said = Step(msgid, params)
    again = words.from_record(words.as_record(said))
    assert again == said
    assert [type(value) for value in again.params.values()] == [type(value) for value in params.values()]


def test_every_sentence_is_found_for_translation():
    """With `-k step -k msgid -k Label -k Invalid`, and label and caveat of the files of rules."""
    keywords = {"step": None, "msgid": None, "Label": None, "Invalid": None}
    found = {
        message for _, _, message, _, _ in extract_from_dir(ROOM, [("**.py", "python")], keywords=keywords)
    }
    used = {said.msgid for clock in many_clocks() for said in (*clock.steps, *clock.notices)}
    assert used
    assert used <= found
    labels = {
        v for clock in many_clocks() for s in clock.steps for v in s.params.values() if isinstance(v, Label)
    }
    listed = {code.label for known in (lists.events(), lists.load("readings")) for code in known}
    assert labels <= found | listed
