"""Recovery cards: two of three, and one alone tells nothing."""

import itertools
import uuid
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import Secret, cards

PAIRS = list(itertools.permutations(range(3), 2))


@given(st.binary(min_size=32, max_size=32), st.uuids())
def test_any_two_give_the_secret_back(raw, set_id):
    dealt = cards.split(Secret(raw), set_id)
    for one, other in PAIRS:
        assert cards.join(dealt[one], dealt[other]) == Secret(raw)


@given(st.binary(min_size=32, max_size=32), st.uuids())
def test_a_printed_card_is_read_back_however_it_is_typed(raw, set_id):
    for card in cards.split(Secret(raw), set_id):
        text = card.text()
        for typed in (text, text.lower(), text.replace(" ", ""), text.replace(" ", "-"), f" {text}\n"):
            assert cards.read(typed) == card


def test_every_single_mistyped_sign_is_noticed():
    text = cards.split(Secret.random(), uuid.uuid4())[0].text()
    for at, sign in enumerate(text):
        if sign != " ":
            for wrong in "A7" if sign not in "A7" else "BQ":
                with pytest.raises(Refused):
                    cards.read(text[:at] + wrong + text[at + 1 :])


@given(st.text(max_size=160))
def test_other_text_is_no_card(text):
    with pytest.raises(Refused):
        cards.read(text)


def test_one_card_twice_two_sets_or_cards_that_disagree_are_refused():
    secret, set_id = Secret.random(), uuid.uuid4()
    dealt, again = cards.split(secret, set_id), cards.split(secret, set_id)
    other = cards.split(secret, uuid.uuid4())
    for one, two in ((dealt[0], dealt[0]), (dealt[0], other[1]), *((dealt[a], again[b]) for a, b in PAIRS)):
        with pytest.raises(Refused):
            cards.join(one, two)


def test_one_card_is_independent_of_the_secret():
    """All of it, on two bits: each card looks the same whatever the secret is."""
    seen = {number: defaultdict(Counter) for number in cards.PIECES}
    for secret, x, y in itertools.product(range(4), repeat=3):
        pieces = {"x": x, "y": y, "z": secret ^ x ^ y}
        for number, (first, second) in cards.PIECES.items():
            seen[number][secret][pieces[first], pieces[second]] += 1
    for by_secret in seen.values():
        assert all(counts == by_secret[0] for counts in by_secret.values())


def test_two_cards_are_a_person_who_can_sign():
    set_id = uuid.uuid4()
    seed = Secret.random()
    dealt = cards.split(seed, set_id)
    one = cards.recovery_keys(seed, set_id)
    other = cards.recovery_keys(cards.join(cards.read(dealt[2].text()), dealt[1]), set_id)
    assert (one.user_id, one.x_public, one.ed_public) == (set_id, other.x_public, other.ed_public)
