"""Whatever is typed for whatever field: it is read, it can be stored, and an edit form gives it back unchanged."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.cases import kinds, values
from casework.cases.fields import Type
from casework.errors import Invalid
from tests.cases.kind_fields import LOCALES, field, forms, tried

EVERY = [(kind.key, f) for kind in kinds.all() for f in kind.every_field]
EVERY += [("first_contact", f) for f in kinds.first_contact()]


@pytest.mark.parametrize(("_kind", "asked"), EVERY, ids=lambda part: getattr(part, "key", part))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_was_typed_comes_back_in_every_language(_kind, asked, data):
    locale = data.draw(st.sampled_from([None, *LOCALES]))
    value, refused = tried(values.parse, asked, data.draw(forms(asked, f"p-{asked.key}")), "p-", locale)
    assert json.loads(json.dumps(value)) == value
    if refused:
        assert refused.field.startswith(f"p-{asked.key}")
    if value is None:
        return
    assert values.parse(asked, values.fill(asked, value, "q-", locale), "q-", locale) == value
    shown = values.show(asked, value, data.draw(st.sampled_from(LOCALES)))
    assert shown
    assert "duration-" not in shown


@pytest.mark.parametrize("sort", [t for t in Type if t is not Type.GROUP])
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_that_can_be_typed_breaks_a_field(sort, data):
    """Any text in any part is either understood or refused in a sentence."""
    more = {"codes": "risk"} if "choice" in sort else {"codes": "answers"} if sort == "answer" else {}
    more |= {"codes": "ilo_indicators", "answers": "presence"} if sort == "answers" else {}
    more |= {"codes": "custody_numbers"} if sort == "document_number" else {}
    asked = field(sort, **more)
    names = [one.name for one in values.inputs(asked)]
    raw = data.draw(
        st.fixed_dictionaries(
            {
                name: st.one_of(st.text(max_size=30), st.lists(st.text(max_size=9), max_size=3))
                for name in names
            }
        )
    )
    value, refused = tried(values.parse, asked, raw)
    assert (refused.field == "x") if refused else values.parse(asked, values.fill(asked, value)) == value


def test_the_inputs_are_the_names_that_are_read():
    asked = kinds.get("detention").field("arrested_at")
    assert [one.name for one in values.inputs(asked, "f-")] == [
        f"f-arrested_at-{part}"
        for part in ("day", "month", "year", "time", "zone", "written", "calendar", "about")
    ]
    row = values.row_prefix("f-hearings", 4)
    hearings = values.inputs(kinds.get("detention").field("hearings"), row)
    assert hearings[0] == values.Input("f-hearings-4-kind", "one", "", "hearing_types")


def test_an_empty_form_says_nothing_and_needs_little():
    answers = values.read(kinds.first_contact(), {}, "f-")
    assert answers.values == {}
    assert set(answers.problems) == {"f-language", "f-safe_now"}


def test_what_can_be_read_is_kept_beside_what_cannot():
    form = {"language": "ne", "safe_now": "yes", "host": "XX", "called": "Zero", "reach-0-number": "none"}
    answers = values.read(kinds.first_contact(), form)
    assert answers.values == {"language": "ne", "safe_now": "yes", "called": "Zero"}
    assert set(answers.problems) == {"host", "reach-0-number"}


def test_a_form_as_a_list_of_texts_is_the_same_form():
    form = {"language": ["ne"], "safe_now": ["no"], "other_kinds": ["wage_theft", "detention"]}
    assert values.read(kinds.first_contact(), form).values["other_kinds"] == ["detention", "wage_theft"]


def test_rows_that_nobody_filled_are_no_rows():
    asked = kinds.get("wage_theft").field("deductions")
    form = {
        "deductions-0-amount-currency": "KWD",
        "deductions-7-reason": "food",
        "deductions-3-amount-amount": "12.5",
        "deductions-3-amount-currency": "KWD",
    }
    value = values.parse(asked, form)
    assert value == [{"amount": {"minor": 12500, "currency": "KWD"}}, {"reason": "food"}]
    assert values.row_numbers(form, "deductions") == [0, 3, 7]
    assert "Amount: 12.500\xa0KWD\n" in values.show(asked, value, "en")


def test_a_mistake_in_a_row_names_its_input():
    with pytest.raises(Invalid) as caught:
        values.parse(kinds.get("wage_theft").field("deductions"), {"f-deductions-2-amount-amount": "5"}, "f-")
    assert caught.value.field == "f-deductions-2-amount"
    assert caught.value.message == "Choose the currency too."


def test_a_group_has_an_end():
    asked = kinds.get("detention").field("medicine")
    form = {f"medicine-{n}-name": "x" for n in range(asked.rows + 1)}
    with pytest.raises(Invalid, match="room for"):
        values.parse(asked, form)


def test_our_own_labels_are_translated_and_names_come_from_cldr():
    spanish = {"Emergency: danger now": "Emergencia"}
    assert (
        values.show(field("choice", codes="risk"), "emergency", "es", lambda m: spanish.get(m, m))
        == "Emergencia"
    )
    assert values.show(field("country"), "NP", "ar") == "نيبال"
    assert values.show(field("language"), "ne", "ne") == "नेपाली"
    assert values.show(field("language"), "kek", "es") == "Qʼeqchiʼ"
    assert values.show(field("language"), "pa-Arab", "en") == "Punjabi (Arabic)"


def test_a_code_that_was_taken_out_of_its_list_still_shows():
    assert values.show(field("choice", codes="risk"), "dreadful", "en") == "dreadful"
    assert values.show(field("country"), "YU", "en") == "YU"


def test_choices_keep_the_order_of_the_list():
    asked = field("choices", codes="risk")
    assert values.parse(asked, {"x": ["low", "emergency", "low"]}) == ["emergency", "low"]
    with pytest.raises(Invalid):
        values.parse(asked, {"x": ["low", "dreadful"]})


def test_languages_are_offered_by_name_with_the_open_answers_last():
    offered = values.named_choices(kinds.code_list("languages"), values.Voice(values.Locale("es"), str))
    assert {key for key, _ in offered[-3:]} == {"sgn", "mis", "und"}
    names = [name.casefold() for _, name in offered[:-3]]
    assert names == sorted(names)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x00", "\x1b"])
def test_marks_that_turn_or_hide_text_are_dropped(hidden):
    assert values.parse(field("text"), {"x": f"Ze{hidden}ro"}) == "Zero"


def test_joiners_and_lines_stay():
    assert values.parse(field("text"), {"x": "می\u200cخواهم"}) == "می\u200cخواهم"
    assert values.parse(field("long_text"), {"x": "a\r\nb\n"}) == "a\nb"
    assert values.parse(field("text"), {"x": " a \n b "}) == "a b"


def test_a_text_that_is_too_long_is_not_cut():
    with pytest.raises(Invalid) as caught:
        values.parse(field("text", longest=5), {"x": "abcdef"})
    assert caught.value.params == {"length": 6, "longest": 5}


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+977 984-123 456", "+977984123456"),
        ("00977 984123456", "+977984123456"),
        ("٠٠٩٦٥ ٥٠١٢ ٣٤٥٦", "+96550123456"),
        ("(০১৭) ১২-৩৪", "0171234"),
        ("112", "112"),
        ("(+44) 20 7946 0000", "+442079460000"),
    ],
)
def test_phones_are_kept_as_written_beside_their_digits(written, dialled):
    assert values.parse(field("phone"), {"x": written}) == {"written": written, "digits": dialled}


@pytest.mark.parametrize("written", ["hello", "12", "1" * 21])
def test_what_is_no_phone(written):
    with pytest.raises(Invalid, match="not a phone number"):
        values.parse(field("phone"), {"x": written})


@pytest.mark.parametrize(
    ("system", "written", "plain"),
    [
        ("us_a_number", "A 12 345 678", "012345678"),
        ("us_a_number", "a-1234567", "001234567"),
        ("us_a_number", "A٠١٢٣٤٥٦٧٨", "012345678"),
        ("uk_prison", "a1234bc", "A1234BC"),
        ("ca_uci", "11-0123-4567", "1101234567"),
        ("other", "Nr. 5/26", "NR526"),
        ("unsure", "…345", "345"),
    ],
)
def test_numbers_as_each_system_writes_them(system, written, plain):
    value = values.parse(
        field("document_number", codes="custody_numbers"), {"x-number": written, "x-system": system}
    )
    assert value == {"written": written, "system": system, "plain": plain}


@pytest.mark.parametrize(
    ("system", "written"), [("us_a_number", "123456"), ("ca_uci", "123456789"), ("other", "--")]
)
def test_numbers_that_their_system_does_not_know(system, written):
    with pytest.raises(Invalid):
        values.parse(
            field("document_number", codes="custody_numbers"), {"x-number": written, "x-system": system}
        )


@example(3, "month", "ar", "3 أشهر")
@example(3, "day", "ne", "3 दिन")
@example(1, "year", "es", "1 año")
@given(st.just(2), st.just("week"), st.just("en"), st.just("2 weeks"))
def test_lengths_of_time_in_words(count, unit, locale, said):
    value = values.parse(field("duration"), {"x-count": str(count), "x-unit": unit})
    assert value == {"count": count, "unit": unit}
    assert values.show(field("duration"), value, locale) == said


def test_a_length_of_time_needs_its_unit_and_only_the_offered_ones():
    asked = field("duration", units=("month", "year"))
    with pytest.raises(Invalid):
        values.parse(asked, {"x-count": "3"})
    with pytest.raises(Invalid):
        values.parse(asked, {"x-count": "3", "x-unit": "hour"})
    assert values.parse(asked, {"x-unit": "month"}) is None


def test_where_every_item_gets_an_answer_the_rest_stays_open():
    asked = kinds.get("trafficking").field("indicators")
    value = values.parse(asked, {"indicators-deception": "strong", "indicators-isolation": "no"})
    assert value == {"deception": "strong", "isolation": "no"}
    assert values.show(asked, value, "en") == "Deception: Strong\nIsolation: No sign"
    # To each item belong its answer, who said so and when.
    assert len(values.inputs(asked)) == 33
