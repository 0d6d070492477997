"""Imports from the original AutoLR as the API shows them."""

from typing import Literal

from pydantic import Field, JsonValue

from backend.api.documents.document import Document, with_example
from backend.api.documents.not_taken_over import NotTakenOverDocument
from backend.experiments.configuration import Configuration


class ImportDocument(Document):
    """What came of an import: an experiment if there were runs, and what one can launch with in any case."""

    model_config = with_example(
        {
            "experiment_id": 3,
            "run_ids": [5],
            "name": "adaptive_1",
            "evolves": "update_rule",
            "grammar": "<start> ::= x = <x_expr>; ...",
            "overrides": {"problem": "fashion-mnist", "search": {"population_size": 20}},
            "configuration": Configuration().model_dump(mode="json"),
            "not_taken_over": [
                {"file": "parameters.yml", "line": 9, "key": "SAVE_STEP", "why": "every generation is kept here."}
            ],
        }
    )

    experiment_id: int | None = Field(description="null: there were no runs, so nothing was stored")
    run_ids: list[int]
    name: str
    evolves: Literal["schedule", "update_rule"] | None = Field(description="null: there was no grammar")
    grammar: str | None = Field(description="the translated grammar in BNF; null: there was none")
    overrides: dict[str, JsonValue] = Field(
        description="what an order (`POST /experiments`) with the same settings says; empty: there were none"
    )
    configuration: Configuration = Field(description="the same with every default filled in")
    not_taken_over: list[NotTakenOverDocument] = Field(description="what was left behind, by file and line, and why")
