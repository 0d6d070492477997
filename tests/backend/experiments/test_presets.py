import pytest

from backend.experiments.design import design
from backend.experiments.errors import InvalidOrder
from backend.experiments.presets import load_preset, preset_names, presets, resolve
from backend.experiments.seeding import planted
from backend.settings.resources import PRESETS
from tests.backend.experiments.farm import order


@pytest.mark.parametrize("name", sorted(file.stem for file in PRESETS.glob("*.yaml")))
def test_every_preset_can_be_launched_as_it_stands(name: str) -> None:
    preset = load_preset(name)
    made = design(preset.configuration)
    assert preset.name == name
    assert len(planted(preset.configuration, made.representation)) == len(preset.configuration.seeds)


def test_presets_are_listed_quickest_first() -> None:
    minutes = [preset.measured.core_minutes for preset in presets()]
    assert minutes == sorted(minutes)
    assert preset_names()[0] == "quickstart"


def test_dlr_is_as_published() -> None:
    early_stop, twenty = (load_preset(name).configuration for name in ("dlr-2020", "dlr-2020-20-epochs"))
    for configuration in (early_stop, twenty):
        search, made = configuration.search, design(configuration)
        assert (search.population_size, search.generations, search.mutation_rate) == (5, 50, 0.15)
        assert (made.parts.train, made.parts.validation, made.parts.fitness) == (7000, 1500, 1500)
        assert (configuration.training.batch_size, configuration.training.initial_rate) == (1000, 0.01)
        assert made.grammar is not None
        assert configuration.training.first_epoch == made.grammar.notes.first_epoch == 1
    assert (early_stop.training.epochs, early_stop.training.patience) == (100, 3)
    assert (twenty.training.epochs, twenty.training.patience) == (20, None)


def test_alr_is_as_published() -> None:
    configuration = load_preset("alr-2022").configuration
    search, fitness = configuration.search, configuration.fitness
    assert (search.population_size, search.generations, search.tournament_size) == (20, 1500, 5)
    assert (search.crossover_rate, search.mutation_rate) == (0.9, 0.15)
    assert (fitness.folds, fitness.floor, fitness.combine) == (5, 0.8, "worst")
    assert design(configuration).parts.train // fitness.folds == 10600
    assert (configuration.training.epochs, configuration.training.batch_size) == (100, 1000)
    assert configuration.training.patience == 5


def test_an_order_changes_only_what_it_names() -> None:
    changed = resolve(order(preset="quickstart", overrides={"search": {"generations": 3}}))
    kept = load_preset("quickstart").configuration
    assert changed.search.generations == 3
    assert changed.search.population_size == kept.search.population_size
    assert changed.training == kept.training


def test_an_unknown_preset_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidOrder, match="there are quickstart"):
        load_preset("../presets/quickstart")
