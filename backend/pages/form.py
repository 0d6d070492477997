"""The fields of the launch forms, read from the models that the API checks: one model, so the two cannot disagree."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ContenderOrder
from backend.experiments.configuration import Configuration

# Groups in the order in which a person decides; what most people never touch is folded away.
GROUPS = {
    "search": "Search",
    "training": "Budget of one training",
    "fitness": "Fitness",
}
BENCHMARK_GROUPS = {
    "protocol": "Protocol",
    "tuning": "Tuning of the constants",
    "confirmation": "Confirmation",
}
_SHOWN = {
    "search": {"population_size", "generations", "tournament_size", "size_limit", "epoch_share"},
    "training": {"epochs", "batch_size", "optimizer", "set_per", "val_loss"},
    "fitness": {"folds", "repetitions"},
    "protocol": {"optimizer", "epochs", "batch_size"},
    "tuning": {"trainings", "budget", "score", "race"},
    "confirmation": {"trials", "new_data"},
    "race": {"best", "trainings", "new_data"},
}
# Fields of one line; lists and texts have inputs of their own.
_KINDS = ("integer", "number", "string", "boolean")
# A contender's fields that are beside what it is and what it is called.
_OF_CONTENDERS = ("optimizer", "trainings", "searched")
_GRAMMATICAL = ("schedule", "update_rule")
_RATES = ("schedule", "schedule_program")
_TREES = ("schedule_program",)
# Fields that mean something for some kinds of phenotype alone: update rules are optimizers and set no rate, derivations
# have no limit of size, trees no rates of non-terminals. The representation follows from what evolves.
_ONLY_FOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/search/representation": (),
        "/search/adaptive_mutation": _GRAMMATICAL,
        "/search/constant_mutation": _GRAMMATICAL,
        "/search/recombination_of": _GRAMMATICAL,
        "/search/mutation_of": _GRAMMATICAL,
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
    # What stands there while its group is off, as JSON.
    default: Any

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
    pointer: str
    # Whether the whole group may be absent.
    optional: bool
    groups: tuple["Group", ...] = ()

    @property
    def id(self) -> str:
        """The element's id: the pointer, as an id may be written."""
        return "field" + self.pointer.replace("/", "-")

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
    return _groups(Configuration.model_json_schema(), GROUPS)


def benchmark_groups() -> tuple[Group, ...]:
    """Return the groups of fields of a benchmark's declaration; problems and contenders have inputs of their own."""
    return _groups(BenchmarkConfiguration.model_json_schema(), BENCHMARK_GROUPS)


def benchmark_fields() -> tuple[Field, ...]:
    """Return the fields of a benchmark's declaration that are in no group."""
    schema = BenchmarkConfiguration.model_json_schema()
    return tuple(_fields("", schema, frozenset(schema["properties"])))


def contender_fields() -> tuple[Field, ...]:
    """Return the fields of a contender that are beside what it is: their pointers lead from the contender on."""
    schema = ContenderOrder.model_json_schema()
    return tuple(each for each in _fields("", schema, frozenset()) if each.pointer[1:] in _OF_CONTENDERS)


def _groups(schema: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(_group(schema, f"/{name}", schema["properties"][name], title) for name, title in titles.items())


def _group(schema: Mapping[str, Any], pointer: str, whole: Mapping[str, Any], title: str) -> Group:
    """Return a group, which its model's schema only refers to, and the groups within it."""
    kinds = whole.get("anyOf", [whole])
    reference = next(kind["$ref"] for kind in kinds if "$ref" in kind)
    group = schema["$defs"][reference.rsplit("/", 1)[-1]]
    name = pointer.rsplit("/", 1)[-1]
    inner = (each for each in group["properties"].items() if _is_group(each[1]))
    return Group(
        name=name,
        title=title,
        description=group["description"],
        fields=tuple(_fields(pointer, group, _SHOWN[name])),
        pointer=pointer,
        optional=len(kinds) > 1,
        groups=tuple(_group(schema, f"{pointer}/{key}", value, key.replace("_", " ")) for key, value in inner),
    )


def _is_group(whole: Mapping[str, Any]) -> bool:
    return any("$ref" in kind for kind in whole.get("anyOf", [whole]))


def _fields(group: str, schema: Mapping[str, Any], shown: Collection[str]) -> Iterator[Field]:
    for name, whole in schema["properties"].items():
        kinds = whole.get("anyOf", [whole])
        typed = next(kind for kind in kinds if kind.get("type") != "null")
        if typed.get("type") not in _KINDS:
            continue
        pointer = f"{group}/{name}"
        yield Field(
            pointer=pointer,
            label=name.replace("_", " "),
            description=whole.get("description", ""),
            kind=typed["type"],
            nullable=len(kinds) > 1,
            choices=_choices(typed),
            range=_range(typed),
            folded=name not in shown,
            only_for=_ONLY_FOR.get(pointer),
            default=whole.get("default"),
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
