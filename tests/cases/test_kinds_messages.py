"""Every word of the kinds and lists that people see reaches the translators."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from casework import codes
from casework.cases import kinds
from casework.cases.messages import toml_messages

ROOT = Path(codes.__file__).resolve().parent.parent


def found(text: str, **options) -> list[tuple[int, str]]:
    return [(line, said) for line, _, said, _ in toml_messages(BytesIO(text.encode()), {}, (), options)]


def test_labels_are_found_with_their_lines():
    text = 'title = "Housing"\nkey = "housing"\n\n[[field]]\nlabel = "Rent"\nfields = [\n  { label = "What", help = "Say \\"it\\"." },\n]\n'
    assert found(text) == [(1, "Housing"), (5, "Rent"), (7, "What"), (7, 'Say "it".')]


def test_what_nobody_sees_is_left_out_and_other_keys_can_be_named():
    text = 'source = "Practice"\nwhy_sealed = "Because."\nhelp = ""\n'
    assert found(text) == []
    assert found(text, keys="why_sealed") == [(2, "Because.")]


def test_a_text_over_several_lines_is_found_whole():
    assert found('label = """\nOne\ntwo"""\n') == [(1, "One\ntwo")]


def everything_shown() -> set[str]:
    lists = [codes.load(name) for name in codes.names()]
    asked = [f for kind in kinds.all() for f in kind.every_field] + list(kinds.first_contact())
    asked += [inner for f in asked for inner in f.fields]
    said = {text for f in asked for text in (f.label, f.help, f.unit)}
    said |= {text for kind in kinds.all() for text in (kind.title, kind.help)}
    said |= {text for listed in lists for code in listed for text in (code.label, code.help)}
    return said - {""}


def test_babel_collects_every_label_of_the_house():
    with (ROOT / "deploy" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    ours = [(pattern, method) for pattern, method in methods if pattern.startswith("config/")]
    collected = extract_from_dir(ROOT, ours, options, directory_filter=lambda folder: "/config" in folder)
    assert everything_shown() <= {result[2] for result in collected}


def test_sentences_for_who_typed_are_whole_messages():
    """`pybabel -k Invalid` collects the first argument: it must be one text, not one put together."""
    collected = extract_from_dir(
        ROOT / "casework" / "cases" / "values", [("**.py", "python")], keywords={"Invalid": None}
    )
    messages = {result[2] for result in collected}
    assert "Choose the currency too." in messages
    assert "“%(text)s” can be read in two ways. Write it without a mark for thousands." in messages
    assert len(messages) > 20
