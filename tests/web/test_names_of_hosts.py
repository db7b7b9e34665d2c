"""Whoever asks under another name gets nothing: a one-time link must never lead elsewhere."""

import pytest


@pytest.mark.parametrize("path", ["/sign-in", "/readyz", "/nowhere"])
def test_another_name_is_refused(app, path):
    client = app.test_client()
    refused = client.get(path, headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "evil.example" not in refused.get_data(as_text=True)
    assert client.get(path, headers={"Host": "127.0.0.1:8000"}).status_code in {200, 404}


def test_a_chosen_name_is_served(app_with):
    client = app_with(hosts=("desk.example.org",)).test_client()
    assert client.get("/sign-in", headers={"Host": "desk.example.org"}).status_code == 200
    assert client.get("/sign-in", headers={"Host": "desk.example.org.evil.example"}).status_code == 400


def test_no_link_is_made_for_a_name_that_is_not_served(app):
    made = app.test_cli_runner().invoke(args=["casework", "set-up", "--address", "https://evil.example"])
    assert made.exit_code == 1
    assert "CASEWORK_HOSTS" in made.output
