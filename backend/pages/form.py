"""The launch form's fields, read from the model that the API checks: one model, so the two cannot disagree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.experiments.configuration import Configuration

# Groups in the order in which a person decides; what most people never touch is folded away.
GROUPS = {
    "search": "Search",
    "training": "Budget of one training",
    "fitness": "Fitness",
}
_FOLDED = {
    "search": {"representation", "crossover_rate", "mutation_rate", "elitism", "initial_depth", "depth_limit"},
    "training": {"optimizer", "patience", "first_epoch", "initial_rate", "train", "validation", "fitness"},
    "fitness": {"floor", "combine"},
}
# Fields that mean something for one kind of phenotype alone: update rules are optimizers and set no rate.
_ONLY_FOR = {
    "/training/optimizer": "schedule",
    "/training/first_epoch": "schedule",
    "/training/initial_rate": "schedule",
}


@dataclass(frozen=True)
class Field:
    """One input of the form. `choices` is empty where anything between `smallest` and `largest` may be typed."""

    pointer: str
    label: str
    description: str
    kind: str
    nullable: bool
    choices: tuple[str, ...]
    range: str
    folded: bool
    # The kind of phenotype that it is for alone; empty: every kind.
    only_for: str

    @property
    def id(self) -> str:
        """The element's id: the pointer, as an id may be written."""
        return "field" + self.pointer.replace("/", "-")


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that everybody sees."""
        return tuple(field for field in self.fields if not field.folded)

    @property
    def folded(self) -> tuple[Field, ...]:
        """The fields under "more"."""
        return tuple(field for field in self.fields if field.folded)


def form_groups() -> tuple[Group, ...]:
    """Return the groups of fields of a configuration; what stands beside the groups has inputs of its own."""
    schema = Configuration.model_json_schema()
    return tuple(_group(name, title, _resolved(schema, name)) for name, title in GROUPS.items())


def _resolved(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the schema of a group, which the configuration's schema only refers to."""
    reference: str = schema["properties"][name]["$ref"]
    group: dict[str, Any] = schema["$defs"][reference.rsplit("/", 1)[-1]]
    return group


def _group(name: str, title: str, schema: Mapping[str, Any]) -> Group:
    return Group(name, title, schema["description"], tuple(_fields(name, schema)))


def _fields(group: str, schema: Mapping[str, Any]) -> Iterator[Field]:
    for name, whole in schema["properties"].items():
        kinds = whole.get("anyOf", [whole])
        typed = next(kind for kind in kinds if kind.get("type") != "null")
        pointer = f"/{group}/{name}"
        yield Field(
            pointer=pointer,
            label=name.replace("_", " "),
            description=whole.get("description", ""),
            kind=typed["type"],
            nullable=len(kinds) > 1,
            choices=_choices(typed),
            range=_range(typed),
            folded=name in _FOLDED[group],
            only_for=_ONLY_FOR.get(pointer, ""),
        )


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return tuple(str(choice) for choice in allowed)


def _range(schema: Mapping[str, Any]) -> str:
    """Return what may be typed, in words: "1 to 100,000", "above 0"."""
    smallest, above, largest = (schema.get(key) for key in ("minimum", "exclusiveMinimum", "maximum"))
    low = f"{smallest:,g}" if smallest is not None else f"above {above:,g}" if above is not None else ""
    return f"{low} to {_grouped(largest)}" if largest is not None else low


def _grouped(number: float) -> str:
    return f"{number:,.0f}" if number >= 1 else f"{number:g}"
