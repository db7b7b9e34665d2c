import pytest

from casework.search import aliases
from casework.search.parts import parts

FILE = """
[sources]
book = "A book of names"
[[groups]]
names = {names}
source = "{source}"
"""


def test_every_group_is_read_and_names_its_source():
    groups = aliases.groups()
    assert len(groups) > 100
    assert all(group.source for group in groups)


def test_most_groups_of_the_table_are_needed():
    """A group whose spellings all sound alike says nothing that is not found without it."""
    idle = [g for g in aliases.groups() if len({parts(name)[0].sounds for name in g.names}) == 1]
    assert len(idle) < 10, [g.names for g in idle]


@pytest.mark.parametrize(
    ("names", "source", "complaint"),
    [
        ('["Diallo"]', "book", "two spellings"),
        ('["Diallo", "Abu Bakr"]', "book", "one part"),
        ('["Diallo", "Jalloh"]', "none", "unknown source"),
        ('["Diallo", "…"]', "book", "one part"),
    ],
)
def test_a_wrong_group_is_refused_by_name(tmp_path, names, source, complaint):
    path = tmp_path / "aliases.toml"
    path.write_text(FILE.format(names=names, source=source), "utf-8")
    with pytest.raises(ValueError, match=complaint):
        aliases.groups(path)


def test_the_same_name_elsewhere():
    (part,) = parts("Jalloh")
    assert ("dialu", False) in aliases.others(part)
    (part,) = parts("Nobodysname")
    assert aliases.others(part) == ()
