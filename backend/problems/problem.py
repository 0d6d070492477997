"""What a problem is: data, network and protocol, declared. The worker loads and builds what is said here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from backend.problems.canonical import digest
from backend.problems.layers import Layer, LayerParameters, Shape

PartName = Literal["train", "validation", "fitness", "test"]


@dataclass(frozen=True)
class Parts:
    """How many samples each of the four parts of a problem has. Evolution never reads the test part."""

    train: int
    validation: int
    fitness: int
    test: int

    def __post_init__(self) -> None:
        """Refuse an empty training part. Some published protocols have none of one of the others."""
        for name, size in asdict(self).items():
            least = 1 if name == "train" else 0
            if size < least:
                raise ValueError(f"The part {name} has {size} samples; it needs at least {least}.")

    @property
    def share_the_rest(self) -> bool:
        """Whether training and validation part share all that is not the test part: nothing is kept for fitness.

        The published tests of what was evolved are done so ([DLR], [ALR]).
        """
        return self.fitness == 0

    def check_within(self, own: "Parts") -> None:
        """Raise ValueError where a part is larger than the problem's own: parts may only be made smaller.

        Those that share the rest are as large as the pool allows, which is not checked here.
        """
        largest = asdict(own)
        for name, size in asdict(self).items():
            if self.share_the_rest and name in ("train", "validation"):
                continue
            if size > largest[name]:
                raise ValueError(f"The part {name} is to have {size} samples; the problem has {largest[name]} of them.")

    def to_json(self) -> dict[str, int]:
        """The four sizes by name."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, int]) -> "Parts":
        """The inverse of `to_json`."""
        return cls(**data)


@dataclass(frozen=True)
class Preprocessing:
    """What is done to all images once, in this order; statistics are those of the training part alone.

    Nearest-neighbour resizing to `size` (height, width), one channel copied to `channels`, division by
    `divide_by`, subtraction of the mean image, and per channel: minus mean, divided by (standard deviation
    + 1e-6).
    """

    size: tuple[int, int] | None = None
    channels: int | None = None
    divide_by: float = 1.0
    mean_image: bool = False
    standardise: bool = False


@dataclass(frozen=True)
class Augmentation:
    """Random changes to training images: one affine map with bilinear interpolation and nearest fill.

    `rotation` is the largest angle in degrees, `shift` the largest shift as a share of a side, both uniform
    and in both directions; `flip` mirrors left and right with probability 1/2.
    """

    rotation: float
    shift: float
    flip: bool

    def words(self) -> str:
        """The augmentation in a few words."""
        flip = ", horizontal flip" if self.flip else ""
        return f"rotation up to {self.rotation:g}°, shifts up to {self.shift:g} of a side{flip}"


@dataclass(frozen=True)
class Problem:
    """A data set, the network that learns it, and how its samples are divided.

    `dataset` names what the worker loads; `checksum` is the SHA-256 of its pool (see
    `worker.training.datasets.arrays`), `test_checksum` that of its own test set, or None where the test part
    is cut from the pool like the others. Both are empty where none is known: then the reader checks what else it can.
    `split_seed` of None leaves the samples in the data set's own order. `input_shape` is that of a sample after
    preprocessing. `unused` samples of the pool are in no part.
    """

    name: str
    title: str
    description: str
    dataset: str
    input_shape: Shape
    classes: int
    layers: tuple[Layer, ...]
    parts: Parts
    split_seed: int | None
    checksum: str
    test_checksum: str | None = None
    preprocessing: Preprocessing = Preprocessing()
    augmentation: Augmentation | None = None
    unused: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides what a training does: data, split, network, preprocessing."""
        declared = asdict(self)
        # Words, and what follows from the data, whose checksum is in it.
        for name in ("title", "description", "unused"):
            del declared[name]
        declared["layers"] = [[type(layer).__name__, asdict(layer)] for layer in self.layers]
        return digest(declared)

    @property
    def cuts_test_from_pool(self) -> bool:
        """Whether the test part comes out of the samples that everything else comes out of.

        Then samples that are divided anew would get from one into the other.
        """
        return self.parts.test > 0 and self.test_checksum is None


def most_to_share(problem: Problem) -> int:
    """How many samples training and validation part can have between them: the pool without a test part in it."""
    own = problem.parts
    return own.train + own.validation + own.fitness + problem.unused


def check_parts(problem: Problem, wanted: Parts) -> None:
    """Raise ValueError where the problem has not so many samples for a part, or for the two that share the rest."""
    wanted.check_within(problem.parts)
    shared = wanted.train + wanted.validation
    if wanted.share_the_rest and shared > most_to_share(problem):
        raise ValueError(
            f"The parts train and validation are to have {shared} samples; {problem.name} has {most_to_share(problem)} "
            "for them."
        )


def layer_parameters(problem: Problem) -> tuple[LayerParameters, ...]:
    """The counts of every layer, in order."""
    counts = []
    shape = problem.input_shape
    for layer in problem.layers:
        counts.append(layer.parameters(shape))
        shape = layer.output_shape(shape)
    return tuple(counts)


def parameter_count(problem: Problem) -> int:
    """All parameters of the network, the kept statistics of batch normalisation included."""
    return sum(count.trainable + count.frozen for count in layer_parameters(problem))


def trainable_parameter_count(problem: Problem) -> int:
    """The parameters that the gradient changes: the length of the flat vector of weights."""
    return sum(count.trainable for count in layer_parameters(problem))
