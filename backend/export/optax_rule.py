"""An update rule as a gradient transformation of Optax, in one Python file that needs nothing of AutoLR."""

from string import Template

from backend.export.context import ExportContext
from backend.export.named_rule import NamedRule
from backend.export.rule_code import CodeWriter, Dialect, subtracted
from backend.export.rule_text import (
    REFUSAL,
    arguments,
    block,
    counts_updates,
    docstring,
    listed,
    parameters,
)
from backend.expressions.nodes import Call, Node, variables
from backend.phenotypes.update_rule import STATES, WEIGHT

# The divisor is replaced so that whoever differentiates through the update meets no NaN.
_DIVIDE = '''\
def divide_no_nan(dividend, divisor):
    """Divide; where the divisor is zero, the answer is 0 whatever is divided."""
    return jnp.where(divisor == 0, 0, dividend / jnp.where(divisor == 0, 1, divisor))
'''

_DIALECT = Dialect(
    {
        "abs": "jnp.abs(#1)",
        "cos": "jnp.cos(#1)",
        "divide_no_nan": "divide_no_nan(#1, #2)",
        "max": "jnp.maximum(#1, #2)",
        "min": "jnp.minimum(#1, #2)",
        "pow": "jnp.power(#1, #2)",
        "sign": "jnp.sign(#1)",
        "sqrt": "jnp.sqrt(#1)",
        "square": "jnp.square(#1)",
    },
    helpers={"divide_no_nan": _DIVIDE},
)

_FILE = Template('''\
"""$docstring
"""

${imports}import jax
${jnp}import optax
$helpers
$state
$signature
    """Return the evolved update rule.

    Args:
$arguments
    """
$body''')

_STATE = Template('''
class EvolvedState(NamedTuple):
    """$title"""

$fields

''')

_INDENT = " " * 4
_LAYERS = {
    "layer_num": "Tree like the parameters, with the number of each one's layer, from 1.",
    "layer_count": "Number of layers.",
}
# A rule computes with whole numbers as with all others.
_AS_FLOATS = {
    "layer_num": "layer_num = jax.tree.map(float, layer_num)",
    "layer_count": "layer_count = float(layer_count)",
}
# A tree for each of them goes through jax.tree.map; what else a function reads is the same for all parameters.
_TREES = {
    "g": "updates",
    "w": "params",
    "layer_num": "layer_num",
}
_COMMON = ("t", "step")
_NO_PARAMS = 'raise ValueError("The rule reads the parameters: give params to update.")'


def export_optax_rule(rule: NamedRule, context: ExportContext) -> str:
    """Return the file's source, in UTF-8 text; its function is evolved_optimizer."""
    body = block(_body(rule), _INDENT)
    helpers = _DIALECT.helpers_of(body)
    given = [name for name in _LAYERS if name in rule.rule.reads]
    layers = [f"{2 * _INDENT}{name}: {_LAYERS[name]}\n" for name in given]
    return _FILE.substitute(
        docstring=docstring(rule, context, "Optax", _use(rule)),
        imports=_imports(rule, body),
        jnp="import jax.numpy as jnp\n" if "jnp." in body + helpers else "",
        helpers=helpers,
        state=_state(rule),
        signature=listed("", "def evolved_optimizer(", [*given, *parameters(rule)], "):"),
        arguments="".join(layers) + arguments(rule, 2 * _INDENT),
        body=body,
    )


def _use(rule: NamedRule) -> str:
    given = [f"{name}=..." for name in _LAYERS if name in rule.rule.reads]
    given += ["total_steps=epochs * steps_per_epoch"] if "t" in rule.rule.reads else []
    return f"""\
optimizer = evolved_optimizer({", ".join(given)})
state = optimizer.init(params)
updates, state = optimizer.update(gradients, state, params)
params = optax.apply_updates(params, updates)"""


def _imports(rule: NamedRule, body: str) -> str:
    wanted = [
        ("import math", "math." in body),
        ("from functools import partial", "partial(" in body),
        ("from typing import NamedTuple", _keeps_something(rule)),
    ]
    lines = [line for line, needed in wanted if needed]
    return "".join(f"{line}\n" for line in lines) + ("\n" if lines else "")


def _keeps_something(rule: NamedRule) -> bool:
    return bool(rule.rule.live_states) or counts_updates(rule)


