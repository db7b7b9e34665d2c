"""The data files: what they name exists, and nobody in them is anybody."""

import pytest

from casework import codes
from casework.cases import kinds
from casework.deadlines import rules
from casework.demo import cast, places, scenes, sources
from casework.demo.answerable import respondents
from casework.demo.sources import table
from casework.vault import Role

SCENES = sorted(scenes.scenes().values(), key=lambda scene: scene.key)
STAGES = {"assessment", "plan", "action", "follow_up"}


def test_every_kind_of_the_house_is_told():
    assert set(sources.kinds()) == {kind.key for kind in kinds.all()}


def test_no_two_scenes_share_a_key():
    told = sum(len(sources.table(f"kinds/{kind}")["scene"]) for kind in sources.kinds())
    assert len(SCENES) == told


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_a_scene_names_only_what_there_is(scene):
    asked = {field.key for field in kinds.get(scene.kind).fields()} | {field.key for field in kinds.common()}
    assert set(scene.answers) <= asked
    assert scene.desk in cast.desks()
    assert set(scene.risks) <= set(codes.load("risk").codes)
    assert set(scene.also) <= set(sources.kinds()) - {scene.kind}
    assert set(scene.said) <= {language for home in scene.homes for language in places.place(home).languages}
    assert not scene.sector or scene.sector in codes.load("sectors")
    assert all(places.place(code) for code in (*scene.homes, *scene.works))
    assert all(places.place(code).names in sources.table("names") for code in scene.homes)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_the_parties_of_a_scene_are_in_the_register_with_roles_of_the_list(scene):
    slots = set()
    for party in scene.parties:
        assert party.role in codes.load("respondent_roles")
        assert set(party.among) <= set(respondents())
        assert party.among or party.slot in slots
        slots.add(party.slot)


@pytest.mark.parametrize("kind", sources.kinds())
def test_a_kind_has_notes_for_each_stage_and_endings_of_the_list(kind):
    for stage in STAGES:
        noted = scenes.notes(kind, stage)
        assert len(noted) >= 3
        assert all(type_ in codes.load("entry_types") and text for type_, text in noted)
    assert set(scenes.endings(kind)) <= set(codes.load("closing_reasons").codes)


def test_whoever_is_answerable_says_that_they_are_not_real():
    for known in respondents().values():
        assert known.name.endswith("(demo)")
        assert known.kind in codes.load("respondent_kinds")
        assert known.country in codes.load("countries")


def test_everybody_has_six_words_of_their_own():
    lines = cast.sign_ins()
    assert len({line.passphrase for line in lines}) == len(lines) == 11
    assert all(len(line.passphrase.split()) == 6 for line in lines)
    assert {one.role for one in cast.people()} == {
        role.value for role in (Role.COORDINATOR, Role.VOLUNTEER, Role.ALLY, Role.CAMPAIGN)
    }
    assert sum(len(one.desks) == 2 for one in cast.people()) == 1


def test_languages_and_currencies_are_of_the_lists():
    for code in sources.table("places"):
        place = places.place(code)
        assert code in codes.load("countries")
        assert place.currency in codes.load("currencies")
        assert set(place.languages) <= set(codes.load("languages").codes)
        assert place.zone in codes.load("zones")


def test_names_come_in_many_scripts():
    written = "".join(
        given for pool in sources.table("names").values() for women in pool["women"] for given in women[:1]
    )
    for letter in "माআأአမễ":
        assert letter in written


def test_steps_that_are_told_in_their_own_words_are_steps_of_a_rule():
    known = {rule.id for rule in rules.load()}
    assert table("dates")["steps"].keys() <= known
