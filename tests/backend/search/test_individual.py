from backend.search.individual import Individual, Operator


def test_operators_are_the_words_that_are_stored() -> None:
    assert [str(operator) for operator in Operator] == ["create", "seed", "mutation", "crossover", "copy", "elite"]


def test_individuals_of_the_same_making_are_equal() -> None:
    assert Individual(1, "1", Operator.CREATE, ()) == Individual(1, "1", "create", ())
    assert Individual(1, "1", Operator.CREATE, ()) != Individual(1, "1", Operator.COPY, (0,))
