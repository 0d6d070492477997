"""An update rule as an optimizer for PyTorch, in one Python file that needs nothing of AutoLR."""

from string import Template

from backend.export.context import ExportContext
from backend.export.named_rule import LEARNING_RATE, NamedRule
from backend.export.rule_code import CodeWriter, Dialect, imports_of, subtracted
from backend.export.rule_text import (
    REFUSAL,
    arguments,
    block,
    counts_updates,
    docstring,
    listed,
    parameters,
    reads_depth,
)
from backend.phenotypes.update_rule import WEIGHT

_DIVIDE = '''\
def divide_no_nan(dividend, divisor):
    """Divide; where the divisor is zero, the answer is 0 whatever is divided."""
    return torch.where(divisor == 0, 0.0, dividend / divisor)
'''

_SIGN = '''\
def sign(u):
    """Return -1, 0 or 1; NaN stays NaN, which torch.sign calls 0."""
    return torch.where(torch.isnan(u), u, torch.sign(u))
'''

_DIALECT = Dialect(
    {
        "abs": "torch.abs(#1)",
        "cos": "torch.cos(#1)",
        "divide_no_nan": "divide_no_nan(#1, #2)",
        "max": "torch.maximum(#1, #2)",
        "min": "torch.minimum(#1, #2)",
        "pow": "torch.pow(#1, #2)",
        "sign": "sign(#1)",
        "sqrt": "torch.sqrt(#1)",
        "square": "torch.square(#1)",
    },
    of_array_and_number={"max": "torch.clamp(#1, min=#2)", "min": "torch.clamp(#1, max=#2)"},
    helpers={"divide_no_nan": _DIVIDE, "sign": _SIGN},
)

# PyTorch's schedulers look for the learning rate under this name.
_NAMES = {LEARNING_RATE: "lr"}

_FILE = Template('''\
"""$docstring
"""

${imports}import torch
$helpers

class EvolvedOptimizer(torch.optim.Optimizer):
    """The evolved update rule.

    Args:
        params: Parameters to optimize, or groups of them.$layers
$arguments
    """

$signature
$refusal$defaults
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        """Update each parameter with a gradient; return the closure's loss, if any."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        $groups
            for w in group["params"]:
                if w.grad is not None:
                    self._update(w, group$number)
        return loss

    def _update(self, w, group$number):
        """Update one parameter and what is kept of it."""
$update''')

_LAYERS = "\n            One group for each layer, in order: the rule tells them apart."
_INDENT = " " * 8


def export_torch_rule(rule: NamedRule, context: ExportContext) -> str:
    """Return the file's source, in UTF-8 text; its class is EvolvedOptimizer."""
    update = block(_update(rule), _INDENT)
    return _FILE.substitute(
        docstring=docstring(rule, context, "PyTorch", _use(rule)),
        imports=imports_of(update),
        helpers=_DIALECT.helpers_of(update),
        layers=_LAYERS if reads_depth(rule) else "",
        arguments=arguments(rule, _INDENT, _NAMES),
        signature=listed("    ", "def __init__(", ["self", "params", *parameters(rule, _NAMES)], "):"),
        refusal=block(["if total_steps < 1:", f"    {REFUSAL}"] if "t" in rule.rule.reads else [], _INDENT),
        defaults=listed(_INDENT, "defaults = {", [f'"{name}": {name}' for name in _hyper_parameters(rule)], "}"),
        groups=_groups(rule),
        number=", layer_num" if "layer_num" in rule.rule.reads else "",
        update=update,
    )


def _groups(rule: NamedRule) -> str:
    if "layer_num" in rule.rule.reads:
        return "for layer_num, group in enumerate(self.param_groups, start=1):"
    return "for group in self.param_groups:"


def _use(rule: NamedRule) -> str:
    required = ", total_steps=epochs * len(loader)" if "t" in rule.rule.reads else ""
    layers = '[{"params": layer.parameters()} for layer in layers]'
    params = layers if reads_depth(rule) else "model.parameters()"
    return f"""\
optimizer = EvolvedOptimizer({params}{required})
for inputs, targets in loader:
    optimizer.zero_grad()
    loss_function(model(inputs), targets).backward()
    optimizer.step()"""


def _hyper_parameters(rule: NamedRule) -> list[str]:
    required = ["total_steps"] if "t" in rule.rule.reads else []
    return [*required, *(_NAMES.get(each.name, each.name) for each in rule.constants)]


def _update(rule: NamedRule) -> list[str]:
    """Return the lines that compute and keep the states, and change the weight in place."""
    writer = CodeWriter(_DIALECT, lambda name: _NAMES.get(name, name))
    lines = _given(rule)
    functions = dict(rule.functions)
    change = functions.pop(WEIGHT)
    for state, node in functions.items():
        code = writer.write(subtracted(state, node))
        lines += [*code.lines, f"{state} = {code.value}", f'state["{state}"] = {state}']
    left = subtracted("w", change)
    code = writer.write(left.arguments[1])
    return [*lines, *code.lines, f"w.{'sub' if left.operator == 'subtract' else 'add'}_({code.value})"]


def _given(rule: NamedRule) -> list[str]:
    """Return the lines that fetch what the rule reads."""
    counts = counts_updates(rule)
    states = rule.rule.live_states
    made = [f'    state["{state}"] = torch.zeros_like(w)' for state in states]
    made += ['    state["step"] = torch.tensor(0.0)'] if counts else []
    fetched = {
        "t": 't = torch.clamp(state["step"] / group["total_steps"], max=1)',
        "step": 'step = state["step"] + 1',
        "layer_num": "layer_num = torch.tensor(float(layer_num))",
        "layer_count": "layer_count = torch.tensor(float(len(self.param_groups)))",
    }
    return [
        *(["state = self.state[w]", "if not state:", *made] if made else []),
        *(f'{name} = group["{name}"]' for name in _hyper_parameters(rule) if name != "total_steps"),
        "g = w.grad",
        *(f'{state} = state["{state}"]' for state in states),
        *(line for name, line in fetched.items() if name in rule.rule.reads),
        *(['state["step"] += 1'] if counts else []),
        "",
    ]
