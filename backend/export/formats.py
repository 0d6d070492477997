"""The formats of exported source: which there are, and what each can export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from backend.export.context import ExportContext
from backend.export.keras_program import export_program
from backend.export.keras_rule import export_keras_rule
from backend.export.keras_schedule import export_schedule
from backend.export.named_rule import NamedRule, with_names
from backend.export.optax_rule import export_optax_rule
from backend.export.torch_rule import export_torch_rule
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.schedule_program import ScheduleProgram
from backend.phenotypes.update_rule import UpdateRule

Phenotype: TypeAlias = Schedule | ScheduleProgram | UpdateRule


class NotExportable(ValueError):
    """A format does not exist or has no form for such a phenotype; the message says which has one."""


@dataclass(frozen=True)
class Format:
    """A library that source can be written for: its name here and to people, and the writers of what it can export.

    `package` is what an interpreter must be able to import for the source to run.
    """

    name: str
    title: str
    package: str
    rule: Callable[[NamedRule, ExportContext], str]
    schedule: Callable[[Schedule, ExportContext], str] | None = None
    program: Callable[[ScheduleProgram, ExportContext], str] | None = None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("keras", "Keras 3", "keras", export_keras_rule, export_schedule, export_program),
            Format("torch", "PyTorch", "torch", export_torch_rule),
            Format("optax", "Optax", "optax", export_optax_rule),
        )
    }
)


def formats_of(phenotype: Phenotype) -> tuple[str, ...]:
    """Name the formats in which a phenotype can be exported."""
    return tuple(name for name, known in FORMATS.items() if _writer(known, phenotype) is not None)


def export(phenotype: Phenotype, format_name: str, context: ExportContext) -> str:
    """Return the source of one Python file, in UTF-8 text. Raises NotExportable."""
    possible = formats_of(phenotype)
    if format_name not in possible:
        kind = "An update rule" if isinstance(phenotype, UpdateRule) else "A schedule"
        raise NotExportable(f"{kind} cannot be exported as {format_name!r}; possible is {' or '.join(possible)}.")
    write = _writer(FORMATS[format_name], phenotype)
    assert write is not None, "only possible formats come here"
    return write(context)


def _writer(known: Format, phenotype: Phenotype) -> Callable[[ExportContext], str] | None:
    """Return what writes the phenotype in a format; None where nothing does."""
    match phenotype:
        case UpdateRule():
            return lambda context: known.rule(with_names(phenotype), context)
        case ScheduleProgram():
            return None if known.program is None else partial(known.program, phenotype)
    return None if known.schedule is None else partial(known.schedule, phenotype)
