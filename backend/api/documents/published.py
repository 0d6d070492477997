"""Published figures as the API shows them, beside what a benchmark reached itself."""

from typing import Literal

from pydantic import Field

from backend.api.documents.document import Document, with_example
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.published_figures import Published

_EXAMPLE = {
    "source": "Adaptive AutoLR (EuroGP 2022), table 2; trained on 53,000 images for 1,000 epochs",
    "word": "published",
    "figures": [
        {"contender": "ADES", "problem": "fashion-mnist", "part": "test", "mean": 0.9287, "sd": 0.0016, "n": 30}
    ],
}


class PublishedFigureDocument(Document):
    """The published mean of a contender's trials on a part of a problem. Accuracies are shares, 0 to 1."""

    contender: str = Field(description="label of a contender")
    problem: str
    part: Literal["validation", "test", "fitness"]
    mean: float
    sd: float | None = Field(description="standard deviation; null where it was not published")
    n: int | None = Field(description="trials; null where it was not published")


class PublishedDocument(Document):
    """Figures that were published for what is compared, and where they stand."""

    model_config = with_example(_EXAMPLE)

    source: str
    word: Literal["published", "recomputed"] = Field(description="recomputed: by others than the authors")
    figures: list[PublishedFigureDocument]


def published_document(published: Published | None, resolved: ResolvedBenchmark) -> PublishedDocument | None:
    """Return the figures of a benchmark's contenders on its problems; None where there are none."""
    labels = tuple(each.label for each in resolved.contenders)
    figures = published.of(labels, resolved.declaration.problems) if published else ()
    if published is None or not figures:
        return None
    return PublishedDocument(
        source=published.source,
        word=published.word,
        figures=[PublishedFigureDocument(**each.model_dump()) for each in figures],
    )
