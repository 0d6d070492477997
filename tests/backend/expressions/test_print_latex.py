import re

from hypothesis import given

from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.expressions.print_latex import to_latex


def _latex(text: str) -> str:
    return to_latex(parse(text, SCHEDULE))


def test_a_schedule_is_written_as_cases() -> None:
    assert _latex("if_func(epoch < 20, 0.05, if_func(learning_rate >= 0.01, 0.1, 0.001))") == (
        r"\begin{cases} 0.05 & \text{if } \mathrm{epoch} < 20 \\ "
        r"0.1 & \text{if } \mathrm{learning\_rate} \ge 0.01 \\ 0.001 & \text{otherwise} \end{cases}"
    )


def test_numbers_are_written_in_full_and_exponents_as_powers_of_ten() -> None:
    assert _latex("0.0011090909090909092") == "0.0011090909090909092"
    assert _latex("1e-05") == r"1 \times 10^{-5}"
    assert _latex("-2.5e300") == r"-2.5 \times 10^{300}"


def test_functions_are_written_as_mathematics_does() -> None:
    assert _latex("divide_no_nan(sqrt(epoch), exp(2))") == r"\frac{\sqrt{\mathrm{epoch}}}{\exp\left(2\right)}"
    assert _latex("log_abs(epoch) * max(1, 2)") == r"\ln\left|\mathrm{epoch}\right| \cdot \max\left(1, 2\right)"


@given(...)
def test_braces_and_environments_close_in_every_expression(node: Node) -> None:
    latex = to_latex(node)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
    assert latex.count(r"\begin{cases}") == latex.count(r"\end{cases}") == latex.count("otherwise")
    assert not re.search(r"#\d", latex)
