from pathlib import Path

import pytest

from casework import codes
from casework.cases import kind_files, kinds, values
from casework.cases.kinds import Type
from casework.codes import Broken
from casework.errors import Invalid
from casework.vault import Section

FIVE = ["detention", "deportation", "wage_theft", "trafficking", "recruitment_debt"]
#: Light ones, shipped as examples of how little one needs.
LIGHT = ["housing", "health_access", "discrimination", "family_separation"]

HOUSING = """
key = "housing"
title = "Housing"
help = "Eviction, no heating, a bed in the dormitory that is sold twice."
icon = "home"
order = 6
source = "Practice of a tenants' union"
source_date = "2026"
checked_on = 2026-11-21
retention = { review_months = 6, pseudonymise_months = 12 }

[sections.story]
why_sealed = "Tells the landlord who complained."
kept = "case"

[[field]]
key = "landlord"
label = "Who is the landlord?"
type = "text"
section = "story"
step = "first_contact"

[[field]]
key = "rent"
label = "Rent"
type = "money"
section = "money"
step = "first_contact"
why_sealed = "What somebody pays invites pressure."
kept = "closing"
card = true

[[field]]
key = "damages"
label = "What is broken?"
type = "group"
rows = 2
section = "story"
step = "assessment"
fields = [
  { key = "what", label = "What", type = "text" },
  { key = "since", label = "Since", type = "date", when = "past" },
]
"""


def drop(folder: Path, text: str = HOUSING, name: str = "housing.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def complaints(folder: Path) -> str:
    return "\n".join(map(str, kinds.check(folder)))


def test_the_house_is_in_order():
    assert kinds.check_all() == []


def test_the_kinds_stand_in_their_order():
    assert [kind.key for kind in kinds.all()] == FIVE + LIGHT
    assert kinds.get("detention").title == "Detention"


def test_an_unknown_kind_is_invalid():
    with pytest.raises(Invalid):
        kinds.get("allotment")
    with pytest.raises(Invalid):
        kinds.get("detention").field("landlord")


@pytest.mark.parametrize("key", FIVE)
def test_fields_are_found_by_section_and_step(key):
    kind = kinds.get(key)
    assert kind.fields() == kind.every_field
    for section in kind.sections():
        assert kind.fields(section=section)
        assert {f.section for f in kind.fields(section=section)} == {section}
    both = kind.fields(section=kind.sections()[0], step="first_contact")
    assert set(both) <= set(kind.fields(step="first_contact"))
    assert sum(len(kind.fields(section=s)) for s in kind.sections()) == len(kind.every_field)


@pytest.mark.parametrize("key", FIVE)
def test_the_first_form_of_a_kind_is_short(key):
    assert 4 <= len(kinds.get(key).fields(step="first_contact")) <= 12


@pytest.mark.parametrize("key", FIVE)
def test_every_field_says_why_it_is_sealed_and_how_long_it_is_kept(key):
    for field in kinds.get(key).every_field:
        assert field.why_sealed.endswith(".")
        assert field.kept in codes.load("kept")
        assert not field.required
        for inner in field.fields:
            assert (inner.section, inner.step, inner.kept) == (field.section, field.step, field.kept)


def test_what_is_never_asked_in_an_ordinary_form():
    asked = {f.key for kind in kinds.all() for f in kind.every_field} | {f.key for f in kinds.first_contact()}
    assert not asked & {
        "status",
        "gps",
        "location",
        "birth_date",
        "date_of_birth",
        "address",
        "surname",
        "party",
        "union",
    }
    assert not [key for key in asked if key.startswith(("immigration", "visa", "religio"))]


def test_trafficking_gives_no_verdict():
    words = " ".join(f"{f.label} {f.help}" for f in kinds.get("trafficking").every_field).casefold()
    assert "victim" not in words
    assert "score" not in words


def test_the_first_contact_asks_twelve_questions_and_insists_on_two():
    asked = kinds.first_contact()
    assert len(asked) <= 12
    assert [f.key for f in asked if f.required] == ["language", "safe_now"]


def test_the_kinds_are_a_list_of_codes_themselves():
    listed = kinds.code_list("kinds")
    assert [code.key for code in listed] == FIVE + LIGHT
    assert (
        values.parse(next(f for f in kinds.first_contact() if f.key == "kind"), {"kind": "detention"})
        == "detention"
    )


def test_the_sections_are_those_of_the_vault():
    assert {code.key for code in codes.load("sections")} == {section.value for section in Section}


def test_a_sixth_kind_is_a_file(tmp_path):
    housing = kinds.read(drop(tmp_path))["housing"]
    assert housing.sections() == ("story", "money")
    assert [f.key for f in housing.fields(step="first_contact")] == ["landlord", "rent"]
    assert [f.key for f in housing.card_fields()] == ["rent"]
    assert housing.field("landlord").why_sealed == "Tells the landlord who complained."
    assert housing.field("rent").kept == "closing"
    assert housing.retention.pseudonymise_months == 12
    form = {
        "h-landlord": " Mr. Zero ",
        "h-rent-amount": "٤٥٠",
        "h-rent-currency": "EUR",
        "h-damages-0-what": "window",
        "h-damages-0-since-written": "March 2026",
        "h-damages-1-since-calendar": "gregorian",
    }
    answers = values.read(housing.every_field, form, "h-")
    assert answers.problems == {}
    assert answers.values["landlord"] == "Mr. Zero"
    assert answers.values["rent"] == {"minor": 45000, "currency": "EUR"}
    assert answers.values["damages"][0]["since"]["date"] == "2026-03-01"
    assert [code.key for code in kinds.code_list("kinds", [housing])] == ["housing"]


def test_kinds_stand_in_the_order_that_they_say(tmp_path):
    drop(tmp_path)
    drop(tmp_path, HOUSING.replace('"housing"', '"health"').replace("order = 6", "order = 2"), "health.toml")
    assert list(kinds.read(tmp_path)) == ["health", "housing"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'type = "text"\n',
            'type = "txt"\n',
            'housing.toml, field landlord: type "txt" is not known: use one of text',
        ),
        (
            'section = "money"',
            'section = "purse"',
            'field rent: section: "purse" is not known: use one of header',
        ),
        ('step = "assessment"', 'step = "later"', 'field damages: step: "later"'),
        ('kept = "closing"', 'kept = "forever"', 'field rent: kept: "forever"'),
        ('why_sealed = "What somebody pays invites pressure."', "", "field rent: add why_sealed"),
        ('key = "rent"', 'key = "landlord"', "field landlord: this key stands there twice"),
        ('key = "rent"', 'key = "Monthly rent"', "key must be small letters"),
        ('label = "Rent"', 'labl = "Rent"', 'field rent: "labl" is not known here'),
        ('label = "Rent"', "", "field rent: add label"),
        ("card = true", 'card = "yes"', "field rent: card has the wrong form"),
        ('key = "landlord"', 'key = "landlord"\ncard = true', "field landlord: card: lists can filter"),
        ('type = "text"\nsection', 'type = "choice"\nsection', "field landlord: add codes"),
        (
            'type = "text"\nsection',
            'type = "choice"\ncodes = "colours"\nsection',
            'no list "colours" in config/codes/',
        ),
        ('when = "past"', 'when = "yesterday"', "field damages.since: when must be"),
        ('label = "What", type = "text"', 'label = "What", type = "group"', "a group inside a group"),
        ('key = "housing"', 'key = "homes"', 'key is "homes" but the file is called housing.toml'),
        ("order = 6", "", "housing.toml: add order"),
        ("order = 6", 'order = "last"', "order has the wrong form"),
        ("pseudonymise_months = 12", "pseudonymise_months = 3", "retention must be"),
        ("[sections.story]", "[sections.gossip]", '[sections.gossip]: "gossip" is not known'),
        ('kept = "case"', 'kept = "case"\nlabel = "x"', "takes why_sealed and kept, nothing else"),
        ("rows = 2", "rows = 2\nleast = 1", 'field damages: "least" is not known here'),
        ('title = "Housing"', 'title = "Housing', "this is not TOML"),
    ],
)
def test_a_bad_file_says_which_field_and_what_to_do(tmp_path, old, new, said):
    assert old in HOUSING
    drop(tmp_path, HOUSING.replace(old, new, 1))
    assert said in complaints(tmp_path)
    with pytest.raises(Broken, match=r"housing\.toml"):
        kinds.read(tmp_path)


