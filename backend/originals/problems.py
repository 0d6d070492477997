"""The original's networks and data sets, and the problem here that is the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backend.originals.assigned import Assigned

# (network, data set) -> problem.
_SAME: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("mnist", "fmnist"): "fashion-mnist",
        ("cifar", "cifar10"): "cifar-10",
        ("denser", "fmnist"): "fashion-mnist-denser",
    }
)
_NETWORKS = ("denser", "cifar", "mnist")


@dataclass(frozen=True)
class FoundProblem:
    """The problem here, and whether it is the same one; if not, it is only the nearest."""

    name: str
    same: bool
    network: str
    data: str


def find_problem(model: Assigned | None, data_set: Assigned | None) -> FoundProblem:
    """Return the problem of MODEL, a file name such as mnist_model.h5, and DATASET; without them, their usual one."""
    network = _network(str(model.value)) if model else "mnist"
    data = str(data_set.value).lower() if data_set else "fmnist"
    known = _SAME.get((network, data))
    nearest = "fashion-mnist-denser" if network == "denser" else "fashion-mnist"
    return FoundProblem(known or nearest, known is not None, network, data)


def _network(model: str) -> str:
    # Some files are called after network and data: denser comes first.
    lower = model.lower()
    return next((network for network in _NETWORKS if network in lower), model)
