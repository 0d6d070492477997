from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from backend.export.context import ExportContext
from backend.export.keras_rule import export_keras_rule
from backend.export.named_rule import with_names
from backend.phenotypes.update_rule import UpdateRule

_MOMENTUM = "x = multiply(0.1, subtract(x, g)); y = 0; z = 0; weight = multiply(0.01, x)"
_LINEAR = "x = 0; y = 0; z = 0; weight = multiply(0.5, multiply(g, subtract(1, t)))"
# Keras's own way of reading a variable is older than NumPy 2.
_KERAS_READS_ITS_VARIABLES = "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"


@pytest.fixture
def exported(context: ExportContext, imported: Callable[[str], ModuleType]) -> Callable[[str], ModuleType]:
    return lambda text: imported(_source(text, context))


def _source(text: str, context: ExportContext) -> str:
    return export_keras_rule(with_names(UpdateRule.from_text(text)), context)


def test_the_file_reads_like_one_that_a_person_wrote(context: ExportContext) -> None:
    code = _source(_MOMENTUM, context).split('"""\n', 1)[1]
    assert code.startswith("""
import keras
from keras import ops


@keras.saving.register_keras_serializable(package="autolr", name="Evolved-""")
    assert (
        code.split("\n", 6)[6]
        == '''\
class EvolvedOptimizer(keras.optimizers.Optimizer):
    """The evolved update rule.

    Args:
        learning_rate: Factor of the whole change of the weight; 0.01 as evolved.
        x_rate: Factor of the whole change of x; 0.1 as evolved.
        **kwargs: What every optimizer of Keras takes, such as clipnorm.
    """

    def __init__(self, learning_rate=0.01, x_rate=0.1, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.x_rate = x_rate

    def build(self, variables):
        """Make what is kept of each variable, 0 at the start."""
        if self.built:
            return
        super().build(variables)
        self._x = self.add_optimizer_variables(variables, "x")

    def update_step(self, gradient, variable, learning_rate):
        """Update one variable and what is kept of it."""
        index = self._get_variable_index(variable)
        learning_rate = ops.cast(learning_rate, variable.dtype)
        g = ops.cast(gradient, variable.dtype)
        w = ops.convert_to_tensor(variable)
        x = self._x[index]

        x = x - self.x_rate * (x - g)
        w = w - learning_rate * x

        self.assign(self._x[index], x)
        self.assign(variable, w)

    def get_config(self):
        """Return what the optimizer is made with."""
        return {**super().get_config(), "x_rate": self.x_rate}
'''
    )


def test_only_what_is_kept_is_built(context: ExportContext) -> None:
    assert "def build" not in _source("x = 0; y = 0; z = 0; weight = multiply(0.01, g)", context)


def test_rules_that_differ_are_registered_under_names_that_differ(context: ExportContext) -> None:
    def registered(text: str) -> str:
        return next(line for line in _source(text, context).splitlines() if "register" in line)

    assert registered(_MOMENTUM) == registered(_MOMENTUM)
    assert registered(_MOMENTUM) != registered(_MOMENTUM.replace("subtract", "add"))


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_a_model_trains_is_saved_and_trains_on(exported: Callable[[str], ModuleType], data_dir: object) -> None:
    module = exported(_MOMENTUM)
    keras = module.keras
    # Where operations are deterministic, Keras's initial weights need a seed.
    keras.utils.set_random_seed(1)
    inputs = np.random.default_rng(1).normal(size=(32, 3)).astype(np.float32)
    targets = inputs.sum(axis=1, keepdims=True)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])
    model.compile(module.EvolvedOptimizer(learning_rate=0.5, x_rate=0.25, clipnorm=1.0), loss="mse")
    losses = model.fit(inputs, targets, epochs=3, verbose=0).history["loss"]
    assert losses[-1] < losses[0]

    path = str(data_dir) + ".keras"
    model.save(path)
    loaded = keras.saving.load_model(path)
    assert loaded.optimizer.get_config() == model.optimizer.get_config()
    assert float(loaded.optimizer.learning_rate) == 0.5
    again = [each.fit(inputs, targets, epochs=2, shuffle=False, verbose=0).history["loss"] for each in (model, loaded)]
    assert again[0] == pytest.approx(again[1], rel=1e-6)


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_the_share_of_the_training_ends_at_1(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_LINEAR)
    variable = module.keras.Variable(0.0)
    optimizer = module.EvolvedOptimizer(total_steps=2)
    seen = []
    for _ in range(4):
        optimizer.apply([module.ops.convert_to_tensor(1.0)], [variable])
        seen.append(float(variable.numpy()))
    assert seen == [-0.5, -0.75, -0.75, -0.75]
    assert optimizer.get_config()["total_steps"] == 2
    with pytest.raises(ValueError, match="total_steps must be 1 or more, not 0"):
        module.EvolvedOptimizer(total_steps=0)


@pytest.mark.training
@pytest.mark.filterwarnings(_KERAS_READS_ITS_VARIABLES)
def test_layers_are_told_apart_by_the_paths_of_their_variables(exported: Callable[[str], ModuleType]) -> None:
    module = exported("x = 0; y = 0; z = 0; weight = divide_no_nan(multiply(g, layer_num), layer_count)")
    keras = module.keras
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1), keras.layers.Dense(1)])
    before = [variable.numpy().item() for variable in model.trainable_variables]
    gradients = [module.ops.ones_like(variable) for variable in model.trainable_variables]
    module.EvolvedOptimizer().apply(gradients, model.trainable_variables)
    after = [variable.numpy().item() for variable in model.trainable_variables]
    assert np.subtract(before, after) == pytest.approx([0.5, 0.5, 1, 1])
