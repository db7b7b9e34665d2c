"""Pages in Spanish and Arabic: nothing is left in English."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from casework import codes
from casework.cases.values import Voice, named_choices
from casework.web import paper_languages
from tests.web.catalogues import LANGUAGES, ROOT, catalogue, collected, sentences
from tests.web.crawl import a_case_of_each_kind, reached, speak
from tests.web.spoken import said

DIRECTIONS = {"en": "ltr", "es": "ltr", "ar": "rtl"}

_LATIN = re.compile("[A-Za-z]{2,}")
#: References, and places in a text that a paper fills in, such as {recipient}.
_SIGNS = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}|\{[a-z_]+\}")

_WRONG = dict.fromkeys(("login", "passphrase", "code"), "x")


@pytest.mark.parametrize("language", DIRECTIONS)
def test_a_stranger_chooses_a_language_before_signing_in(visit, language):
    stranger = visit()
    speak(stranger, language, "/sign-in")
    stranger.get("/sign-in")
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}"' in stranger.last
    wanted = {"en": "Sign in", "es": "Iniciar sesión", "ar": "تسجيل الدخول"}
    assert wanted[language] in said(stranger.last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_the_browser_is_taken_until_one_is_chosen(visit, language):
    stranger = visit()
    stranger.get("/sign-in", headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in stranger.last


@pytest.mark.slow
def test_nothing_on_any_page_is_left_in_english(visit, world):
    mei = visit(world.mei)
    pages = [*reached(mei, [mei.at(), *a_case_of_each_kind(mei)]), mei.at("search/?query=Sitta")]
    heard = {language: _heard(mei, language, pages) for language in DIRECTIONS}
    assert len(heard["en"] & collected().keys()) > 500
    for language in LANGUAGES:
        assert not _in_english(heard[language], language) - _names(world)
    assert _latin(heard["ar"]) - _latin(_said_in("ar") | _names(world)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_in_the_record_are_said_in_words(visit, world, language):
    mei = visit(world.mei)
    closed = a_case_of_each_kind(mei)[-1]
    speak(mei, language)
    mei.get(f"{closed}/record")
    assert _translated(language, "The person reached what they wanted") in said(mei.last)
    assert "goal_met" not in mei.last
    assert ": identity" not in mei.last


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_reads_their_own_language(visit, world, language):
    mei = visit(world.mei)
    mei.get(mei.at("members/invite"))
    page = mei.post(mei.at("members/invite"), {"name": "Dina Test", "role": "volunteer"}, follow=True)
    path = re.search(r"/welcome/[\w-]+", page.get_data(as_text=True)).group()
    newcomer = visit()
    speak(newcomer, language, path)
    newcomer.get(path)
    heard = said(newcomer.last)
    newcomer.post(path, {"login": "dina"}, follow=True)
    assert _translated(language, "1. Write these six words on paper") in said(newcomer.last)
    assert not _in_english(heard | said(newcomer.last), language)


@pytest.mark.parametrize("who", ["luz", "cara", "ram"])
def test_whoever_sees_less_sees_it_translated(visit, world, who):
    visitor = visit(getattr(world, who), world.network_id if who == "cara" else None)
    pages = reached(visitor, [visitor.at(), "/", "/account/"])
    assert pages
    for language in LANGUAGES:
        assert not _in_english(_heard(visitor, language, pages), language) - _names(world)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_in_the_language_of_the_page(visit, world, language):
    asha = visit(world.asha)
    speak(asha, language)
    asha.get(asha.at("cases/new"))
    assert asha.post(asha.at("cases/new"), {}).status_code == 422
    assert _translated(language, "Please answer this one.") in " ".join(said(asha.last))
    assert not _in_english(said(asha.last), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Please answer this one."),
        (_WRONG, "That did not fit. Check the name, the passphrase and the code, and use a fresh code."),
        (_WRONG | {"login": "x" * 81}, "Field cannot be longer than %(max)d characters."),
    ],
)
def test_the_sign_in_page_explains_itself(visit, language, sent, sentence):
    stranger = visit()
    speak(stranger, language, "/sign-in")
    stranger.get("/sign-in")
    stranger.post("/sign-in", sent)
    assert _translated(language, sentence).replace("%(max)d", "80") in said(stranger.last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_says_so(visit, world, language):
    asha = visit(world.asha)
    speak(asha, language)
    assert asha.get(asha.at("cases/AAAA-AAAA")).status_code == 404
    assert _translated(language, "This page is not here") in said(asha.last)


def _heard(visitor, language: str, pages: list[str]) -> set[str]:
    speak(visitor, language)
    found = set()
    for path in pages:
        visitor.get(path)
        assert f'dir="{DIRECTIONS[language]}"' in visitor.last
        found |= said(visitor.last)
    return found


def _latin(heard: Iterable[str]) -> set[str]:
    """Words in Latin letters: in Arabic they show what never came to gettext and has no msgid."""
    return {word for said_aloud in heard for word in _LATIN.findall(_SIGNS.sub("", said_aloud))}


def _in_english(heard: set[str], language: str) -> set[str]:
    """What stands there as a msgid, though its translation is another."""
    return {words for words in heard & collected().keys() if words not in _said_in(language)}


@cache
def _said_in(language: str) -> frozenset[str]:
    """Every sentence of a language, with the names that CLDR has in it."""
    return frozenset(s for message in catalogue(language) for s in sentences(message)) | _cldr(language)


@cache
def _cldr(language: str) -> frozenset[str]:
    voice = Voice(Locale(language), str)
    lists = ("languages", "countries", "currencies", "zones")
    return frozenset(name for one in lists for _, name in named_choices(codes.load(one), voice))


def _names(world) -> set[str]:
    """What is the same in every language: the product, people and desks, languages and laws by their own name."""
    people = {human.name for human in vars(world).values() if hasattr(human, "login")}
    own = {name for _, name in paper_languages.offered(LANGUAGES)} | {"English", "Español"}
    formats = {"JSON", "OpenAPI"}
    return people | own | formats | {"Casework", "Network", "Harbour desk"} | _cldr("ar") | _sources()


def _sources() -> set[str]:
    """Where rules are taken from: laws and reports, cited as they are published."""
    return {source for file in (ROOT / "config" / "rules").rglob("*.toml") for source in _cited(file)}


def _cited(file: Path) -> Iterable[str]:
    tables = [tomllib.loads(file.read_text())]
    while tables:
        for key, value in tables.pop().items():
            if key == "source":
                yield value
            elif isinstance(value, list | dict):
                tables += [
                    one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)
                ]


def _translated(language: str, msgid: str) -> str:
    return str(catalogue(language).get(msgid).string)
