"""The launch form's fields, read from the model that the API checks: one model, so the two cannot disagree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from backend.experiments.configuration import Configuration

# Groups in the order in which a person decides; what most people never touch is folded away.
GROUPS = {
    "search": "Search",
    "training": "Budget of one training",
    "fitness": "Fitness",
}
_SHOWN = {
    "search": {"population_size", "generations", "tournament_size", "size_limit", "epoch_share"},
    "training": {"epochs", "batch_size", "optimizer", "set_per", "val_loss"},
    "fitness": {"folds", "repetitions"},
}
_GRAMMATICAL = ("schedule", "update_rule")
_RATES = ("schedule", "schedule_program")
_TREES = ("schedule_program",)
# Fields that mean something for some kinds of phenotype alone: update rules are optimizers and set no rate, derivations
# have no limit of size, trees no rates of non-terminals. The representation follows from what evolves.
_ONLY_FOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/search/representation": (),
        "/search/adaptive_mutation": _GRAMMATICAL,
        "/search/initialisation": _TREES,
        "/search/mutation_reach": _TREES,
        "/search/size_limit": _TREES,
        "/search/epoch_share": _TREES,
        "/training/optimizer": _RATES,
        "/training/first_epoch": ("schedule",),
        "/training/initial_rate": ("schedule",),
        "/training/set_per": _TREES,
        "/training/val_loss": _TREES,
    }
)


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
    # The kinds of phenotype that it means something for; None: every kind.
    only_for: tuple[str, ...] | None

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
            folded=name not in _SHOWN[group],
            only_for=_ONLY_FOR.get(pointer),
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