@pytest.mark.parametrize("fields", ["field = 3", "field = [1]", "", 'field = "x"'])
def test_a_file_without_fields_is_told_so(tmp_path, fields):
    head = HOUSING.split("[sections.story]", maxsplit=1)[0]
    drop(tmp_path, head + fields)
    assert "add at least one [[field]]" in complaints(tmp_path)


def test_all_problems_of_all_files_are_said_at_once(tmp_path):
    drop(tmp_path, HOUSING.replace('"money"', '"purse"', 2))
    drop(tmp_path, "key = 1", "odd.toml")
    files = {problem.file for problem in kinds.check(tmp_path)}
    assert files == {"housing.toml", "odd.toml"}


def test_bounds_must_make_sense(tmp_path):
    drop(tmp_path, HOUSING.replace('type = "money"', 'type = "money"\nleast = 9\nmost = 1.5'))
    assert "field rent: least is more than most" in complaints(tmp_path)


def test_a_whole_installation_is_checked(tmp_path):
    for name in ("codes", "kinds"):
        (tmp_path / name).mkdir()
    drop(tmp_path / "kinds", HOUSING)
    assert "first_contact.toml: this file is missing" in "\n".join(map(str, kinds.check_all(tmp_path)))
    (tmp_path / "settings.toml").write_text("page_size = 25", "utf-8")
    (tmp_path / "leaving.toml").write_text("field = []", "utf-8")
    assert [p.file for p in kinds.check_all(tmp_path)] == ["first_contact.toml", "leaving.toml"]
    (tmp_path / "codes" / "colours.toml").write_text('title = "Colours"', "utf-8")
    assert [p.file for p in kinds.check_all(tmp_path)] == ["colours.toml"]


def test_a_page_of_thirteen_questions_is_too_long(tmp_path):
    page = tmp_path / "page.toml"
    one = '[[field]]\nkey = "q{}"\nlabel = "?"\ntype = "text"\nsection = "story"\nstep = "intake"\n'
    one += 'why_sealed = "x"\nkept = "case"\n'
    page.write_text("".join(one.format(n) for n in range(13)), "utf-8")
    with pytest.raises(Broken, match="at most 12 questions"):
        kind_files.read_questions(page, kinds.MOST_QUESTIONS)
    assert len(kind_files.read_questions(page)) == 13
    page.write_text("".join(one.format(n) for n in range(12)), "utf-8")
    assert len(kind_files.read_questions(page, kinds.MOST_QUESTIONS)) == 12


def test_every_type_is_used_by_the_house_or_can_be():
    used = {f.type for kind in kinds.all() for f in kind.every_field}
    used |= {inner.type for kind in kinds.all() for f in kind.every_field for inner in f.fields}
    used |= {f.type for f in kinds.first_contact()}
    assert used == set(Type)
