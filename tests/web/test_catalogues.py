"""The catalogues of sentences: everything is collected, everything on a page is translated, and it fits."""

import ast

import pytest
from babel.messages.mofile import read_mo

from casework import codes
from casework.cases import kinds
from tests.web.catalogues import (
    LANGUAGES,
    ROOT,
    catalogue,
    collected,
    msgids,
    of_pages,
    places,
    sentences,
    template,
)

_AGAIN = "`make messages` collects what is new; then fill in what is empty in the .po"


def test_the_template_holds_what_the_code_says_now():
    assert msgids(template()) == collected().keys(), _AGAIN


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_knows_the_same_sentences(language):
    assert msgids(catalogue(language)) == msgids(template()), _AGAIN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_pages_is_translated(language):
    kept = catalogue(language)
    assert not {msgid for msgid in of_pages() if not all(sentences(kept.get(msgid)))}, _AGAIN


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_guessed(language):
    assert not [message.id for message in catalogue(language) if message.id and message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stays(language):
    """A place that is lost says less; a place that is misspelt breaks the page."""
    for message in catalogue(language):
        if message.id and not message.pluralizable and message.string:
            assert places(message.string) == places(message.id), message.id


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("ar", 6)])
def test_plurals_are_complete(language, forms):
    """In Arabic zero, one and two may go without a figure; from three on it stands there."""
    pairs = [message for message in catalogue(language) if message.pluralizable]
    assert pairs
    for message in pairs:
        assert len(message.string) == forms
        assert all(message.string)
        assert {p for form in message.string for p in places(form)} == set(places(message.id[1]))
        assert all(places(form) == places(message.id[1]) for form in message.string[3:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_written(language):
    """`make setup` compiles; a page that reads an old file says old words."""
    path = ROOT / "casework" / "web" / "translations" / language / "LC_MESSAGES" / "messages.mo"
    with path.open("rb") as file:
        compiled = read_mo(file)
    told = {message.id: message.string for message in catalogue(language) if isinstance(message.id, str)}
    one_form = {m.id: m.string for m in compiled if isinstance(m.id, str)}
    assert {msgid: one_form[msgid] for msgid in of_pages() & one_form.keys()} == {
        msgid: told[msgid] for msgid in of_pages() & told.keys()
    }


def test_every_kind_and_every_code_is_collected():
    for kind in kinds.all():
        assert {kind.title, kind.help, *(field.label for field in kind.every_field)} <= collected().keys()
    for path in sorted(codes.DIRECTORY.glob("*.toml")):
        if path.stem not in codes.OTHER_TABLES:
            labels = {code.label for code in codes.load(path.stem)} - {""}
            assert labels <= collected().keys(), path.name


def test_what_people_are_at_a_desk_is_collected():
    assert {"volunteer", "coordinator", "legal ally", "campaign team"} <= collected().keys()


def test_every_refusal_says_its_sentence_where_it_is_raised():
    """A sentence that comes to `Invalid` by a name is not collected, unless `msgid` marks it."""
    for path in sorted((ROOT / "casework").rglob("*.py")):
        tree = ast.parse(path.read_text())
        marked = {target.id for one in tree.body if _marks(one) for target in one.targets}
        for call in filter(_refuses, ast.walk(tree)):
            said = call.args[0]
            handed_on = isinstance(said, ast.Attribute) and said.attr == "message"
            known = isinstance(said, ast.Constant) or getattr(said, "id", "") in marked
            assert handed_on or known, f"{path}:{call.lineno}"


def _marks(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and getattr(getattr(node.value, "func", None), "id", "") == "msgid"


def _refuses(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Invalid"
    )
