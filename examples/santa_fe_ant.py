"""Find a program by which an artificial ant eats all 89 pellets of the Santa Fe trail.

python -m examples.santa_fe_ant

The ant starts in the upper left corner of 32 x 32 fields that join at the borders, looking to the right. `move`, `left`
and `right` cost a step each, looking for food costs none; the program is repeated until 600 steps are done (Koza 1992
says 400, most of the literature since gives 600). The functions have names of arithmetic, since trees are expressions:
`add(a, b)` is a and then b, `max(a, b)` is a where there is food ahead, else b. Fitness is the number of pellets eaten;
a run has succeeded at 89.
"""

from collections.abc import Callable

from examples.success import Task, by_sge, by_tree_gp, print_success
from examples.terms import Terms

STEPS = 600
SIDE = 32
TRAIL = """
.###............................
...#............................
...#.....................###....
...#....................#....#..
...#....................#....#..
...####.#####........##.........
............#................#..
............#.......#...........
............#.......#........#..
............#.......#...........
....................#...........
............#................#..
............#...................
............#.......#.....###...
............#.......#..#........
.................#..............
................................
............#...........#.......
............#...#..........#....
............#...#...............
............#...#...............
............#...#.........#.....
............#..........#........
............#...................
...##..#####....#...............
.#..............#...............
.#..............#...............
.#......#######.................
.#.....#........................
.......#........................
..####..........................
................................
"""
PELLETS = frozenset(
    (row, place) for row, line in enumerate(TRAIL.split()) for place, sign in enumerate(line) if sign == "#"
)

GRAMMAR = """
<code> ::= <line> | add(<code>, <line>)
<line> ::= <action> | max(<code>, <code>)
<action> ::= move | left | right
"""


class Ant:
    """An ant on the trail: where it is, where it looks, what is left to eat, and the steps that it may still do."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.food = set(PELLETS)
        self._row, self._place = 0, 0
        self._down, self._right = 0, 1

    @property
    def ahead(self) -> tuple[int, int]:
        """The field in front of it."""
        return (self._row + self._down) % SIDE, (self._place + self._right) % SIDE

    def move(self) -> None:
        """Go one field and eat what is there, if a step is left."""
        if self.steps:
            self.steps -= 1
            self._row, self._place = self.ahead
            self.food.discard((self._row, self._place))

    def turn(self, side: int) -> None:
        """Turn to the right (1) or left (-1), if a step is left."""
        if self.steps:
            self.steps -= 1
            self._down, self._right = self._right * side, -self._down * side


Program = Callable[[Ant], None]


def both(first: Program, second: Program) -> Program:
    """Return the program that does one thing after the other."""

    def run(ant: Ant) -> None:
        first(ant)
        second(ant)

    return run


def if_food(then: Program, otherwise: Program) -> Program:
    """Return the program that looks ahead and does the one where there is food, else the other."""
    return lambda ant: then(ant) if ant.ahead in ant.food else otherwise(ant)


LEAVES: dict[str, Program] = {
    "move": Ant.move,
    "left": lambda ant: ant.turn(-1),
    "right": lambda ant: ant.turn(1),
}
FUNCTIONS = {"add": (2, both), "max": (2, if_food)}
LANGUAGE: Terms[Program] = Terms(LEAVES, FUNCTIONS)


def fitness(phenotype: str) -> float:
    """Return how many pellets the ant eats."""
    ant, program = Ant(STEPS), LANGUAGE.value(phenotype)
    while ant.steps:
        program(ant)
    return len(PELLETS) - len(ant.food)


TASK = Task(
    "Santa Fe ant trail",
    fitness,
    goal=len(PELLETS),
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
