"""What tests of exports share: an individual that they come from, rules to export, and files to import."""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from backend.export.context import ExportContext
from backend.export.formats import FORMATS, export
from backend.grammar.catalogue import load_grammar
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import UpdateRule
from backend.search.sge import SGE

# How many rules of each grammar: 50 together.
EVOLVED = {"alr-2022": 10, "alr-2022-gradient": 10, "alr-depth": 10, "joint": 20, "joint-scaled": 20}
_SEED = 2022

# What formulas can hold that no rule above does: numbers that are not finite, changes that no gradient reaches, all
# that can be read, long formulas, repeated parts, negative scales, powers of everything.
UNUSUAL = (
    "x = 0; y = 0; z = 0; weight = 0",
    "x = 0; y = 0; z = 0; weight = 0.25",
    "x = 0; y = 0; z = 0; weight = multiply(t, step)",
    "x = 0; y = 0; z = 0; weight = sqrt(-1)",
    "x = 0; y = 0; z = 0; weight = add(g, pow(0, -1))",
    "x = g; y = multiply(x, -0.1); z = subtract(0.3, t); weight = multiply(-0.01, add(x, add(y, z)))",
    "x = square(x); y = negative(x); z = 0; weight = multiply(0.1, multiply(g, y))",
    "x = subtract(x, abs(g)); y = 0; z = 0; weight = negative(divide_no_nan(0.01, x))",
    "x = 0; y = 0; z = 0; weight = multiply(0.1, min(max(g, -0.5), max(0.5, g)))",
    "x = 0; y = 0; z = 0; weight = multiply(pi, divide_no_nan(sign(g), add(layer_num, multiply(2, layer_count))))",
    "x = pow(g, 3); y = pow(2, g); z = pow(layer_num, t); weight = multiply(0.001, cos(add(add(x, y), add(z, w))))",
    "x = negative(square(g)); y = 0; z = 0; weight = multiply(0.01, multiply("
    "divide_no_nan(add(g, 0.125), sqrt(add(x, add(w, 0.375)))), add(divide_no_nan(add(g, 0.125), "
    "sqrt(add(x, add(w, 0.375)))), multiply(cos(add(multiply(t, w), multiply(0.75, g))), sqrt(sqrt(x))))))",
)

_numbers = count()


@pytest.fixture(scope="session")
def context() -> ExportContext:
    return ExportContext(
        name="quickstart",
        run_id=3,
        individual_id=57,
        seed=7,
        problem="mnist-1d",
        fitness=0.8125,
        generation=4,
        url="http://127.0.0.1:8400/individuals/57",
        epochs=5,
    )


def _evolved(grammar: str, wanted: int) -> list[UpdateRule]:
    """Return random rules of a grammar, without those that provably cannot train."""
    sge, rng = SGE(load_grammar(grammar)), np.random.default_rng(_SEED)
    found: list[UpdateRule] = []
    while len(found) < wanted:
        rule = UpdateRule.from_text(sge.express(sge.create(rng)))
        try:
            update_rule(rule)
        except CannotTrain:
            continue
        found.append(rule)
    return found


@pytest.fixture(scope="session")
def human_made() -> Sequence[UpdateRule]:
    return [each.rule() for each in HUMAN_MADE_RULES.values()]


@pytest.fixture(scope="session")
def evolved() -> Sequence[UpdateRule]:
    return [rule for grammar, wanted in EVOLVED.items() for rule in _evolved(grammar, wanted)]


@pytest.fixture(scope="session")
def all_rules(human_made: Sequence[UpdateRule], evolved: Sequence[UpdateRule]) -> Sequence[UpdateRule]:
    return [*human_made, *evolved, *map(UpdateRule.from_text, UNUSUAL)]


@pytest.fixture(scope="session")
def exported(all_rules: Sequence[UpdateRule], context: ExportContext) -> Mapping[str, Sequence[str]]:
    """The sources of all rules, in their order, by format."""
    return {name: [export(rule, name, context) for rule in all_rules] for name in FORMATS}


@pytest.fixture
def imported(tmp_path: Path) -> Callable[[str], ModuleType]:
    """Write source to a file and import it as a user would."""

    def import_source(source: str) -> ModuleType:
        # A name of its own: Python takes a file of the same name, size and second for one it has compiled before.
        name = f"exported_{next(_numbers)}"
        path = tmp_path / f"{name}.py"
        path.write_text(source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return import_source
