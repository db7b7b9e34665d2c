"""The catalogue is whole: no number twice, and every column of every table is sealed or written down as plain."""

import re
from pathlib import Path

import pytest

from casework.db import db
from casework.vault import catalogue
from casework.vault.blob import Fmt
from casework.vault.catalogue import SealedField
from casework.vault.plain_columns import PLAIN

ONE = SealedField(1, "a", "b", "case", "why", "until")
#: Numbers that were given out, with what they were given to when they were. Lines are added, never changed.
GIVEN = {1: Fmt.SLOT, 2: Fmt.PROFILE, 11: Fmt.AUDIT, 12: Fmt.SEGMENT, 14: Fmt.CASE_WRAP, 17: Fmt.BOX}


@pytest.mark.parametrize(
    ("fields", "retired"),
    [
        ((ONE, SealedField(1, "a", "c", "case", "", "")), frozenset()),
        ((ONE, SealedField(2, "a", "b", "case", "", "")), frozenset()),
        ((ONE,), frozenset({1})),
    ],
)
def test_a_number_or_column_taken_twice_stops_the_program(fields, retired):
    with pytest.raises(ValueError, match="twice"):
        catalogue._by_name(fields, retired)


def test_a_field_is_found_by_name_and_no_other():
    assert catalogue.field("entry.body").number == 4
    with pytest.raises(KeyError):
        catalogue.field("entry.text")


def test_formats_that_were_given_out_stay():
    by_number = {field.number: field.fmt for field in catalogue.FIELDS}
    assert {number: by_number.get(number) for number in GIVEN} == GIVEN


def test_every_sealed_field_says_why_and_how_long():
    for field in catalogue.FIELDS:
        assert field.why
        assert field.kept


def test_every_column_of_every_table_is_sealed_or_written_down_as_plain(database):
    columns = {
        f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns
    }
    assert not columns - catalogue.names() - set(PLAIN), "seal them, or say why they are plain"
    assert not catalogue.names() & set(PLAIN)
    assert not catalogue.names() - columns, "retire the numbers of columns that are gone"


def test_a_sealed_column_holds_bytes(database):
    for table in db.metadata.tables.values():
        for column in table.columns:
            if f"{table.name}.{column.name}" in catalogue.names():
                assert column.type.python_type is bytes


def test_only_the_vault_imports_cryptography():
    rooms = Path(__file__).parents[2] / "casework"
    importers = {
        path.relative_to(rooms).parts[0]
        for path in rooms.rglob("*.py")
        if re.search(r"^\s*(from|import) cryptography", path.read_text("utf-8"), re.MULTILINE)
    }
    assert importers == {"vault"}
