"""Text goes compressed to browsers that take it, and says the same."""

import gzip

import pytest


@pytest.mark.parametrize("path", ["/sign-in", "/static/casework.css"])
def test_text_is_compressed_for_those_who_take_it(client, path):
    with client.get(path) as answer:
        plain, headers = answer.get_data(), answer.headers
    small = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    if path.startswith("/static"):
        assert gzip.decompress(small.data) == plain


def test_what_is_tiny_goes_as_it_is(client):
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers
