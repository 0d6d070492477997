"""Problems as the API shows them."""

from pydantic import Field

from backend.api.documents.document import Document, with_example
from backend.problems.catalogue import SCORED_ON_TEST_DATA
from backend.problems.problem import Problem, parameter_count


class PartsDocument(Document):
    """Sizes of the four parts of a problem's data; evolution never reads the test part."""

    train: int
    validation: int
    fitness: int
    test: int


class ProblemDocument(Document):
    """A data set, the network that learns it, and how the samples are divided."""

    model_config = with_example(
        {
            "name": "mnist-1d",
            "title": "MNIST-1D",
            "description": "Signals of 40 values that stand for the ten digits.",
            "dataset": "mnist-1d",
            "input_shape": [40],
            "classes": 10,
            "parameters": 14154,
            "layers": ["dense 128, relu", "dense 64, relu", "dense 10, softmax"],
            "parts": {"train": 2800, "validation": 400, "fitness": 800, "test": 10000},
            "augmentation": None,
            "scored_on_test_data": False,
            "available": True,
            "unavailable_reason": None,
        }
    )

    name: str
    title: str
    description: str
    dataset: str
    input_shape: list[int] = Field(description="shape of one sample, channels last")
    classes: int
    parameters: int = Field(description="number of the network's parameters")
    layers: list[str] = Field(description="the network's layers in words, in order")
    parts: PartsDocument
    augmentation: str | None = Field(description="random changes to training samples, in words; null: none")
    scored_on_test_data: bool = Field(
        description="whether its fitness part is the published test data: then it has no test part, and a fitness says "
        "nothing of data that evolution has not seen"
    )
    available: bool | None = Field(description="whether a worker present can load the data; null: no worker present")
    unavailable_reason: str | None = Field(description="why no worker present can load it, and how to get it")


def problem_document(problem: Problem, workers: list[str | None]) -> ProblemDocument:
    """Return a problem as the API shows it.

    `workers` holds, for every worker present that knows the problem, None if it can load it, else why not.
    """
    available = (None in workers) if workers else None
    return ProblemDocument(
        name=problem.name,
        title=problem.title,
        description=problem.description,
        dataset=problem.dataset,
        input_shape=list(problem.input_shape),
        classes=problem.classes,
        parameters=parameter_count(problem),
        layers=[layer.words() for layer in problem.layers],
        parts=PartsDocument(**problem.parts.to_json()),
        augmentation=problem.augmentation.words() if problem.augmentation else None,
        scored_on_test_data=problem.name in SCORED_ON_TEST_DATA,
        available=available,
        unavailable_reason=workers[0] if available is False else None,
    )
