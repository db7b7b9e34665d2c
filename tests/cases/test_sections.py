"""Saving and opening sections: round trips, comparison of revisions, what is recorded."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.audit import service as audit
from casework.cases import consenting, kinds, life, sections
from casework.cases.changing import Differing
from casework.cases.models import CaseSection
from casework.cases.questions import given as answered
from casework.cases.questions import stored_key
from casework.errors import Denied, Invalid, NotFound
from casework.vault import Section
from tests import factories

#: Read by cards, so their answers have a form of their own.
ON_CARDS = {"called", "name_variants", "reach", "kind", "other_kinds"}
EVERY = [(None, field) for field in kinds.common()] + [(k.key, f) for k in kinds.all() for f in k.every_field]
#: A question of each section, by its stored key, out of the files.
QUESTIONS = {
    Section(field.section): stored_key(kind, field.key)
    for kind, field in reversed(EVERY)
    if not field.card and not field.required and field.key not in ON_CARDS
}
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_every_section_has_a_question():
    assert set(QUESTIONS) == set(Section)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values, section=st.sampled_from(Section))
@example(value=True, section=Section.PROFILE)
@example(value=["no code of ours", 7, None], section=Section.PROFILE)
def test_whatever_is_saved_is_loaded(asha, value, section):
    ref = factories.case(asha).ref
    for purpose in ("profile", "organise"):
        consenting.record(asha, ref, factories.answer(purpose), uuid4())
    key, rev = QUESTIONS[section], factories.reload(asha, ref).section(section).rev
    sections.save(asha, ref, section, {key: value}, rev)
    loaded = factories.reload(asha, ref).section(section)
    assert loaded.values.get(key) == (value if answered(value) else None)
    assert loaded.rev == rev + 1


def test_answers_that_are_not_sent_stay_and_empty_ones_go(asha):
    row = factories.case(asha, host="QA", home="NP")
    case = sections.save(asha, row.ref, Section.HEADER, {"host": "", "risk": "high"}, 1)
    assert case.section(Section.HEADER).values == {
        "language": "ne",
        "safe_now": "yes",
        "home": "NP",
        "risk": "high",
    }


@pytest.mark.parametrize("key", ["language", "safe_now"])
def test_what_every_case_must_have_cannot_be_taken_out(asha, key):
    ref = factories.case(asha).ref
    with pytest.raises(Invalid):
        sections.save(asha, ref, Section.HEADER, {key: ""}, 1)


def test_an_answer_under_a_wrong_heading_is_refused(asha):
    ref = factories.case(asha).ref
    for section, key in (
        (Section.STORY, "called"),
        (Section.HEADER, "called"),
        (Section.LEGAL, "detention.custody_id"),
        (Section.HEADER, "respondents"),
        (Section.HEADER, "closings"),
        (Section.STORY, "made_up"),
        (Section.STORY, "detention.made_up"),
    ):
        with pytest.raises(Invalid):
            sections.save(asha, ref, section, {key: "x"}, 1)


def test_the_second_is_shown_both_versions_and_nothing_is_lost(asha, bo):
    ref = factories.case(asha, what_happened="First.").ref
    sections.save(asha, ref, Section.STORY, {"what_happened": "Asha's."}, 1)
    with pytest.raises(Differing) as shown:
        sections.save(bo, ref, Section.STORY, {"what_happened": "Bo's."}, 1)
    assert shown.value.theirs.values == {"what_happened": "Asha's."}
    assert shown.value.mine == {"what_happened": "Bo's."}
    assert (shown.value.base, shown.value.theirs.rev) == (1, 2)
    sections.save(bo, ref, Section.STORY, {"what_happened": "Both."}, shown.value.theirs.rev)
    assert factories.reload(asha, ref).section(Section.STORY).values == {"what_happened": "Both."}


def test_the_same_form_sent_again_is_no_conflict(asha):
    ref = factories.case(asha).ref
    for _ in range(2):
        sections.save(asha, ref, Section.STORY, {"what_happened": "Taken."}, 1)
    assert factories.reload(asha, ref).section(Section.STORY).values == {"what_happened": "Taken."}


def test_each_opening_and_each_save_is_recorded(database, asha, events):
    ref = factories.case(asha, called="Amina Test").ref
    before = len(events(ref))
    assert sections.view(asha, ref, Section.IDENTITY).values == {"called": "Amina Test"}
    case = sections.save(asha, ref, Section.LEGAL, {"detention.facility": "Harbour centre"}, 1)
    body = database.session.get(CaseSection, case.section(Section.LEGAL).row_id).body
    assert events(ref)[before:] == [
        ("section.opened", {"section": "identity"}),
        (
            "section.saved",
            {"section": "legal", "fields": ["detention.facility"], "rows": audit.digest(body)},
        ),
    ]


def test_other_desks_and_other_roles_find_nothing(world, asha, ram):
    ref = factories.case(asha).ref
    for act in (
        lambda who: sections.view(who, ref, Section.STORY),
        lambda who: sections.save(who, ref, Section.STORY, {"what_happened": "x"}, 1),
    ):
        with pytest.raises(NotFound):
            act(ram)
        with pytest.raises(Denied):
            act(world.actor(world.luz))


@pytest.mark.parametrize("ref", ["", "ZZZZ-ZZZZ", "../../etc", "BCDF-GHJ3", "B" * 400])
def test_what_is_no_reference_finds_nothing(asha, ref):
    with pytest.raises(NotFound):
        sections.view(asha, ref, Section.STORY)


def test_a_closed_case_is_only_read(asha):
    ref = factories.case(asha, what_happened="Taken.").ref
    life.close(asha, ref, factories.ending("out_of_scope"), "contact")
    with pytest.raises(Invalid, match="closed"):
        sections.save(asha, ref, Section.STORY, {"what_happened": "x"}, 1)
    assert sections.view(asha, ref, Section.STORY).values == {"what_happened": "Taken."}
