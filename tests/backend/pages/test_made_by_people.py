from backend.experiments.benchmark_configuration import WAYS
from backend.pages.made_by_people import made_by_people


def test_everything_that_people_made_is_offered_by_the_field_that_names_it() -> None:
    made = made_by_people()
    assert set(made) <= set(WAYS)
    assert made["human_made"]["adam"]["title"] == "Adam"
    assert made["schedule"]["constant"]["constants"] == {"learning_rate": 0.001}
    assert "adamw" in made["built_in"]


def test_what_only_keras_knows_has_no_usual_value() -> None:
    constants = made_by_people()["built_in"]["sgd"]["constants"]
    assert constants["nesterov"] is None
    assert constants["learning_rate"] is not None
