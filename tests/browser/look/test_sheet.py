"""The style sheet, the script and the templates, read as text: what they must not contain."""

import hashlib
import json
import re

import pytest

from casework.settings import ROOT

ASSETS = ROOT / "deploy" / "assets"
SHEET = (ROOT / "casework/web/static/casework.css").read_text()
SCRIPT = (ROOT / "casework/web/static/casework.js").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_the_sheet_is_built_from_the_present_sources():
    digest = hashlib.sha256()
    names = ["build.mjs", "take.json", "package.json"]
    names += sorted(f"css/{path.name}" for path in (ASSETS / "css").glob("*.css"))
    for name in names:
        digest.update((ASSETS / name).read_bytes())
    assert f"sources {digest.hexdigest()[:16]}" in SHEET, "run `make assets` and commit what it makes"


@pytest.mark.parametrize("word", ["light-dark(", "oklch(", "color-mix(", "@import", "http:", "https:"])
def test_the_sheet_has_nothing_that_old_phones_or_the_policy_refuse(word):
    assert word not in SHEET.replace("http://www.w3.org/2000/svg", "")


def test_our_sheet_has_no_left_and_no_right():
    sided = re.compile(
        r"(margin|padding|border)-(left|right)|text-align: (left|right)|^\s*(left|right):", re.MULTILINE
    )
    for path in (ASSETS / "css").glob("*.css"):
        assert not sided.search(path.read_text()), path.name


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(json.loads((ASSETS / "take.json").read_text())["icons"])
    for path in TEMPLATES:
        for name in re.findall(r"icon\(\"([a-z-]+)\"\)", path.read_text()):
            assert name in drawn, f"{path.name}: {name}"


@pytest.mark.parametrize(
    "word", ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "innerHTML", "eval("]
)
def test_the_script_keeps_nothing_and_writes_no_markup(word):
    assert word not in SCRIPT


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_template_needs_more_than_the_policy_allows(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b", text)
