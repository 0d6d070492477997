"""An individual as a file that runs without AutoLR: the same for page, API and terminal."""

from dataclasses import dataclass

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


def exported(row: RunInExperiment, individual: Individual, format_name: str, url: str | None = None) -> Exported:
    """Return the individual's file; `NotExportable` if the format has no form for it, and which ones have."""
    design = design_of(row.experiment)
    context = ExportContext(
        name=row.experiment.name,
        run_id=row.run.id,
        individual_id=individual.id,
        seed=row.run.seed,
        problem=design.problem.name,
        fitness=individual.fitness,
        generation=individual.generation,
        url=url,
        epochs=design.configuration.training.epochs,
    )
    phenotype = design.evolved.read(individual.phenotype)
    kind = "update_rule" if isinstance(phenotype, UpdateRule) else "schedule"
    return Exported(export(phenotype, format_name, context), f"{kind}_{individual.id}.py")
