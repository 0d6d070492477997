from backend.phenotypes.built_in_arguments import BUILT_IN_ARGUMENTS
from backend.phenotypes.built_in_tunables import built_in_tunables


def test_whatever_is_tuned_is_an_argument() -> None:
    for name, arguments in BUILT_IN_ARGUMENTS.items():
        assert built_in_tunables(name).keys() <= arguments
