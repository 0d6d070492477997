import json

import numpy as np
import pytest

from backend.phenotypes.behaviour import BUILT_IN, RATE_VECTOR, Behaviour, built_in, rate_vector
from backend.phenotypes.schedule import CannotTrain, Schedule


def _behaviour(text: str, epochs: int = 10) -> Behaviour:
    return rate_vector(Schedule.from_text(text), epochs)


def test_different_texts_with_the_same_rates_are_one_behaviour() -> None:
    once = _behaviour("if_func(epoch < 100, 0.05, 0.01)")
    again = _behaviour("if_func(learning_rate > 0.09, 0.01, 0.05)")
    assert once == again
    assert hash(once) == hash(again)
    assert once.key == again.key


def test_what_differs_only_after_the_last_epoch_is_one_behaviour() -> None:
    late = "if_func(epoch < 10, 0.05, 0.01)"
    assert _behaviour(late, 10) == _behaviour("0.05", 10)
    assert _behaviour(late, 11) != _behaviour("0.05", 11)


def test_constants_that_a_float32_cannot_tell_apart_are_one_behaviour() -> None:
    assert _behaviour("0.01") == _behaviour("0.010000000000000002")
    assert _behaviour("0.01") != _behaviour("0.01000001")


def test_the_content_is_one_rate_for_each_epoch_in_plain_json() -> None:
    behaviour = _behaviour("if_func(epoch < 1, 0.5, 0.25)", 3)
    assert behaviour.kind == RATE_VECTOR
    assert behaviour.content == {"rates": [0.5, 0.25, 0.25]}


def test_a_behaviour_keeps_its_key_through_a_store() -> None:
    behaviour = _behaviour("if_func(epoch < 1, 1, 0.0011090909090909092)")
    stored = json.dumps(behaviour.content)
    assert Behaviour(RATE_VECTOR, json.loads(stored)).key == behaviour.key
    # JSON knows one kind of number, and some stores write 1.0 as 1.
    assert Behaviour(RATE_VECTOR, json.loads(stored.replace("1.0,", "1,"))).key == behaviour.key


def test_the_key_is_the_same_on_every_machine_and_in_every_version() -> None:
    assert _behaviour("0.01", 2).key == "189c57dab8db83ef927c82f8306772560b613277768e60050067cc003f721556"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "The rate of every epoch is 0"),
        ("if_func(epoch < 0, 0.1, 0)", "The rate of every epoch is 0"),
        ("0 - 0.1", "negative"),
        ("exp(epoch * 100)", "not a finite number"),
    ],
)
def test_a_schedule_that_cannot_train_has_no_behaviour_but_a_reason(text: str, reason: str) -> None:
    with pytest.raises(CannotTrain, match=reason):
        _behaviour(text)


def test_a_rate_of_zero_is_fine_where_others_are_not() -> None:
    assert _behaviour("if_func(epoch < 1, 0, 0.5)", 2).content == {"rates": [0.0, 0.5]}


def test_an_unknown_kind_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'rate' is unknown; known are rate_vector"):
        Behaviour("rate", {"rates": [0.1]})


def test_a_behaviour_is_not_its_content() -> None:
    assert _behaviour("0.5", 1) != {"rates": [0.5]}


def test_an_optimizer_of_keras_is_its_name_and_configuration() -> None:
    adam = built_in("adam", {"learning_rate": 0.001})
    assert adam.kind == BUILT_IN
    assert adam == built_in("adam", {"learning_rate": 0.001})
    assert adam not in {built_in("adam", {"learning_rate": 0.01}), built_in("lion", {"learning_rate": 0.001})}


def test_an_optimizer_of_keras_may_have_the_rates_of_a_schedule() -> None:
    plain, scheduled = built_in("adam", {"beta_1": 0.8}), built_in("adam", {"beta_1": 0.8}, rates=[0.1, 0.05])
    assert plain.content == {"name": "adam", "configuration": {"beta_1": 0.8}}
    assert scheduled.content["rates"] == [float(np.float32(0.1)), float(np.float32(0.05))]
    assert len({plain.key, scheduled.key, built_in("adam", {"beta_1": 0.8}, rates=[0.1, 0.1]).key}) == 3
    with pytest.raises(ValueError, match="adam has a learning_rate and rates of epochs"):
        built_in("adam", {"learning_rate": 0.1}, rates=[0.1])
