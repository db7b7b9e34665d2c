from hypothesis import given
from hypothesis import strategies as st

from casework.cases import references

bodies = st.text(references.ALPHABET, min_size=7, max_size=7)


def whole(body):
    return references.written(body + references.check_character(body))


@given(bodies)
def test_what_is_written_is_read(body):
    ref = whole(body)
    assert references.read(ref) == ref
    assert references.read(f"  {ref.lower().replace('-', ' ')} ") == ref


@given(bodies, st.integers(0, 7), st.sampled_from(references.ALPHABET))
def test_one_wrong_character_never_passes(body, place, wrong):
    letters = whole(body).replace("-", "")
    if letters[place] != wrong:
        assert references.read(letters[:place] + wrong + letters[place + 1 :]) is None


@given(bodies, st.integers(0, 6))
def test_two_neighbours_exchanged_pass_only_where_they_stand_half_the_alphabet_apart(body, place):
    letters = whole(body).replace("-", "")
    a, b = letters[place], letters[place + 1]
    swapped = letters[:place] + b + a + letters[place + 2 :]
    apart = (references.ALPHABET.index(a) - references.ALPHABET.index(b)) % 26
    if apart not in (0, 13):
        assert references.read(swapped) is None


@given(st.text(max_size=12))
def test_anything_else_is_no_reference(text):
    found = references.read(text)
    assert found is None or found.replace("-", "") == "".join(c for c in text.upper() if c.isalnum())


def test_new_ones_hold_and_differ():
    made = {references.new() for _ in range(200)}
    assert len(made) == 200
    assert all(references.read(ref) == ref for ref in made)
