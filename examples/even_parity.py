"""Find the even parity of 5 bits: whether an even number of them is 1, from and, or, not and equality.

python -m examples.even_parity

Equality is what makes it solvable in a minute; from and, or, nand and nor alone, as Koza (1992) has it, it is much
harder. The functions have the names of arithmetic on -1 (false) and 1 (true): `min` is and, `max` or, `negative` not
and `multiply` equality. Fitness is the number of the 32 cases that come out right; a run has succeeded at 32. All cases
are computed at once: a bit's values in all of them are the bits of one Python integer.
"""

from collections.abc import Callable

from examples.success import Task, by_sge, by_tree_gp, print_success
from examples.terms import Terms

BITS = 5
CASES = 1 << BITS
ALL = (1 << CASES) - 1

GRAMMAR = """
<expr> ::= <op>(<expr>, <expr>) | negative(<expr>) | <leaf>
<op> ::= min | max | multiply
<leaf> ::= b0 | b1 | b2 | b3 | b4
"""


def column(bit: int) -> int:
    """Return the values of an input in all cases: bit k is its value in case number k."""
    return sum((case >> bit & 1) << case for case in range(CASES))


TARGET = sum((case.bit_count() % 2 == 0) << case for case in range(CASES))
LEAVES = {f"b{bit}": column(bit) for bit in range(BITS)}
FUNCTIONS: dict[str, tuple[int, Callable[..., int]]] = {
    "min": (2, lambda a, b: a & b),
    "max": (2, lambda a, b: a | b),
    "negative": (1, lambda a: ALL & ~a),
    "multiply": (2, lambda a, b: ALL & ~(a ^ b)),
}
LANGUAGE: Terms[int] = Terms(LEAVES, FUNCTIONS)


def fitness(phenotype: str) -> float:
    """Return how many cases the term gets right."""
    return CASES - (LANGUAGE.value(phenotype) ^ TARGET).bit_count()


TASK = Task(
    "5-bit even parity",
    fitness,
    goal=CASES,
    contenders={
        "SGE": by_sge(GRAMMAR, population_size=500, generations=50),
        "tree GP": by_tree_gp(tuple(FUNCTIONS), tuple(LEAVES), population_size=500, generations=50),
    },
)


def main() -> None:
    """Print the success rate over ten seeds."""
    print_success(TASK)


if __name__ == "__main__":
    main()
