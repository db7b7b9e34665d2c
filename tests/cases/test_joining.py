"""Two cases of one person: joined by hand, shown as one, taken apart without a loss; and attempts to get round that."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import (
    consenting,
    copying,
    entries,
    erasing,
    joined,
    joining,
    life,
    opening,
    readers,
    sections,
)
from casework.cases.changing import CLOSED
from casework.errors import Denied, Invalid, NeedsReason, NotFound
from casework.people import consents
from casework.search import desk_lists, duplicates
from casework.search.filters import Filters
from casework.search.listing import Sort
from casework.vault import Section
from tests import factories

BACKUPS = timedelta(days=35)
WHY = "The same passport, and the same sister"


@pytest.fixture
def two(asha):
    """References of two cases of one person."""
    first = factories.case(asha, called="Amina Hassan")
    second = factories.case(asha, called="أمينة حسن")
    return first.ref, second.ref


def listed(actor):
    return {card.ref for card in desk_lists.browse(actor, Filters(), Sort(), 1, 50).cards}


def found(actor, query):
    return [hit.card.ref for hit in desk_lists.look(actor, query)]


def leads(actor, ref):
    mark = joined.into(opening.for_upkeep(actor, ref))
    return mark.ref if mark else None


def state(actor, ref):
    """Everything that a case says, but the marks."""
    case = opening.for_upkeep(actor, ref)
    marks = {joined.INTO, joined.TOOK}
    said = {
        section: {key: value for key, value in case.section(section).values.items() if key not in marks}
        for section in Section
    }
    told = [(one.answer, one.withdrawn_at) for one in consents.listing(actor, case.keys).told]
    return case.row.status, case.called, said, told, case.keys.named, case.row.primary_id


def test_lists_show_one_and_both_references_lead_to_it(asha, bo, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    assert listed(bo) == {kept}
    assert leads(asha, other) == kept
    for query in (other, "أمينة حسن", "Amina Hassan"):
        assert found(bo, query) == [kept]
    assert desk_lists.totals(bo, [Filters()]) == [1]


def test_a_filter_that_fits_the_other_one_shows_the_one_that_is_kept(asha, two):
    kept, other = two
    case = opening.load(asha, other)
    rev = case.section(Section.HEADER).rev
    sections.save(asha, other, Section.HEADER, {"kind": "detention"}, rev)
    joining.join(asha, kept, other, WHY)
    page = desk_lists.browse(asha, Filters(kinds=frozenset({"detention"})), Sort(), 1, 50)
    assert [card.ref for card in page.cards] == [kept]


def test_taken_apart_both_are_as_they_were(asha, bo, two):
    kept, other = two
    before = [state(asha, ref) for ref in two]
    joining.join(asha, kept, other, WHY)
    entries.add(asha, other, "note", clock.now(), "Written meanwhile.", uuid4())
    joining.part(asha, kept, other, "Two sisters after all")
    assert [state(asha, ref) for ref in two] == before
    assert listed(bo) == {kept, other}
    assert leads(asha, other) is None
    # What was written meanwhile stays where it was written.
    assert [one.text for one in entries.listing(asha, other).noted] == ["Written meanwhile."]
    assert entries.listing(asha, kept).noted == ()


def test_it_is_recorded_in_both_with_the_reason(asha, events, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    joining.part(asha, other, kept, "Two sisters after all")
    for ref, beside in (two, two[::-1]):
        said = [(name, told) for name, told in events(ref) if name in ("case.joined", "case.parted")]
        assert said == [
            ("case.joined", {"other": beside, "reason": WHY}),
            ("case.parted", {"other": beside, "reason": "Two sisters after all"}),
        ]


def test_the_same_press_twice_joins_once(asha, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    joining.join(asha, kept, other, WHY)
    assert [mark.ref for mark in joined.took(opening.load(asha, kept))] == [other]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_it_needs_a_reason_of_some_words(asha, two, reason):
    with pytest.raises(Invalid) as refused:
        joining.join(asha, *two, reason)
    assert refused.value.field == "reason"


def test_a_case_is_not_joined_with_itself_nor_in_a_chain(asha, two):
    kept, other = two
    third = factories.case(asha, called="Amina H.").ref
    with pytest.raises(Invalid):
        joining.join(asha, kept, kept, WHY)
    joining.join(asha, kept, other, WHY)
    for pair in ((other, kept), (other, third), (third, other), (third, kept)):
        with pytest.raises(Invalid):
            joining.join(asha, *pair, WHY)
    joining.join(asha, kept, third, WHY)
    assert listed(asha) == {kept}
    assert set(joined.refs(opening.load(asha, third))) == {kept, other}


def test_it_takes_in_four_at_most(asha, two):
    kept = two[0]
    for _ in range(joining.MOST):
        joining.join(asha, kept, factories.case(asha).ref, WHY)
    with pytest.raises(Invalid):
        joining.join(asha, kept, two[1], WHY)


def test_never_across_desks(asha, ram, two):
    theirs = factories.case(ram).ref
    with pytest.raises(Invalid):
        joining.compare(asha, two[0], theirs)
    with pytest.raises(NotFound):
        joining.join(asha, two[0], theirs, WHY)
    with pytest.raises(NotFound):
        joining.join(ram, theirs, two[0], WHY)


def test_a_case_of_somebody_else_asks_why_first(asha, bo, two):
    stranger = replace(bo, said_why=lambda _case_id: False)
    with pytest.raises(NeedsReason):
        joining.compare(stranger, *two)
    with pytest.raises(NeedsReason):
        joining.join(stranger, *two, WHY)


def test_a_closed_case_does_not_take_one_in_but_may_lead_to_one(asha, two):
    kept, other = two
    end(asha, other)
    with pytest.raises(Invalid):
        joining.join(asha, other, kept, WHY)
    joining.join(asha, kept, other, WHY)
    assert listed(asha) == {kept}


def end(actor, ref):
    told = factories.ending("out_of_scope")
    life.close(actor, ref, told, opening.load(actor, ref).row.status)


def test_the_end_of_the_one_is_the_end_of_all(asha, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    end(asha, kept)
    assert opening.load(asha, other).row.status == CLOSED


def test_somebody_who_sees_only_one_of_them_joins_nothing(asha, bo, mei, two):
    kept, other = two
    readers.choose(asha, other, frozenset({asha.user_id, mei.user_id}), None)
    with pytest.raises(Invalid):
        joining.compare(bo, kept, other)
    with pytest.raises(NotFound):
        joining.join(bo, kept, other, WHY)
    assert listed(bo) == {kept}


def test_who_may_see_both_is_the_stricter_of_the_two(asha, bo, mei, two):
    kept, other = two
    readers.choose(asha, other, frozenset({asha.user_id, mei.user_id}), None)
    assert joining.compare(asha, kept, other).narrows
    joining.join(asha, kept, other, WHY)
    with pytest.raises(NotFound):
        opening.load(bo, kept)
    assert listed(bo) == set()
    assert listed(mei) == {kept}
    assert found(mei, other) == [kept]


def test_what_was_joined_before_follows_a_restricted_case_that_is_joined_later(asha, bo, mei, two):
    kept, before = two
    joining.join(asha, kept, before, WHY)
    closed = factories.case(asha, called="Amina H").ref
    readers.choose(asha, closed, frozenset({asha.user_id, mei.user_id}), None)
    joining.join(asha, kept, closed, WHY)
    for ref in (kept, before, closed):
        with pytest.raises(NotFound):
            opening.load(bo, ref)
    assert (listed(bo), listed(mei)) == (set(), {kept})


def test_restricting_the_one_restricts_the_other_and_taking_apart_widens_nothing(asha, bo, mei, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    readers.choose(asha, other, frozenset({asha.user_id, mei.user_id}), None)
    for ref in two:
        with pytest.raises(NotFound):
            opening.load(bo, ref)
    joining.part(mei, kept, other, "Two people")
    assert listed(bo) == set()
    assert listed(mei) == {kept, other}


def test_named_people_of_whom_only_one_sees_both_are_too_few(asha, bo, mei, two):
    kept, other = two
    readers.choose(asha, kept, frozenset({asha.user_id, bo.user_id}), None)
    readers.choose(asha, other, frozenset({asha.user_id, mei.user_id}), None)
    with pytest.raises(Invalid):
        joining.join(asha, kept, other, WHY)


def test_a_yes_here_and_a_no_there_is_asked_again_first(asha, two):
    kept, other = two
    consenting.record(asha, kept, factories.answer("contact"), uuid4())
    consenting.record(asha, other, factories.answer("contact", given=False), uuid4())
    with pytest.raises(Invalid):
        joining.join(asha, kept, other, WHY)
    consenting.record(asha, other, factories.answer("contact"), uuid4())
    joining.join(asha, kept, other, WHY)


@pytest.mark.parametrize("by", ["withdrawal", "no"])
def test_a_consent_taken_back_in_one_is_taken_back_in_all(asha, two, by):
    kept, other = two
    for ref in two:
        consenting.record(asha, ref, factories.answer("contact"), uuid4())
    joining.join(asha, kept, other, WHY)
    if by == "no":
        consenting.record(asha, other, factories.answer("contact", given=False), uuid4())
    else:
        told = consenting.listing(asha, other).newest("contact")
        consenting.withdraw(asha, other, told.id)
    for ref in two:
        assert consents.live(asha, opening.load(asha, ref).keys, "contact") is None


def test_erasing_the_one_that_was_kept_leaves_the_other_standing_alone(asha, mei, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    erasing.erase(mei, kept, "person_asked", kept, BACKUPS, uuid4())
    desk_lists.mend(mei)
    assert listed(mei) == {other}
    header = opening.load(mei, other).section(Section.HEADER).values
    assert kept not in str(header)


def test_erasing_the_other_leaves_no_word_of_it(asha, mei, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    erasing.erase(mei, other, "person_asked", other, BACKUPS, uuid4())
    header = opening.load(mei, kept).section(Section.HEADER).values
    assert other not in str(header)
    assert WHY not in str(header)
    desk_lists.mend(mei)
    assert listed(mei) == {kept}


def test_one_that_a_job_took_away_counts_for_nothing_and_is_forgotten_with_the_next_save(asha, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    erasing.again([opening.load(asha, other).id])
    assert joined.took(opening.load(asha, kept)) == []
    entries.add(asha, kept, "note", clock.now(), "Goes on.", uuid4())
    assert other not in str(opening.load(asha, kept).section(Section.HEADER).values)


def test_who_is_joined_already_is_no_warning(asha, two):
    kept, other = two
    told = {"called": "Amina Hassan"}
    joining.join(asha, kept, other, WHY)
    case_id = opening.load(asha, kept).id
    assert duplicates.known_already(asha, told, besides=case_id) == ()
    assert duplicates.known_already(asha, told, besides=opening.load(asha, other).id) == ()
    assert [hit.card.ref for hit in duplicates.known_already(asha, told)] == [kept]


def test_two_that_are_not_joined_are_not_taken_apart(asha, two):
    with pytest.raises(NotFound):
        joining.part(asha, *two, "Why not")


def test_an_ally_joins_nothing(world, two):
    with pytest.raises(Denied):
        joining.join(world.actor(world.luz), *two, WHY)


def test_the_copy_of_each_tells_what_stands_in_it(asha, two):
    kept, other = two
    joining.join(asha, kept, other, WHY)
    assert copying.for_machines(copying.gather(asha, kept))["answers"]["header"]["joined"][0]["ref"] == other
