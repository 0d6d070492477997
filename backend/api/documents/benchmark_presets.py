"""Presets of benchmarks as the API shows them."""

from backend.api.documents.document import Document, with_example
from backend.experiments.benchmark_configuration import BenchmarkConfiguration
from backend.experiments.benchmark_estimate import trainings_of
from backend.experiments.benchmark_presets import BenchmarkPreset


class BenchmarkPresetDocument(Document):
    """A declaration that is known to be sensible, and what it is for."""

    model_config = with_example(
        {
            "name": "gp-2025-comparison",
            "title": "The published comparison of 2025",
            "description": "An evolved schedule against constant, step and cosine under Adam.",
            "faithful": True,
            "core_minutes": 2.0,
            "measured": "40 trainings",
            "trainings": 40,
            "configuration": BenchmarkConfiguration.model_validate(
                {
                    "problems": ["mnist-1d-2025"],
                    "contenders": [{"label": "constant", "schedule": "constant"}],
                }
            ).model_dump(mode="json"),
        }
    )

    name: str
    title: str
    description: str
    faithful: bool
    core_minutes: float
    measured: str
    trainings: int
    configuration: BenchmarkConfiguration


def benchmark_preset_document(preset: BenchmarkPreset) -> BenchmarkPresetDocument:
    """Return a preset of a benchmark."""
    declared = preset.configuration
    return BenchmarkPresetDocument(
        name=preset.name,
        title=preset.title,
        description=preset.description,
        faithful=preset.faithful,
        core_minutes=preset.measured.core_minutes,
        measured=preset.measured.note,
        trainings=trainings_of(declared),
        configuration=declared,
    )
