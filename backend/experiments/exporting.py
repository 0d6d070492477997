"""An individual as a file that runs without AutoLR: the same for page, API and terminal."""

from dataclasses import dataclass, replace

from backend.experiments.design import design_of
from backend.export.context import ExportContext
from backend.export.formats import export
from backend.phenotypes.update_rule import UpdateRule
from backend.store.lists import RunInExperiment
from backend.store.tables import Individual


@dataclass(frozen=True)
class Exported:
    """Python source in UTF-8, and what to call its file."""

    source: str
    file_name: str


def exported(
    row: RunInExperiment, individual: Individual, format_name: str, url: str | None = None, proof: str | None = None
) -> Exported:
    """Return the individual's file; `NotExportable` if the format has no form for it, and which ones have.

    The file says at which address it was shown and what its proof found, where these are known.
    """
    phenotype = design_of(row.experiment).evolved.read(individual.phenotype)
    kind = "update_rule" if isinstance(phenotype, UpdateRule) else "schedule"
    context = replace(_context(row, individual), url=url, proof=proof)
    return Exported(export(phenotype, format_name, context), f"{kind}_{individual.id}.py")


def provable(row: RunInExperiment, individual: Individual, format_name: str) -> str:
    """Return the same source without what may change while the code stays the same: fitness, address and proof."""
    phenotype = design_of(row.experiment).evolved.read(individual.phenotype)
    return export(phenotype, format_name, replace(_context(row, individual), fitness=None))


def _context(row: RunInExperiment, individual: Individual) -> ExportContext:
    design = design_of(row.experiment)
    return ExportContext(
        name=row.experiment.name,
        run_id=row.run.id,
        individual_id=individual.id,
        seed=row.run.seed,
        problem=design.problem.name,
        fitness=individual.fitness,
        generation=individual.generation,
        url=None,
        epochs=design.configuration.training.epochs,
    )
