"""Presets as the API shows them."""

from pydantic import Field

from backend.api.documents.document import Document, with_example
from backend.experiments.configuration import Configuration
from backend.experiments.presets import Preset


class MeasuredCost(Document):
    """What a run of the preset cost where it was measured."""

    core_minutes: float = Field(description="minutes of one processor core")
    note: str = Field(description="on what it was measured")


class PresetDocument(Document):
    """A configuration that is known to be sensible, and what it is for."""

    model_config = with_example(
        {
            "name": "quickstart",
            "title": "Quick start",
            "description": "Evolve learning-rate schedules for a small network on MNIST-1D.",
            "faithful": False,
            "measured": {"core_minutes": 2.0, "note": "one core of a small virtual machine"},
            "configuration": Configuration().model_dump(mode="json"),
        }
    )

    name: str
    title: str
    description: str
    faithful: bool = Field(description="whether it reproduces a published set-up exactly")
    measured: MeasuredCost
    configuration: Configuration


def preset_document(preset: Preset) -> PresetDocument:
    """Return a preset as the API shows it."""
    return PresetDocument(
        name=preset.name,
        title=preset.title,
        description=preset.description,
        faithful=preset.faithful,
        measured=MeasuredCost(core_minutes=preset.measured.core_minutes, note=preset.measured.note),
        configuration=preset.configuration,
    )
