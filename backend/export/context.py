"""Where an exported phenotype comes from, as its file tells it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportContext:
    """The individual, its run and its problem; the texts may be anything that a user typed.

    `epochs` is the number that it was evolved for; `fitness` is the accuracy on the problem's fitness part, None
    if it was never measured; `proof` is the sentence that says what came of running the code, None if that is not
    known.
    """

    name: str
    run_id: int
    individual_id: int
    seed: int
    problem: str
    fitness: float | None
    generation: int
    url: str | None
    epochs: int
    proof: str | None = None


def origin(context: ExportContext) -> str:
    """Return the lines of a docstring that tell where the phenotype comes from, whatever the texts are."""
    fitness = "not measured" if context.fitness is None else f"{context.fitness!r} (accuracy)"
    lines = {
        "Run": f"{context.run_id}, {context.name}",
        "Individual": f"{context.individual_id}, of generation {context.generation}",
        "Seed": str(context.seed),
        "Problem": context.problem,
        "Fitness": fitness,
        "Page": context.url,
        "Code": context.proof,
    }
    return "\n".join(f"{name}: {_in_docstring(text)}" for name, text in lines.items() if text is not None)


def _in_docstring(text: str) -> str:
    """Write any text so that it neither ends a docstring nor hides in it: all that does not print is escaped."""
    escaped = [
        character if character.isprintable() and character not in '\\"' else _escape(character) for character in text
    ]
    return "".join(escaped)


def _escape(character: str) -> str:
    return '\\"' if character == '"' else character.encode("unicode_escape").decode("ascii")
