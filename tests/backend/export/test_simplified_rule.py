from backend.export.simplified_rule import simplified
from backend.phenotypes.canonical_rule import settled
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.update_rule import UpdateRule


def test_a_rule_is_exported_as_people_read_it() -> None:
    rule = UpdateRule.from_text("x = g; y = 0; z = 0; weight = multiply(0.01, divide_no_nan(g, sqrt(square(g))))")
    assert simplified(rule).text == "x = 0; y = 0; z = 0; weight = multiply(0.01, sign(g))"


def test_a_rule_whose_readable_form_overflows_is_exported_as_it_is() -> None:
    # Where pow(g, x) is 0, the inner quotient is protected; once it is tiny, the quotient is infinite.
    rule = UpdateRule.from_text(
        "x = g; y = 0; z = 0; weight = divide_no_nan(g, divide_no_nan(0.9107829397488015, pow(g, x)))"
    )
    assert simplified(rule) == settled(rule) != readable_rule(rule)
