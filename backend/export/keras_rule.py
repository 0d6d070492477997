"""An update rule as an optimizer for Keras 3, in one Python file that needs nothing of AutoLR."""

from string import Template

from backend.export.context import ExportContext
from backend.export.named_rule import LEARNING_RATE, NamedRule
from backend.export.rule_code import CodeWriter, Dialect, imports_of, subtracted
from backend.export.rule_text import REFUSAL, arguments, block, docstring, formula_name, listed, parameters, reads_depth
from backend.phenotypes.update_rule import WEIGHT

_DIALECT = Dialect(
    {
        "abs": "ops.abs(#1)",
        "cos": "ops.cos(#1)",
        "divide_no_nan": "ops.divide_no_nan(#1, #2)",
        "max": "ops.maximum(#1, #2)",
        "min": "ops.minimum(#1, #2)",
        "pow": "ops.power(#1, #2)",
        "sign": "ops.sign(#1)",
        "sqrt": "ops.sqrt(#1)",
        "square": "ops.square(#1)",
    }
)

_FILE = Template('''\
"""$docstring
"""

${imports}import keras
from keras import ops


@keras.saving.register_keras_serializable(package="autolr", name="Evolved-$formula")
class EvolvedOptimizer(keras.optimizers.Optimizer):
    """The evolved update rule.

    Args:
$arguments
        **kwargs: What every optimizer of Keras takes, such as clipnorm.
    """

$signature
$init
$build    def update_step(self, gradient, variable, learning_rate):
        """Update one variable and what is kept of it."""
$update
    def get_config(self):
        """Return what the optimizer is made with."""
$config
''')

_USE = """\
optimizer = EvolvedOptimizer($required)
model.compile(optimizer, loss=..., metrics=["accuracy"])
model.fit(...)"""

_INDENT = " " * 8


def export_keras_rule(rule: NamedRule, context: ExportContext) -> str:
    """Return the file's source, in UTF-8 text; its class is EvolvedOptimizer."""
    update = block(_update(rule), _INDENT)
    required = "total_steps=epochs * steps_per_epoch" if "t" in rule.rule.reads else ""
    use = Template(_USE).substitute(required=required)
    return _FILE.substitute(
        docstring=docstring(rule, context, "Keras 3", use),
        imports=imports_of(update),
        formula=formula_name(rule),
        arguments=arguments(rule, _INDENT),
        signature=listed("    ", "def __init__(", ["self", *parameters(rule), "**kwargs"], "):"),
        init=block(_init(rule), _INDENT),
        build=_build(rule),
        update=update,
        config=listed(_INDENT, "return {", ["**super().get_config()", *_config(rule)], "}"),
    )


def _attributes(rule: NamedRule) -> list[str]:
    """Name the hyper-parameters that Keras's own class does not keep."""
    required = ["total_steps"] if "t" in rule.rule.reads else []
    return [*required, *(each.name for each in rule.constants if each.name != LEARNING_RATE)]


def _config(rule: NamedRule) -> list[str]:
    return [f'"{name}": self.{name}' for name in _attributes(rule)]


def _init(rule: NamedRule) -> list[str]:
    refusal = ["if total_steps < 1:", f"    {REFUSAL}"] if "t" in rule.rule.reads else []
    kept = [f"self.{name} = {name}" for name in _attributes(rule)]
    return ["super().__init__(learning_rate=learning_rate, **kwargs)", *refusal, *kept]


def _build(rule: NamedRule) -> str:
    """Return the method that makes the states, where there is something to make."""
    states = [f'self._{state} = self.add_optimizer_variables(variables, "{state}")' for state in rule.rule.live_states]
    layers = [
        "# A layer's variables share the path before their own names.",
        'paths = [variable.path.rpartition("/")[0] for variable in variables]',
        "places = {path: place for place, path in enumerate(dict.fromkeys(paths), 1)}",
        "self._layer_nums = [places[path] for path in paths]",
        "self._layer_count = len(places)",
    ]
    made = [*states, *(layers if reads_depth(rule) else [])]
    if not made:
        return ""
    head = ["if self.built:", "    return", "super().build(variables)"]
    title = '    def build(self, variables):\n        """Make what is kept of each variable, 0 at the start."""\n'
    return f"{title}{block([*head, *made], _INDENT)}\n"


def _update(rule: NamedRule) -> list[str]:
    """Return the lines that compute the states and the weight anew and then assign them."""
    writer = CodeWriter(_DIALECT, lambda name: name if name == LEARNING_RATE else f"self.{name}")
    lines = _given(rule)
    for name, node in rule.functions.items():
        target = "w" if name == WEIGHT else name
        code = writer.write(subtracted(target, node))
        lines += [*code.lines, f"{target} = {code.value}"]
    kept = [f"self.assign(self._{state}[index], {state})" for state in rule.rule.live_states]
    return [*lines, "", *kept, "self.assign(variable, w)"]


def _given(rule: NamedRule) -> list[str]:
    """Return the lines that fetch what the rule reads."""
    fetched = {
        "step": "step = ops.cast(self.iterations, variable.dtype) + 1",
        "t": "t = ops.minimum(ops.cast(self.iterations, variable.dtype) / self.total_steps, 1)",
        "layer_num": "layer_num = ops.cast(self._layer_nums[index], variable.dtype)",
        "layer_count": "layer_count = ops.cast(self._layer_count, variable.dtype)",
    }
    states = rule.rule.live_states
    needs_index = bool(states) or "layer_num" in rule.rule.reads
    return [
        *(["index = self._get_variable_index(variable)"] if needs_index else []),
        "learning_rate = ops.cast(learning_rate, variable.dtype)",
        "g = ops.cast(gradient, variable.dtype)",
        "w = ops.convert_to_tensor(variable)",
        *(f"{state} = self._{state}[index]" for state in states),
        *(line for name, line in fetched.items() if name in rule.rule.reads),
        "",
    ]
