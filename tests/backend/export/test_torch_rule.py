from collections.abc import Callable
from types import ModuleType

import pytest

from backend.export.context import ExportContext
from backend.export.named_rule import with_names
from backend.export.torch_rule import export_torch_rule
from backend.phenotypes.update_rule import UpdateRule

_MOMENTUM = "x = multiply(0.1, subtract(x, g)); y = 0; z = 0; weight = multiply(0.01, x)"
_LINEAR = "x = 0; y = 0; z = 0; weight = multiply(0.5, multiply(g, subtract(1, t)))"
_COUNTING = "x = subtract(multiply(0.1, x), g); y = 0; z = 0; weight = divide_no_nan(x, step)"


@pytest.fixture
def exported(context: ExportContext, imported: Callable[[str], ModuleType]) -> Callable[[str], ModuleType]:
    def of(text: str) -> ModuleType:
        pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch")
        return imported(_source(text, context))

    return of


def _source(text: str, context: ExportContext) -> str:
    return export_torch_rule(with_names(UpdateRule.from_text(text)), context)


def test_the_file_reads_like_one_that_a_person_wrote(context: ExportContext) -> None:
    assert (
        _source(_MOMENTUM, context).split('"""\n', 1)[1]
        == '''
import torch


class EvolvedOptimizer(torch.optim.Optimizer):
    """The evolved update rule.

    Args:
        params: Parameters to optimize, or groups of them.
        lr: Factor of the whole change of the weight; 0.01 as evolved.
        x_rate: Factor of the whole change of x; 0.1 as evolved.
    """

    def __init__(self, params, lr=0.01, x_rate=0.1):
        defaults = {"lr": lr, "x_rate": x_rate}
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        """Update each parameter with a gradient; return the closure's loss, if any."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for w in group["params"]:
                if w.grad is not None:
                    self._update(w, group)
        return loss

    def _update(self, w, group):
        """Update one parameter and what is kept of it."""
        state = self.state[w]
        if not state:
            state["x"] = torch.zeros_like(w)
        lr = group["lr"]
        x_rate = group["x_rate"]
        g = w.grad
        x = state["x"]

        x = x - x_rate * (x - g)
        state["x"] = x
        w.sub_(lr * x)
'''
    )


def test_helpers_come_with_the_rules_that_call_them(context: ExportContext) -> None:
    assert "def divide_no_nan" not in _source(_MOMENTUM, context)
    assert "def divide_no_nan" in _source("x = 0; y = 0; z = 0; weight = divide_no_nan(g, add(1, g))", context)
    assert "def sign" in _source("x = 0; y = 0; z = 0; weight = sign(g)", context)


def test_layers_are_groups_where_the_rule_tells_them_apart(context: ExportContext) -> None:
    deep = "x = 0; y = 0; z = 0; weight = divide_no_nan(multiply(0.1, g), layer_num)"
    assert "for layer_num, group in enumerate(self.param_groups, start=1):" in _source(deep, context)
    assert "One group for each layer, in order" in _source(deep, context)
    assert "layer" not in _source(_MOMENTUM, context)


def test_a_scheduler_of_pytorch_sets_the_rate(exported: Callable[[str], ModuleType]) -> None:
    module = exported("x = 0; y = 0; z = 0; weight = multiply(0.5, g)")
    torch = module.torch
    w = torch.nn.Parameter(torch.tensor([1.0]))
    optimizer = module.EvolvedOptimizer([w], lr=0.25)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    for _ in range(2):
        w.grad = torch.ones(1)
        optimizer.step()
        scheduler.step()
    assert w.item() == 1 - 0.25 - 0.125


def test_an_interrupted_training_goes_on_where_it_was(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_COUNTING)
    torch = module.torch

    def steps(optimizer: object, w: object, gradients: list[float]) -> None:
        for gradient in gradients:
            w.grad = torch.tensor([gradient])  # type: ignore[attr-defined]
            optimizer.step()  # type: ignore[attr-defined]

    whole, first, second = (torch.nn.Parameter(torch.tensor([1.0])) for _ in range(3))
    steps(module.EvolvedOptimizer([whole]), whole, [0.5, -1.0, 2.0, 0.25])
    begun = module.EvolvedOptimizer([first])
    steps(begun, first, [0.5, -1.0])
    second.data.copy_(first.data)
    resumed = module.EvolvedOptimizer([second])
    resumed.load_state_dict(begun.state_dict())
    steps(resumed, second, [2.0, 0.25])
    assert second.item() == whole.item()


def test_a_parameter_without_a_gradient_stays_and_the_closure_is_called(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_MOMENTUM)
    torch = module.torch
    used, unused = (torch.nn.Parameter(torch.tensor(2.0)) for _ in range(2))
    optimizer = module.EvolvedOptimizer([used, unused])

    def closure() -> object:
        optimizer.zero_grad()
        loss = used * used
        loss.backward()
        return loss

    assert optimizer.step(closure).item() == 4
    assert used.item() < unused.item() == 2
    assert not optimizer.state[unused]


def test_the_share_of_the_training_ends_at_1(exported: Callable[[str], ModuleType]) -> None:
    module = exported(_LINEAR)
    torch = module.torch
    w = torch.nn.Parameter(torch.tensor(0.0))
    optimizer = module.EvolvedOptimizer([w], total_steps=2)
    seen = []
    for _ in range(4):
        w.grad = torch.tensor(1.0)
        optimizer.step()
        seen.append(w.item())
    assert seen == [-0.5, -0.75, -0.75, -0.75]
    with pytest.raises(ValueError, match="total_steps must be 1 or more, not 0"):
        module.EvolvedOptimizer([w], total_steps=0)
