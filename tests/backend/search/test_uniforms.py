from itertools import islice

from numpy.random import default_rng

from backend.search.uniforms import uniforms_of


def test_they_are_the_numbers_that_the_generator_draws_in_its_order() -> None:
    assert list(islice(uniforms_of(default_rng(3)), 100)) == default_rng(3).random(100).tolist()
