"""An operator with every file of the server, while a desk's file with everything is made, after it broke off, after it was saved."""

import json

import pytest

from casework.db import db
from tests.attacks.traces import opened_by_the_server, places, seen
from tests.evidence import made as pictures
from tests.web.test_cases import ref_of
from tests.web.test_export import agreed, cleo, fetch, one_of, unsealed, visit, words_of

__all__ = ["agreed", "cleo", "visit"]

NAME, STORY = "Qzxnamewvj", "Qzxstorywvj"


@pytest.fixture
def found(app, settings, capfd):
    """`found(*marks)`: where any of them can be read, with every secret of the server in hand."""

    def _found(*marks):
        out, err = capfd.readouterr()
        with app.app_context():
            everything = list(places(settings, (out + err).encode()))
            sealed = opened_by_the_server(settings)
            db.session.rollback()
        return [at for mark in marks for at in seen(mark, everything)] + sealed

    return _found


def test_nothing_of_it_lies_anywhere(visit, world, agreed, found, temporary):
    asha = visit(world.asha)
    ref = ref_of(asha.log(called=NAME, what_happened=STORY))
    asha.get(asha.at(f"cases/{ref}/evidence/new"))
    asha.hand_in(
        asha.at(f"cases/{ref}/evidence/new"),
        {"what": "contract", "called": NAME, "grade": "photo"},
        pictures.picture("PNG", (300, 200), compress_level=0),
    )
    mei, _ = agreed
    words = words_of(mei.last)
    # Two of the words, however they are joined; one alone is a word that any page may say.
    pairs = [join.join(words.split()[:2]) for join in " -"]
    marks = (NAME, STORY, words, *pairs, "The host closes our server")
    assert found(*marks) == []
    answer, _ = fetch(mei)
    parts = answer.iter_encoded()
    for _ in range(3):
        next(parts)
    # In the middle of the photo: what was sent is gone, what comes is not made yet.
    assert found(*marks) == []
    assert list(temporary.iterdir()) == []
    rest = list(parts)
    assert rest
    assert found(*marks) == []
    assert not any(NAME.encode() in part or words.encode() in part for part in rest)


def test_one_that_broke_off_leaves_nothing_and_can_be_made_again(app, visit, world, agreed, found):
    asha = visit(world.asha)
    asha.log(called=NAME, what_happened=STORY)
    mei, _ = agreed
    answer, words = fetch(mei)
    parts = answer.iter_encoded()
    next(parts)
    # The server dies: the answer is dropped where it is.
    answer.close()
    assert found(NAME, STORY, words) == []
    mei.get(mei.at("export/"))
    assert "Can be made now" in mei.last
    mei.get(one_of(mei) + "/make")
    again, other = fetch(mei)
    assert other != words
    assert again.get_data().startswith(b"age-encryption.org/v1\n")
    assert found(NAME, STORY, other) == []


def test_a_file_key_that_is_gone_does_not_stop_the_others(app, settings, visit, world, agreed):
    """Somebody deleted a sealed file from the store: it is named, everything else is there."""
    asha = visit(world.asha)
    ref = ref_of(asha.log(called=NAME))
    asha.get(asha.at(f"cases/{ref}/evidence/new"))
    asha.hand_in(
        asha.at(f"cases/{ref}/evidence/new"),
        {"what": "contract", "called": NAME, "grade": "photo"},
        pictures.picture(),
    )
    for path in (settings.instance / "files").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"x")
    mei, _ = agreed
    answer, words = fetch(mei)
    archive = unsealed(answer, words)
    manifest = json.loads(archive.read("manifest.json"))
    assert [one for one in manifest["does_not_open"] if one.startswith(f"cases/{ref}/files/")]
