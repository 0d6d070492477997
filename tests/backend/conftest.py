"""How Hypothesis draws expressions: a test that asks for a Node gets a number-valued one of the language SCHEDULE."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.expressions.operators import OPERATORS, Kind, Operator

# How long an example takes says more of the machine than of the code.
settings.register_profile("autolr", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("autolr")

_KNOWN = [OPERATORS[name] for name in sorted(SCHEDULE.operators)]
_OF_KIND = {kind: st.sampled_from([each for each in _KNOWN if each.gives is kind]) for kind in Kind}

# Values that meet each other in comparisons, the poles of protected operators, and anything finite.
_USUAL = st.sampled_from([0.0, 0.01, 0.05, 0.5, 1.0, 2.0, 3.0, 4.0, 1e-5, -1.0, 1e200])
_constants = st.builds(Constant, _USUAL | st.floats(allow_nan=False, allow_infinity=False))
_variables = st.sampled_from(sorted(SCHEDULE.variables)).map(Variable)


def _applied(operator: Operator, arguments: dict[Kind, SearchStrategy[Node]]) -> SearchStrategy[Node]:
    return st.tuples(*[arguments[kind] for kind in operator.takes]).map(lambda drawn: Call(operator.name, drawn))


def _conditions(numbers: SearchStrategy[Node]) -> SearchStrategy[Node]:
    return _OF_KIND[Kind.CONDITION].flatmap(lambda each: _applied(each, {Kind.NUMBER: numbers}))


def _calls(numbers: SearchStrategy[Node]) -> SearchStrategy[Node]:
    """Draw any operator, and as often a choice over variables alone, which is what simplifying is about."""
    anything = {Kind.NUMBER: numbers, Kind.CONDITION: _conditions(numbers)}
    plain = {Kind.NUMBER: numbers, Kind.CONDITION: _conditions(_variables | _constants)}
    return _OF_KIND[Kind.NUMBER].flatmap(lambda each: _applied(each, anything)) | _applied(OPERATORS["if_func"], plain)


_numbers = st.recursive(_constants | _variables, _calls, max_leaves=15)

st.register_type_strategy(Constant, _constants)
st.register_type_strategy(Variable, _variables)
st.register_type_strategy(Call, _calls(_numbers))
