"""Presets."""

from fastapi import APIRouter

from backend.api.documents.document import Page
from backend.api.documents.presets import PresetDocument, preset_document
from backend.api.failures import failures
from backend.api.parameters import NameInPath
from backend.experiments.errors import NotFound
from backend.experiments.presets import load_preset, preset_names, presets

router = APIRouter(prefix="/presets", tags=["presets"])


@router.get("")
def list_presets() -> Page[PresetDocument]:
    """List all presets, quickest first."""
    return Page(items=[preset_document(preset) for preset in presets()])


@router.get("/{name}", responses=failures(404))
def get_preset(name: NameInPath) -> PresetDocument:
    """Get a preset."""
    if name not in preset_names():
        raise NotFound("preset", repr(name))
    return preset_document(load_preset(name))
