"""The formats of exported source: which there are, and what each can export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backend.export.context import ExportContext
from backend.export.keras_rule import export_keras_rule
from backend.export.keras_schedule import export_schedule
from backend.export.named_rule import NamedRule, with_names
from backend.export.optax_rule import export_optax_rule
from backend.export.torch_rule import export_torch_rule
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.update_rule import UpdateRule


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


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("keras", "Keras 3", "keras", export_keras_rule, export_schedule),
            Format("torch", "PyTorch", "torch", export_torch_rule),
            Format("optax", "Optax", "optax", export_optax_rule),
        )
    }
)


def formats_of(phenotype: Schedule | UpdateRule) -> tuple[str, ...]:
    """Name the formats in which a phenotype can be exported."""
    is_rule = isinstance(phenotype, UpdateRule)
    return tuple(name for name, known in FORMATS.items() if is_rule or known.schedule is not None)


def export(phenotype: Schedule | UpdateRule, format_name: str, context: ExportContext) -> str:
    """Return the source of one Python file, in UTF-8 text. Raises NotExportable."""
    possible = formats_of(phenotype)
    if format_name not in possible:
        kind = "An update rule" if isinstance(phenotype, UpdateRule) else "A schedule"
        raise NotExportable(f"{kind} cannot be exported as {format_name!r}; possible is {' or '.join(possible)}.")
    found = FORMATS[format_name]
    if isinstance(phenotype, UpdateRule):
        return found.rule(with_names(phenotype), context)
    assert found.schedule is not None, "only possible formats come here"
    return found.schedule(phenotype, context)
