"""Languages of papers that no page has: their files are whole, their letters are in our fonts, and they say what they are."""

import re
import tomllib

import pytest
import typst
from babel import Locale

from casework.papers import printing
from casework.papers.blocks import Paper
from casework.settings import ROOT
from casework.web import paper_languages
from tests.papers.copied import text_of
from tests.papers.test_printing import joined

FILES = sorted((ROOT / "config" / "papers").glob("*.toml"))
WORDS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["words"] for path in FILES}
#: Where the words of the page that is read aloud stand.
ALOUD = (
    "casework/money/account/spoken.py",
    "casework/web/views/cases/money_aloud.py",
    "templates/cases/money_aloud.html",
)
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for pattern in ("casework/papers/*.py", "config/codes/*.toml", *ALOUD)
    for path in sorted(ROOT.glob(pattern))
)


def test_every_file_has_the_same_words_and_each_is_one_of_ours():
    plain = re.sub(r'"\s*\n\s*"', "", SOURCES)
    for words in WORDS.values():
        assert set(words) == set(WORDS["ne"])
        assert all(words.values())
    assert [one for one in WORDS["ne"] if one not in plain] == []


@pytest.mark.parametrize("language", WORDS)
def test_all_its_letters_print(language):
    paper = Paper("x")
    for said in WORDS[language].values():
        paper.text(said)
    # A paper with a letter that no font of ours has cannot be made as readable aloud: this raises.
    made = printing._compiler(paper, Locale.parse(language), "", "").compile(
        format="pdf", pdf_standards=printing._STANDARD
    )
    assert joined(WORDS[language]["Name"]) in joined(text_of(made))


def test_a_letter_that_no_font_has_is_noticed():
    paper = Paper("x")
    paper.text("\U00013000")
    with pytest.raises(typst.TypstError):
        printing._compiler(paper, Locale("en"), "", "").compile(
            format="pdf", pdf_standards=printing._STANDARD
        )


def test_a_paper_in_such_a_language_says_so(app):
    with app.test_request_context():
        assert paper_languages.from_a_file("ne", ("en", "es", "ar"))
        assert not paper_languages.from_a_file("ar", ("en", "es", "ar"))
        voice = paper_languages.voice_in("ne")
        assert voice.gettext("Receipt of payment") == WORDS["ne"]["Receipt of payment"]
        assert voice.gettext("What this file does not have") == "What this file does not have"
        assert voice.gettext(printing.UNREAD) == WORDS["ne"][printing.UNREAD]
        assert ("ne", "नेपाली") in paper_languages.offered(("en", "es", "ar"))
