"""Numbers of benchmarks as reports write them: rounded to what they mean; a dash where there is none."""

from backend.export.benchmark_content import Compared, PublishedValue, Result

NONE = "–"


def accuracy(value: float | None) -> str:
    """Return an accuracy (a share) with four digits."""
    return NONE if value is None else f"{value:.4f}"


def mean_and_deviation(mean: float | None, deviation: float | None) -> str:
    """Return a mean with its standard deviation, where it has one."""
    return accuracy(mean) if mean is None or deviation is None else f"{mean:.4f} ± {deviation:.4f}"


def interval(result: Result) -> str:
    """Return the 95 % interval of the median."""
    return NONE if result.low is None else f"{accuracy(result.low)} to {accuracy(result.high)}"


def p_value(value: float | None) -> str:
    """Return a p value with two digits that count."""
    if value is None:
        return NONE
    return "< 0.0001" if value < 0.0001 else f"{value:.2g}"


def share(value: float | None) -> str:
    """Return an A12."""
    return NONE if value is None else f"{value:.2f}"


def difference(value: float | None) -> str:
    """Return a difference with its sign, a true minus."""
    return NONE if value is None else f"{value:+.4f}".replace("-", "−")


def trials(comparison: Compared) -> str:
    """Return how many trials were compared, of both sides where they differ."""
    return str(comparison.n) if comparison.n == comparison.n_rival else f"{comparison.n}, {comparison.n_rival}"


def published(value: PublishedValue) -> str:
    """Return what was published, with its part and its trials."""
    count = "" if value.n is None else f", n {value.n}"
    return f"{mean_and_deviation(value.mean, value.deviation)} ({value.part}{count})"
