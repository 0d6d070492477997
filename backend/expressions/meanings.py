"""What the operators compute, in float64, where Python's own arithmetic would raise or depend on order.

Each function is total: it answers every pair of floats, infinities and NaN included, as IEEE 754 does unless
its docstring says otherwise. Each stands on its own and needs nothing but `math`, because an exported file
carries a copy of those it calls.
"""

import math


def if_func(condition: bool, then: float, otherwise: float) -> float:
    """Return `then` where the condition holds, else `otherwise`."""
    return then if condition else otherwise


def divide_no_nan(dividend: float, divisor: float) -> float:
    """Divide; by zero, the answer is 0 whatever is divided."""
    return dividend / divisor if divisor != 0 else 0.0


def divide_or_one(dividend: float, divisor: float) -> float:
    """Divide; by exactly zero, the answer is 1 whatever is divided."""
    return dividend / divisor if divisor != 0 else 1.0


def square(x: float) -> float:
    """Multiply by itself."""
    return x * x


def sqrt(x: float) -> float:
    """Take the square root; of a negative number it is NaN."""
    return math.nan if x < 0 else math.sqrt(x)


def power(base: float, exponent: float) -> float:
    """Raise to a power; a finite negative base with a fractional exponent gives NaN."""
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        if base < 0 and exponent % 1 != 0:
            return math.nan
        return math.copysign(math.inf, base) if exponent % 2 == 1 else math.inf


def exp(x: float) -> float:
    """Raise e to a power."""
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def exp_below_700(x: float) -> float:
    """Raise e to a power; from the power 700 on it is infinite, somewhat before float64 ends."""
    if x < 700:
        return math.exp(x)
    return x if math.isnan(x) else math.inf


def sin(x: float) -> float:
    """Take the sine of an angle in radians; of an infinity it is NaN."""
    return math.nan if math.isinf(x) else math.sin(x)


def cos(x: float) -> float:
    """Take the cosine of an angle in radians; of an infinity it is NaN."""
    return math.nan if math.isinf(x) else math.cos(x)


def log_abs(x: float) -> float:
    """Take the natural logarithm of the absolute value; of zero it is 0."""
    return math.log(abs(x)) if x != 0 else 0.0


def minimum(a: float, b: float) -> float:
    """Return the smaller; NaN if either is NaN."""
    return a if a < b or math.isnan(a) else b


def maximum(a: float, b: float) -> float:
    """Return the larger; NaN if either is NaN."""
    return a if a > b or math.isnan(a) else b


def sign(x: float) -> float:
    """Return -1, 0 or 1; NaN for NaN."""
    return x if math.isnan(x) else float((x > 0) - (x < 0))


def finite_or(value: float, otherwise: float) -> float:
    """Return the value, or `otherwise` in place of an infinity or NaN."""
    return value if math.isfinite(value) else otherwise
