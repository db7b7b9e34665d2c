"""The same questions to a local folder and to a real S3 server."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest

from casework import store
from casework.errors import NotFound
from casework.store import Store, StoreAway
from tests import services

BIG = [bytes([number % 251]) * 65_536 for number in range(200)]


@pytest.fixture(scope="module")
def s3_server():
    with services.s3() as found:
        yield found


def bucket(found: services.S3, name: str) -> None:
    """The server makes a bucket with its first file; the volume behind it may need another moment."""
    for _ in range(200):
        try:
            Store(address(found, name)).put(uuid4(), [b"first"])
        except StoreAway:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server takes nothing")


def address(found: services.S3, name: str) -> str:
    return f"s3://{name}/casework?endpoint={found.endpoint}&region=us-east-1"


@pytest.fixture(params=["folder", "s3"])
def kept(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return Store((tmp_path / "files").as_uri())
    found = request.getfixturevalue("s3_server")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", found.key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", found.secret)
    bucket(found, "desk")
    return Store(address(found, "desk"))


def test_what_was_put_is_got_and_deleted(kept):
    file_id = uuid4()
    kept.put(file_id, iter(BIG))
    assert b"".join(kept.get(file_id)) == b"".join(BIG)
    kept.delete(file_id)
    kept.delete(file_id)
    with pytest.raises(NotFound):
        kept.get(file_id)


def test_old_files_are_listed_by_id(kept):
    file_ids = {uuid4() for _ in range(3)}
    for file_id in file_ids:
        kept.put(file_id, [b"x"])
    assert file_ids <= set(kept.older_than(timedelta(seconds=-5)))
    assert not file_ids & set(kept.older_than(timedelta(days=3)))


def test_it_answers_whether_it_is_there(kept):
    kept.check()


def test_a_file_that_fails_half_way_is_not_there(kept):
    def broken():
        yield b"x" * 6_000_000
        raise OSError

    file_id = uuid4()
    with pytest.raises(StoreAway):
        kept.put(file_id, broken())
    with pytest.raises(NotFound):
        kept.get(file_id)


def test_a_wrong_secret_is_refused(s3_server, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(StoreAway):
        Store(address(s3_server, "desk")).check()


def test_the_folder_tells_the_day_and_nobody_else_may_look(tmp_path):
    file_id = uuid4()
    Store((tmp_path / "files").as_uri()).put(file_id, [b"x"])
    path = tmp_path / "files" / file_id.hex[:2] / file_id.hex
    assert path.stat().st_mtime % 86_400 == 0
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("file:///somewhere", True),
        ("s3://desk/casework", True),
        ("s3://desk?endpoint=https://store.example&region=x", True),
        ("s3://desk?endpoint=http://127.0.0.1:8333", True),
        ("s3://desk?endpoint=http://store.example", False),
        ("memory://", False),
        ("/a/folder", False),
    ],
)
def test_an_unsafe_address_is_refused(url, may):
    assert (store.complaint(url) is None) is may
