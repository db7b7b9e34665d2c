"""Languages of papers that no page has: their files are whole, their letters are in our fonts, and they say what they are."""

import re
import tomllib

import pytest
import typst
from babel import Locale
from babel.messages.extract import extract_from_file

from casework import codes
from casework.cases import kinds
from casework.cases.values import choices as values
from casework.money import rule_files
from casework.papers import printing
from casework.papers.blocks import Paper
from casework.settings import ROOT
from casework.web import paper_languages
from tests.papers.copied import text_of
from tests.papers.test_printing import joined

PLACES = re.compile(r"%\(\w+\)s|%%")
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for pattern in (
        "casework/papers/*.py",
        "casework/money/**/*.py",
        "casework/web/views/cases/money_aloud.py",
        "casework/cases/values/*.py",
        "config/**/*.toml",
    )
    for path in sorted(ROOT.glob(pattern))
    if path.parent.name != "papers" or path.suffix == ".py"
)
FILES = sorted((ROOT / "config" / "papers").glob("*.toml"))
WORDS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["words"] for path in FILES}
#: Modules whose sentences are printed or read aloud.
SAID = (
    *(
        f"casework/papers/{name}.py"
        for name in (
            "sheets",
            "hours",
            "workings",
            "letters",
            "receipts",
            "indicators",
            "proofs",
            "intake",
            "schedules",
            "printing",
        )
    ),
    "casework/money/*.py",
    "casework/money/wages/*.py",
    "casework/money/account/spoken.py",
    "casework/web/views/cases/money_aloud.py",
)
#: Days of detention and what changed since a result was kept stand on pages alone, in the languages of pages.
PAGES_ALONE = ("spells.py", "calculators.py")
#: Lists whose words stand on papers about money, on the indicator sheet and on every case sheet.
LISTS = [
    "pay_periods",
    "hour_bands",
    "hour_sources",
    "entitlements",
    "deduction_reasons",
    "recruitment_costs",
    "chain_roles",
    "receipts",
    "refunds",
    "ledger_lines",
    "proofs",
    "evidence_grades",
    "money_stages",
    "money_subjects",
    "payment_methods",
    "contract_versions",
    "loan_periods",
    "interest_terms",
    "answers",
    "sections",
    "entry_types",
    "presence",
    "ilo_indicators",
    "trafficking_acts",
    "trafficking_means",
    "trafficking_purposes",
    "indicator_strength",
    "around_roles",
    "calendars",
    "duration_units",
]


def sentences() -> set[str]:
    """All sentences of ours that a paper about money, a letter, a sheet or the intake form may say."""
    files = [one for pattern in SAID for one in ROOT.glob(pattern) if one.name not in PAGES_ALONE]
    found = [extract_from_file("python", one, keywords={"say": None, "msgid": None}) for one in files]
    return {message[1] for some in found for message in some}


def labels(fields) -> set[str]:
    """The questions of a form, their units, and the words that can be chosen there."""
    found = {one.label for one in fields} | {one.unit for one in fields}
    found |= {said for one in fields for said in labels(one.fields)}
    names = {name for one in fields for name in (values.list_of(one), one.answers) if name}
    listed = [kinds.code_list(name) for name in names]
    return found | {code.label for one in listed for code in one if not one.named_by}


@pytest.mark.parametrize("language", WORDS)
def test_whatever_a_paper_says_it_says_in_its_language(language):
    wanted = sentences() | {code.label for name in LISTS for code in codes.load(name) if code.label}
    wanted |= {said for rule in rule_files.house().rules.values() for said in (rule.title, rule.caveat)}
    # What is folded is asked where a paper is typed in, not on it.
    asked = [one for one in kinds.page("may_we_keep") if not one.folded]
    wanted |= labels(kinds.first_contact()) | labels(asked) | labels(kinds.common())
    for kind in kinds.all():
        wanted |= labels(kind.every_field) | {kind.title}
    assert sorted(wanted - set(WORDS[language]) - {""}) == []


def test_no_word_is_kept_that_nothing_says():
    plain = re.sub(r'"\s*\n\s*"', "", SOURCES)
    for words in WORDS.values():
        assert set(words) == set(WORDS["ne"])
        assert all(words.values())
    assert [one for one in WORDS["ne"] if one not in plain] == []


@pytest.mark.parametrize("language", WORDS)
def test_every_place_of_a_sentence_is_kept(language):
    for english, said in WORDS[language].items():
        assert sorted(PLACES.findall(said)) == sorted(PLACES.findall(english)), english


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
