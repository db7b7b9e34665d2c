import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.search.name_index import NameIndex
from casework.search.names import Reason, matches
from casework.search.parts import parts
from casework.search.ranking import ranked
from casework.search.sounds import SOUNDS
from tests.search.judging import judge, pairs
from tests.search.made import card


def found(query, *names, most=25):
    cards = [card(called=name) for name in names]
    return [(names[m.place], m.reason) for m in matches(query, cards, most)]


def test_the_written_pairs_are_many_and_of_many_languages():
    written = pairs()
    assert sum(pair.same for pair in written) >= 700
    assert sum(not pair.same for pair in written) >= 120
    assert len({pair.language for pair in written if pair.same}) >= 25
    assert len({(pair.searched, pair.card) for pair in written}) == len(written)


def test_names_are_found_among_two_thousand_others():
    verdict = judge(pairs())
    assert verdict.of[1] >= 2_000
    assert verdict.recall >= 0.97, verdict.missed
    assert verdict.precision >= 0.95, verdict.wrong


@pytest.mark.parametrize("language", ["ar", "fa", "ur", "hi", "ne", "bn", "am", "so", "ru", "zh", "fr", "id"])
def test_no_language_stays_behind(language):
    verdict = judge([pair for pair in pairs() if pair.language == language])
    assert verdict.recall >= 0.9, verdict.missed


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("Amina Hassan", "Amina Hassan", Reason.LETTERS),
        ("amina HASSAN", "Amina Hassan", Reason.LETTERS),
        ("أمينة", "أمينة", Reason.LETTERS),
        ("Ameena", "Amina", Reason.SOUND),
        ("Mohamed", "محمد", Reason.SOUND),
        ("Hassan Amina", "Amina Hassan", Reason.REVERSED),
        ("Fatou Diallo", "Fatou Jalloh", Reason.ALIAS),
        ("M. Haddad", "Mounir Haddad", Reason.INITIALS),
        ("Mounir Haddad", "M Haddad", Reason.INITIALS),
        ("Akhtar", "Akter", Reason.ALIKE),
        ("Xiaoming", "Xiao Ming", Reason.SOUND),
        ("Lim Wei Jie", "林伟杰", Reason.ALIAS),
        ("Siu Lai", "黃小麗", Reason.SOUND),
        ("Dil Kumari Thapa", "Thapa Dilkumari", Reason.REVERSED),
    ],
)
def test_the_reason_says_how_they_differ(query, name, reason):
    assert found(query, name) == [(name, reason)]


def test_what_is_written_as_searched_comes_first():
    names = ["محمد", "Muhammad", "Mohammed Ali Khan", "Mohammed"]
    first, *_ = found("Mohammed", *names)
    assert first == ("Mohammed", Reason.LETTERS)


def test_a_person_with_one_name_is_found_by_more():
    names = ["Sukarti", "Wijaya Santoso Budiman Hartono"]
    assert [name for name, _ in found("Sukarti Wijaya", *names)] == ["Sukarti"]


def test_two_people_who_share_a_common_part_only_are_apart():
    assert found("Mohammed Hassan", "Mohammed Yusuf", "Abdul Rahman") == []


@pytest.mark.parametrize("name", ["Ben", "Al", "De La", "Bin"])
def test_a_name_that_is_a_particle_is_a_name(name):
    assert found(name, name) == [(name, Reason.LETTERS)]


@pytest.mark.parametrize("query", ["", " ", "…", "🙂", "12", "٣", "()", "\u200f"])
def test_nothing_to_search_by_finds_nothing(query):
    assert found(query, "Amina", "", "🙂") == []


def test_nobody_is_found_among_nobody():
    assert found("Amina") == []
    assert found("Amina", "") == []


def test_a_variant_is_found_like_the_name():
    cards = [card(called="Mina", variants=("Fatoumata Jalloh",)), card(called="Amara")]
    assert [m.place for m in matches("Fatou Diallo", cards)] == [0]


def test_no_more_than_asked_for():
    assert len(found("Amina", *["Amina"] * 9, most=4)) == 4


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("عبد الرحمن", ["abd", "rhmn"]),
        ("عبدالرحمن", ["abd", "rhmn"]),
        ("Abdelrahman", ["abd", "rahman"]),
        ("Cabdiraxmaan", ["abd", "raksman"]),
        ("لقمان بن سعيد", ["lkman", "sid"]),
        ("श्रेष्ठ", ["crict"]),
        ("ਸਿੰਘ", ["sing"]),
        ("മോഹനൻ", ["muhanan"]),
        ("ገብረማርያም", ["gibri", "mariam"]),
        ("王小明", ["vang", "ksiuming"]),
        ("欧阳娜娜", ["uiang", "nana"]),
        ("김민수", ["gim", "minsu"]),
        ("Щербаков", ["cirbakuv"]),
        ("Kumar a/l Raman", ["kumar", "raman"]),
        ("محمدجواد", ["mhmd", "juad"]),
        ("Gholamali", ["gulam", "ali"]),
        ("सिंह", ["sing"]),
        ("লুৎফর", ["lutfar"]),
        ("উল্লাহ", ["ala"]),
        ("N’Diaye", ["ndi"]),
        ("محمد‌رضا", ["mhmd", "rda"]),
    ],
)
def test_words_are_read_into_sounds(name, sounds):
    assert [part.sounds[0] for part in parts(name)] == sounds


ANY_NAME = st.text(max_size=40)
SCRIPTS = st.sampled_from("محمدعبلاةيوaeiousnkhtअमितকরিમાሙሉХамид王明김éşñ'’-. ").flatmap(st.just)
NAMELIKE = st.text(SCRIPTS, min_size=1, max_size=24)


@given(st.one_of(ANY_NAME, NAMELIKE))
def test_every_text_is_read_or_left_aside(name):
    for part in parts(name):
        assert part.sounds
        assert all(sounds and set(sounds.encode()) <= set(SOUNDS) for sounds in part.sounds)


@given(st.one_of(ANY_NAME, NAMELIKE))
def test_every_name_finds_itself_as_well_as_can_be(name):
    found = ranked(name, NameIndex.of([(name,)]), 5)
    assert [m.score for m in found] == pytest.approx([1.0] if parts(name) else [])


@given(NAMELIKE)
def test_how_a_letter_was_put_together_does_not_matter(name):
    apart = unicodedata.normalize("NFD", name)
    assert [p.sounds[0] for p in parts(apart)] == [
        p.sounds[0] for p in parts(unicodedata.normalize("NFC", name))
    ]


@given(st.lists(st.tuples(NAMELIKE, NAMELIKE), min_size=1, max_size=6), NAMELIKE)
def test_scores_are_in_order_and_between_0_and_1(names, query):
    scores = [m.score for m in ranked(query, NameIndex.of(names), 25)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.0001 for score in scores)


@given(st.lists(st.tuples(NAMELIKE, NAMELIKE), min_size=2, max_size=6), NAMELIKE)
def test_it_does_not_matter_whether_names_were_laid_out_together(names, query):
    together = ranked(query, NameIndex.of(names), 25)
    joined = ranked(query, NameIndex.join([NameIndex.of(names[:1]), NameIndex.of(names[1:])]), 25)
    assert [(m.place, round(m.score, 4)) for m in together] == [(m.place, round(m.score, 4)) for m in joined]
