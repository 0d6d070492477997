from collections.abc import Callable
from types import ModuleType

import pytest

from backend.export.context import ExportContext
from backend.export.named_rule import with_names
from backend.export.optax_rule import export_optax_rule
from backend.phenotypes.update_rule import UpdateRule

_MOMENTUM = "x = multiply(0.1, subtract(x, g)); y = 0; z = 0; weight = multiply(0.01, x)"
_LINEAR = "x = 0; y = 0; z = 0; weight = multiply(0.5, multiply(g, subtract(1, t)))"
_DECAY = "x = subtract(multiply(0.1, x), g); y = 0; z = 0; weight = multiply(0.01, add(x, multiply(0.1, w)))"


@pytest.fixture
def exported(context: ExportContext, imported: Callable[[str], ModuleType]) -> Callable[[str], ModuleType]:
    def of(text: str) -> ModuleType:
        pytest.importorskip("optax", reason="Optax is not installed: pip install optax")
        return imported(_source(text, context))

    return of


def _source(text: str, context: ExportContext) -> str:
    return export_optax_rule(with_names(UpdateRule.from_text(text)), context)


def test_the_file_reads_like_one_that_a_person_wrote(context: ExportContext) -> None:
    assert (
        _source(_MOMENTUM, context).split('"""\n', 1)[1]
        == '''
from typing import NamedTuple

import jax
import optax


class EvolvedState(NamedTuple):
    """What is kept of each parameter."""

    x: optax.Updates


def evolved_optimizer(learning_rate=0.01, x_rate=0.1):
    """Return the evolved update rule.

    Args:
        learning_rate: Factor of the whole change of the weight; 0.01 as evolved.
        x_rate: Factor of the whole change of x; 0.1 as evolved.
    """

    def new_x(g, x):
        return x - x_rate * (x - g)

    def change_of_weight(x):
        return -learning_rate * x

    def init(params):
        return EvolvedState(x=optax.tree.zeros_like(params))

    def update(updates, state, params=None):
        del params
        x = jax.tree.map(new_x, updates, state.x)
        updates = jax.tree.map(change_of_weight, x)
        return updates, EvolvedState(x=x)

    return optax.GradientTransformation(init, update)
'''
    )


def test_a_rule_without_states_keeps_nothing(context: ExportContext) -> None:
    source = _source("x = 0; y = 0; z = 0; weight = multiply(0.01, g)", context)
    assert "return optax.EmptyState()" in source
    assert "EvolvedState" not in source


def test_compiled_and_not_it_gives_the_same(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_DECAY)
    optax, jax = module.optax, module.jax
    optimizer = module.evolved_optimizer()
    params = {"a": jax.numpy.asarray([1.0, -2.0]), "b": (jax.numpy.asarray(3.0), None)}
    gradients = {"a": jax.numpy.asarray([0.5, 0.25]), "b": (jax.numpy.asarray(-1.0), None)}
    state = optimizer.init(params)
    for update in (optimizer.update, jax.jit(optimizer.update)):
        updates, new = update(gradients, state, params)
        assert jax.tree.structure(updates) == jax.tree.structure(params)
        assert jax.tree.structure(new) == jax.tree.structure(state)
        assert float(optax.apply_updates(params, updates)["b"][0]) == pytest.approx(3 - 0.01 * (-1 + 0.3))


def test_a_rule_that_reads_the_weight_asks_for_the_parameters(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_DECAY)
    optimizer = module.evolved_optimizer()
    gradients = [module.jax.numpy.ones(2)]
    with pytest.raises(ValueError, match="reads the parameters: give params to update"):
        optimizer.update(gradients, optimizer.init(gradients))


def test_the_rate_can_follow_a_schedule_of_optax(exported: Callable[[str], ModuleType]) -> None:
    module = exported("x = 0; y = 0; z = 0; weight = multiply(0.5, g)")
    optax, jax = module.optax, module.jax
    schedule = optax.piecewise_constant_schedule(0.25, {1: 0.5})
    optimizer = optax.inject_hyperparams(module.evolved_optimizer)(learning_rate=schedule)
    gradient = jax.numpy.asarray(1.0)
    state = optimizer.init(gradient)
    seen = []
    for _ in range(3):
        update, state = optimizer.update(gradient, state)
        seen.append(float(update))
    assert seen == [-0.25, -0.125, -0.125]


def test_the_share_of_the_training_ends_at_1(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_LINEAR)
    optimizer = module.evolved_optimizer(total_steps=2)
    gradient = module.jax.numpy.asarray(1.0)
    state = optimizer.init(gradient)
    seen = []
    for _ in range(4):
        update, state = optimizer.update(gradient, state)
        seen.append(float(update))
    assert seen == [-0.5, -0.25, 0, 0]
    with pytest.raises(ValueError, match="total_steps must be 1 or more, not 0"):
        module.evolved_optimizer(total_steps=0)


def test_layers_are_given_as_a_tree(exported: Callable[[str], ModuleType]) -> None:
    module = exported("x = 0; y = 0; z = 0; weight = divide_no_nan(multiply(g, layer_num), layer_count)")
    optimizer = module.evolved_optimizer(layer_num={"in": 1, "out": 2}, layer_count=2)
    gradients = {"in": module.jax.numpy.asarray(1.0), "out": module.jax.numpy.asarray(1.0)}
    updates, _ = optimizer.update(gradients, optimizer.init(gradients))
    assert {name: float(update) for name, update in updates.items()} == {"in": -0.5, "out": -1}
