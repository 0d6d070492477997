"""Find the 11-bit multiplexer: three address bits choose one of eight data bits.

python -m examples.multiplexer

SGE has it easier: its grammar says that addresses choose among data, which is what grammars are for. Trees are made of
and, or, not over all inputs; these have the names of arithmetic on -1 (false) and 1 (true): `min` is and, `max` or,
`negative` not. Fitness is the number of the 2048 cases that come out right; a run has succeeded at 2048. All cases are
computed at once: an input's values in all of them are the bits of one Python integer.
"""

from examples.success import Task, by_sge, by_tree_gp, print_success
from examples.terms import Terms

ADDRESS_BITS, DATA_BITS = 3, 8
CASES = 1 << (ADDRESS_BITS + DATA_BITS)
ALL = (1 << CASES) - 1

GRAMMAR = """
<expr> ::= if(<address>, <expr>, <expr>) | <data>
<address> ::= a0 | a1 | a2
<data> ::= d0 | d1 | d2 | d3 | d4 | d5 | d6 | d7
"""


def column(bit: int) -> int:
    """Return the values of an input in all cases: bit k is its value in case number k."""
    return sum((case >> bit & 1) << case for case in range(CASES))


def target() -> int:
    """Return the right answers in all cases; the address is in the lowest bits of a case's number."""
    addresses = (case % DATA_BITS for case in range(CASES))
    return sum((case >> (ADDRESS_BITS + address) & 1) << case for case, address in enumerate(addresses))


TARGET = target()
LEAVES = {
    **{f"a{bit}": column(bit) for bit in range(ADDRESS_BITS)},
    **{f"d{bit}": column(ADDRESS_BITS + bit) for bit in range(DATA_BITS)},
}
LANGUAGE: Terms[int] = Terms(
    LEAVES,
    {
        "min": (2, lambda a, b: a & b),
        "max": (2, lambda a, b: a | b),
        "negative": (1, lambda a: ALL & ~a),
        "if": (3, lambda a, b, c: a & b | ALL & ~a & c),
    },
)


def fitness(phenotype: str) -> float:
    """Return how many cases the term gets right."""
    return CASES - (LANGUAGE.value(phenotype) ^ TARGET).bit_count()


TASK = Task(
    "11-bit multiplexer",
    fitness,
    goal=CASES,
    contenders={
        "SGE": by_sge(GRAMMAR, population_size=500, generations=50),
        "tree GP": by_tree_gp(("min", "max", "negative"), tuple(LEAVES), population_size=300, generations=60),
    },
)


def main() -> None:
    """Print the success rate over ten seeds."""
    print_success(TASK)


if __name__ == "__main__":
    main()
