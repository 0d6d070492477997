import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import SeedSequence

from backend.search.seed_states import seed_states

rows = st.integers(4, 9).flatmap(
    lambda length: st.lists(
        st.lists(st.integers(0, 2**32 - 1), min_size=length, max_size=length), min_size=1, max_size=4
    )
)


@given(rows)
def test_the_states_are_those_of_the_seed_sequence_of_each_row(words: list[list[int]]) -> None:
    entropy = np.array(words, np.uint32)
    expected = [SeedSequence(row).generate_state(4, np.uint64).tolist() for row in entropy]
    assert seed_states(entropy).tolist() == expected
