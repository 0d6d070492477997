import pytest

from backend.originals.assigned import Assigned
from backend.originals.problems import find_problem


@pytest.mark.parametrize(
    ("model", "data", "problem", "same"),
    [
        ("mnist_model.h5", "fmnist", "fashion-mnist", True),
        ("models/DENSER_mnist.h5", "fmnist", "fashion-mnist-denser", True),
        ("mnist.h5", "mnist", "fashion-mnist", False),
        ("cifar.h5", "cifar10", "cifar-10", True),
        ("denser.h5", "cifar10", "fashion-mnist-denser", False),
        ("resnet.h5", "fmnist", "fashion-mnist", False),
    ],
)
def test_network_and_data_name_a_problem_or_the_nearest(model: str, data: str, problem: str, same: bool) -> None:
    found = find_problem(Assigned("p", 1, "MODEL", model), Assigned("p", 2, "DATASET", data))
    assert (found.name, found.same) == (problem, same)


def test_without_them_it_is_the_usual_one() -> None:
    assert find_problem(None, None).name == "fashion-mnist"
