"""A desk's own words: places are filled, everything else is text, and only coordinators write them."""

from uuid import uuid4

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.values import Voice
from casework.db import db
from casework.errors import Conflict, Denied, Invalid
from casework.papers import places, service, texts
from casework.papers.models import PaperText
from casework.papers.service import Wish
from casework.papers.texts import Own
from casework.vault import Section
from tests import factories
from tests.papers.copied import text_of
from tests.papers.test_printing import joined

EN = Voice(Locale("en"), str)


def printed(actor, store, paper="authority", *sections):
    ref = factories.kind_case(actor, "wage_theft", {}, called="Sita {recipient}").ref
    asked = Wish(paper, None, frozenset(sections), EN)
    _, parts = service.fetch(actor, store, ref, service.make(actor, store, ref, asked, uuid4()))
    return ref, joined(text_of(b"".join(parts)))


def test_words_of_the_desk_stand_in_place_of_ours(asha, mei, store):
    texts.save(mei, Own("letterhead", "en", "Union desk, case {reference}, for {name}"))
    ref, text = printed(asha, store, "authority", Section.IDENTITY)
    assert f"Uniondesk,case{ref},forSita{{recipient}}" in text  # a place inside what fills one stays text
    _, text = printed(asha, store)
    assert "forSita" not in text  # a name that may not be told is told in no place either


def test_words_in_one_language_stand_in_no_other(asha, mei, store):
    texts.save(mei, Own("letterhead", "ar", "نقابة"))
    assert texts.for_papers(asha, "en") == {}
    assert texts.for_papers(asha, "ar") == {"letterhead": "نقابة"}


def test_markup_and_long_words_stay_text(asha, mei, store):
    hostile = '#import "x"; $a$ <b> \u202egnp ' + "w" * 1900
    texts.save(mei, Own("letterhead", "en", hostile))
    _, text = printed(asha, store)
    assert '#import"x";$a$<b>gnp' in text
    assert "w" * 1900 in text


def test_a_place_that_there_is_none_of_is_refused_by_name(mei):
    with pytest.raises(Invalid) as refused:
        texts.save(mei, Own("demand", "en", "Pay {amount} to {name}"))
    assert refused.value.params["name"] == "amount"
    assert "{sum}" in refused.value.params["known"]
    assert texts.listing(mei) == []


def test_two_who_write_at_once_both_keep_their_words(mei):
    texts.save(mei, Own("demand", "en", "One"))
    first = texts.get(mei, "demand", "en")
    texts.save(mei, Own("demand", "en", "Two", first.rev))
    with pytest.raises(Conflict):
        texts.save(mei, Own("demand", "en", "Three", first.rev))
    assert texts.get(mei, "demand", "en").text == "Two"


def test_only_coordinators_write_them_and_the_store_shows_none(asha, ram, mei):
    with pytest.raises(Denied):
        texts.save(asha, Own("demand", "en", "One"))
    texts.save(mei, Own("demand", "en", "Qzxvwords"))
    assert b"Qzxvwords" not in db.session.query(PaperText).one().body
    assert texts.for_papers(ram, "en") == {}


def test_too_long_is_said(mei):
    with pytest.raises(Invalid):
        texts.save(mei, Own("demand", "en", "w" * 2001))


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(list(places.PLACES)), st.text(max_size=20)))
def test_filling_never_fails_and_what_fills_is_never_read_again(text, said):
    places.filled(text, said)
    assert places.filled("{name}", {"name": "{sum}", "sum": "9"}) == "{sum}"
