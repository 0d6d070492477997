from dataclasses import replace

import pytest

from backend.originals.conversion import Conversion
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import read_original_grammar
from backend.originals.individuals import DumpedIndividual
from tests.backend.originals.made import original_grammar

GRAMMAR = read_original_grammar(
    "<e> ::= if_func(epoch < 3, <e>, <e>) | <c>\n<c> ::= 0.1 | 0.2\n<var> ::= epoch\n", "g.txt"
)
ONE = DumpedIndividual(
    "iteration_1.json, individual 0", "5", ((0, 1, 1), (0, 1), ()), "if_func(epoch < 3, 0.1, 0.2)", 0.5, None, (), ""
)


def taken(dumped: DumpedIndividual, *before: DumpedIndividual) -> tuple[object, ...]:
    """Return codons, operator, parents and note."""
    (found,) = Conversion(GRAMMAR).generation([dumped], before)
    return found.bred.genotype.codons, str(found.bred.operator), found.bred.parents, found.note


def test_codons_are_taken_as_they_are_without_those_of_unused_rules() -> None:
    assert taken(ONE) == (((0, 1, 1), (0, 1)), "create", (), None)


def test_codons_that_nothing_reads_stay() -> None:
    assert taken(replace(ONE, codons=((0, 1, 1, 0), (0, 1, 1), (0,))))[0] == ((0, 1, 1, 0), (0, 1, 1))


@pytest.mark.parametrize("codons", [((0, 1), (0,), ()), ((1,), (0,), ()), None])
def test_lists_that_are_too_short_or_say_something_else_are_found_from_the_phenotype(codons: object) -> None:
    found = taken(replace(ONE, codons=codons))  # type: ignore[arg-type]
    assert found[0] == ((0, 1, 1), (0, 1))
    assert "found from the phenotype" in str(found[3])


def test_white_space_makes_no_difference() -> None:
    assert taken(replace(ONE, phenotype="if_func(epoch<3,0.1,0.2)"))[3] is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"codons": ((0, 1, 1), (0, 1))}, "has 2 lists, but the grammar g.txt has 3 rules: it is of another grammar"),
        ({"codons": ((0, 1, 1), (0, 7), ())}, "codon 7 of <c> is none of the grammar's, which are 0 to 1"),
        ({"phenotype": "if_func(epoch < 3, 0.1, 0.3)"}, "another grammar .0.3 becomes 0.2"),
        ({"phenotype": "learning_rate"}, "does not derive its phenotype"),
        ({"phenotype": "exit(1)"}, "does not derive its phenotype"),
        ({"phenotype": "tf.math.lgamma(1)"}, "cannot be translated: tf.math.lgamma"),
    ],
)
def test_an_individual_of_another_grammar_is_refused_by_its_place(changes: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableOriginal, match=rf"iteration_1\.json, individual 0: .*{said}"):
        taken(replace(ONE, **changes))  # type: ignore[arg-type]


def test_parents_are_found_by_their_ids() -> None:
    before = [replace(ONE, id=name) for name in ("a", "b", "b")]
    assert taken(replace(ONE, parents=("b", "a"), operation="crossover"), *before)[1:3] == ("crossover", (1, 0))


def test_parents_of_elsewhere_are_left_out() -> None:
    assert taken(replace(ONE, parents=("x", "a"), operation="mutation"), replace(ONE, id="a"))[1:3] == (
        "mutation",
        (0,),
    )


def test_who_keeps_an_id_has_survived() -> None:
    assert taken(ONE, replace(ONE, id="4"), ONE)[1:3] == ("elite", (1,))


@pytest.mark.parametrize(("parents", "operator"), [((), "create"), (("a",), "mutation"), (("a", "b"), "crossover")])
def test_an_unknown_operation_is_told_by_the_number_of_parents(parents: tuple[str, ...], operator: str) -> None:
    before = [replace(ONE, id=name) for name in ("a", "b")]
    assert taken(replace(ONE, parents=parents, operation="mystery"), *before)[1] == operator


def test_derivations_deeper_than_our_usual_limit_are_kept() -> None:
    original = read_original_grammar(original_grammar("alr-2022-code"), "g.txt")
    levels = 40
    text = f"{'tf.math.negative(' * levels}grad{')' * levels}"
    phenotype = (
        "alpha_func, beta_func, sigma_func, grad_func = lambda shape, alpha, grad: grad, lambda shape, alpha, beta, "
        f"grad: grad, lambda shape, alpha, beta, sigma, grad: grad, lambda shape, alpha, beta, sigma, grad: {text}"
    )
    codons = (
        (0,),
        (1,),
        (),
        (2,),
        (),
        (1,),
        (),
        (3,),
        (),
        (1,),
        (),
        (4,),
        (),
        (0,) * levels + (1,),
        (0,) * levels,
        (4,),
        (),
    )
    dumped = replace(ONE, codons=codons, phenotype=phenotype)
    (found,) = Conversion(original).generation([dumped], [])
    assert found.note is None
    assert found.bred.genotype.depth > 2 * levels
