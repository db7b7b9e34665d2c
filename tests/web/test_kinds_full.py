"""Every question of every kind through the pages: asked, read back, refused in words, folded where it can wait."""

import gzip

import pytest

from casework.cases import kinds

MOST = 15 * 1024
PARTS = ("identity", "story", "legal", "money", "health", "evidence")


@pytest.mark.parametrize("kind", [kind.key for kind in kinds.all()])
def test_every_section_of_a_kind_can_be_asked_and_read(visit, world, kind):
    asha = visit(world.asha)
    case = asha.log(kind=kind).location
    for part in PARTS:
        if not kinds.get(kind).fields(section=part) and part not in (
            "identity",
            "story",
            "evidence",
            "legal",
        ):
            continue
        assert asha.get(f"{case}/part/{part}/edit").status_code == 200
        assert len(gzip.compress(asha.last.encode(), 6)) <= MOST, part
        for field in kinds.get(kind).fields(section=part):
            assert f'id="q-{kind}.{field.key}"' in asha.last
        assert asha.get(f"{case}/part/{part}").status_code == 200
