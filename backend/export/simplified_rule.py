"""The form of a rule that is exported."""

from backend.export.comparison import compare
from backend.export.probe import standard_probe
from backend.phenotypes.canonical_rule import settled
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.update_rule import UpdateRule


def simplified(rule: UpdateRule) -> UpdateRule:
    """Return the readable form, which the pages show, as long as float32 makes no difference to it.

    What is shorter for real numbers may overflow where the rule as evolved does not: then the exact form is returned,
    which gives the same weights to the last bit.
    """
    readable, probe = readable_rule(rule), standard_probe()
    difference = compare(probe.expected(rule), probe.in_float64(rule), probe.expected(readable))
    return readable if difference.agrees else settled(rule)
