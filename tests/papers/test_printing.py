"""What is typed prints as text, can be copied, runs in the right direction, and never stops a paper."""

import io

import pikepdf
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.papers import printing
from casework.papers.blocks import Paper
from casework.papers.plain_text import plain
from tests.papers.copied import text_of

EN = Locale("en")


def paper(*texts: str) -> Paper:
    made = Paper("Case sheet", "KQ7M-2XPD")
    for text in texts:
        made.heading(text)
        made.text(text)
        made.facts([("label", text), (text, "value")])
        made.table(["head", text], [["cell", text]], [1, 1], [1])
        made.boxes(text, [text])
        made.sign(text)
    return made


def joined(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Sita Gurung"),
        ("ne", "श्रीमती सीता गुरुङ क्षत्रिय ज्ञानेन्द्र"),
        ("bn", "মোহাম্মদ রফিকুল ইসলাম ক্ষুদ্রঋণ"),
        ("am", "አበበ ቢቂላ"),
        ("hi", "प्रियंका श्रीवास्तव"),
        ("fil", "Ñiña de los Ángeles"),
    ],
)
def test_its_text_can_be_copied(language, name):
    made = printing.pdf(paper(name), Locale.parse(language), "for somebody", "foot")
    assert joined(text_of(made)).count(joined(name)) >= 5


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_language_from_right_to_left_keeps_its_words_and_numbers(language):
    made = printing.pdf(paper("فاطمة الزهراء", "+977 980 111 2233"), Locale.parse(language), "m", "f")
    copied = text_of(made)
    # Glyphs lie in the order in which they are seen: a word backwards, a number as it is dialled.
    assert "ءارهزلا" in copied
    assert joined("+977 980 111 2233") in joined(copied)


def test_a_paper_is_tagged_and_says_its_language_and_its_title():
    with pikepdf.open(io.BytesIO(printing.pdf(paper("x"), Locale("ar")))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "ar"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.ViewerPreferences.Direction) == "/R2L"


HOSTILE = [
    "#set page(width: 1pt)",
    '#read("/etc/passwd")',
    '#import "../printing.py"',
    "#panic()",
    "*bold* _it_ $x^2$ @ref <label> // /* ` ``` = - + / ~ --- [x] {y} \\ \" '",
    '"}] } #sys.inputs {"is": "break"}',
    "{called} %(name)s ${x} {{ y }}",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_prints_as_it_was_typed(text):
    assert joined(text_of(printing.pdf(paper(text), EN))).count(joined(text)) >= 5


def test_no_mark_turns_what_stands_beside_it():
    made = printing.pdf(paper("\u202eevil\u202d\u2067x"), EN)
    assert "evilx" in joined(text_of(made))
    assert plain("a\u202eb\u2066c\u200f") == "abc"


@pytest.mark.slow
def test_ten_thousand_characters_stay_on_their_pages():
    made = printing.pdf(paper("x" * 10_000, "word " * 2_000), EN)
    copied = joined(text_of(made))
    assert copied.count("x") >= 50_000
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) > 5


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_no_text_stops_a_paper(text):
    assert printing.pdf(paper(text), EN).startswith(b"%PDF")


@pytest.mark.slow
def test_the_watermark_and_the_foot_are_on_every_page():
    made = printing.pdf(paper("word " * 3_000), EN, "Lawyer Test · 22 Nov 2026", "the foot")
    with pikepdf.open(io.BytesIO(made)) as document:
        pages = len(document.pages)
    assert text_of(made).count("Lawyer Test · 22 Nov 2026") == pages > 1
    assert text_of(made).count("the foot") == pages


def test_a_name_in_another_direction_leaves_the_reference_whole():
    said = printing._each_apart("सीता أمينة · 78HG-FGHM")
    assert said == "\u2068सीता أمينة\u2069 · \u206878HG-FGHM\u2069"


@pytest.mark.parametrize("before", ["text", "list"])
def test_a_signature_is_never_alone_on_a_page(before):
    for lines in range(34, 56, 2):
        made = Paper("Demand for wages", "KQ7M-2XPD")
        for number in range(lines):
            made.text(f"Line {number}")
        if before == "text":
            made.text("I keep every other right that I have.")
        else:
            made.points(["I keep every other right that I have."])
        made.sign("Signature", "Place and day")
        with pikepdf.open(io.BytesIO(printing.pdf(made, EN))) as found:
            pages = [text_of(_alone(page)) for page in found.pages]
        (signed,) = [page for page in pages if "Signature" in page]
        assert "I keep" in signed


def _alone(page: pikepdf.Page) -> bytes:
    one, raw = pikepdf.new(), io.BytesIO()
    one.pages.append(page)
    one.save(raw)
    return raw.getvalue()
