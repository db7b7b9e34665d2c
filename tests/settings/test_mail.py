"""Where mail may go: never out of a demo or a laptop, never from nobody."""

import pytest

from casework import post, settings

FROM = "casework@desk.example.org"


@pytest.mark.parametrize(
    ("url", "sender", "live", "said"),
    [
        ("", "", True, None),
        ("file:///srv/mail", "", False, None),
        ("smtp://127.0.0.1:2525", FROM, False, None),
        ("smtp://mail.example.org", FROM, True, None),
        ("smtps://u:p@mail.example.org", FROM, True, None),
        ("smtp://mail.example.org", FROM, False, "production profile only"),
        ("smtp://mail.example.org", "", True, "CASEWORK_MAIL_FROM"),
        ("http://mail.example.org", FROM, True, "CASEWORK_MAIL_URL is"),
        ("smtp://", FROM, True, "CASEWORK_MAIL_URL is"),
        ("mail.example.org", FROM, True, "CASEWORK_MAIL_URL is"),
    ],
)
def test_what_is_unsafe_is_said(url, sender, live, said):
    found = post.complaint(url, sender, live=live)
    assert found is None if said is None else said in found


def loaded(tmp_path, **environ):
    settings.make_secrets(tmp_path)
    return settings.load({"CASEWORK_INSTANCE": str(tmp_path)} | environ)


def test_unless_somebody_says_so_mail_goes_into_a_folder_and_in_production_nowhere(tmp_path):
    assert loaded(tmp_path).mail_url == (tmp_path / "mail").as_uri()
    live = loaded(tmp_path, CASEWORK_PROFILE="production", CASEWORK_HOSTS="desk.example.org")
    assert live.mail_url == ""
    assert post.connect(live.mail_url) is None


def test_a_password_can_lie_in_a_file_and_is_never_printed(tmp_path):
    file = tmp_path / "mail-url"
    file.write_text("smtps://u:secret-word@mail.example.org\n")
    live = {
        "CASEWORK_PROFILE": "production",
        "CASEWORK_HOSTS": "desk.example.org",
        "CASEWORK_MAIL_FROM": FROM,
    }
    found = loaded(tmp_path, CASEWORK_MAIL_URL_FILE=str(file), **live)
    assert found.mail_url.endswith("@mail.example.org")
    assert "secret-word" not in repr(found)


def test_a_demo_never_writes_to_anybody(tmp_path):
    with pytest.raises(settings.UnsafeSettings, match="production profile only"):
        loaded(
            tmp_path, CASEWORK_DEMO="1", CASEWORK_MAIL_URL="smtp://mail.example.org", CASEWORK_MAIL_FROM=FROM
        )