def _state(rule: NamedRule) -> str:
    if not _keeps_something(rule):
        return ""
    count = ["count: jax.Array"] if counts_updates(rule) else []
    states = [f"{state}: optax.Updates" for state in rule.rule.live_states]
    kept = [*(["the number of updates"] if count else []), *(["what is kept of each parameter"] if states else [])]
    title = f"{' and '.join(kept).capitalize()}."
    return _STATE.substitute(title=title, fields=block([*count, *states], _INDENT).rstrip("\n"))


def _body(rule: NamedRule) -> list[str]:
    """Return the lines of evolved_optimizer: a function for each of the rule's, then init and update."""
    refusal = ["if total_steps < 1:", f"    {REFUSAL}"] if "t" in rule.rule.reads else []
    layers = [line for name, line in _AS_FLOATS.items() if name in rule.rule.reads]
    functions = [line for name, node in rule.functions.items() for line in [*_function(name, node), ""]]
    return [
        *refusal,
        *layers,
        "",
        *functions,
        *_init_function(rule),
        "",
        *_update_function(rule),
        "",
        "return optax.GradientTransformation(init, update)",
    ]


def _function(name: str, node: Node) -> list[str]:
    """Return the function that computes a state anew, or what is added to the weight, for one parameter."""
    left = _added(node) if name == WEIGHT else subtracted(name, node)
    code = CodeWriter(_DIALECT).write(left)
    title = f"def {_function_name(name)}({', '.join(_reads(name, node))}):"
    return [title, *(f"    {line}" for line in [*code.lines, f"return {code.value}"])]


def _function_name(name: str) -> str:
    return "change_of_weight" if name == WEIGHT else f"new_{name}"


def _added(change: Node) -> Node:
    """Return what is to be added to the weight, as Optax wants it."""
    left = subtracted("w", change)
    if left.operator == "add":
        return left.arguments[1]
    match change:
        case Call("multiply", (factor, other)):
            return Call("multiply", (Call("negative", (factor,)), other))
    return Call("negative", (change,))


def _reads(name: str, node: Node) -> list[str]:
    """Name what a function reads: arrays of the parameter first, then what is common to all."""
    read = variables(node) | ({name} if name != WEIGHT else set())
    if read.isdisjoint({*_TREES, *STATES}):
        # Nothing that depends on the parameter: the tree of gradients still says what parameters there are.
        read |= {"g"}
    return [each for each in (*_TREES, *STATES, *_COMMON) if each in read]


def _init_function(rule: NamedRule) -> list[str]:
    if not _keeps_something(rule):
        return ["def init(params):", "    del params", "    return optax.EmptyState()"]
    count = ["count=jnp.zeros([], jnp.int32)"] if counts_updates(rule) else []
    states = [f"{state}=optax.tree.zeros_like(params)" for state in rule.rule.live_states]
    # It is indented once more in the file.
    made = listed(2 * _INDENT, "return EvolvedState(", [*count, *states], ")").splitlines()
    return ["def init(params):", *(line.removeprefix(_INDENT) for line in made)]


def _update_function(rule: NamedRule) -> list[str]:
    reads_weight = "w" in rule.rule.reads
    refusal = ["    if params is None:", f"        {_NO_PARAMS}"]
    fetched = {
        "t": "    t = jnp.minimum(state.count / total_steps, 1)",
        "step": "    step = (state.count + 1).astype(jnp.float32)",
    }
    count = ["count=optax.safe_increment(state.count)"] if counts_updates(rule) else []
    kept = [*count, *(f"{state}={state}" for state in rule.rule.live_states)]
    state = f"EvolvedState({', '.join(kept)})" if kept else "state"
    return [
        "def update(updates, state, params=None):",
        *(refusal if reads_weight else ["    del params"]),
        *(line for name, line in fetched.items() if name in rule.rule.reads),
        *(f"    {_mapped(rule, name)}" for name in rule.functions),
        f"    return updates, {state}",
    ]


def _mapped(rule: NamedRule, name: str) -> str:
    """Return the line that applies a function of the rule to all parameters."""
    read = _reads(name, rule.functions[name])
    common = [each for each in read if each in _COMMON]
    function = _function_name(name)
    if common:
        function = f"partial({', '.join([function, *(f'{each}={each}' for each in common)])})"
    trees = [_tree(each, name) for each in read if each not in common]
    return f"{'updates' if name == WEIGHT else name} = jax.tree.map({', '.join([function, *trees])})"


def _tree(read: str, name: str) -> str:
    """Return the tree of what a function reads: states that were computed before it are new ones."""
    if read not in STATES:
        return _TREES[read]
    is_new = name == WEIGHT or read < name
    return read if is_new else f"state.{read}"
