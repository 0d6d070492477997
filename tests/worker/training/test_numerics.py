import json

import pytest
import tensorflow as tf

from worker.training.numerics import configure, fingerprint


def test_importing_the_room_has_set_one_thread_and_deterministic_operations() -> None:
    assert tf.config.threading.get_intra_op_parallelism_threads() == 1
    assert tf.config.threading.get_inter_op_parallelism_threads() == 1
    with pytest.raises(RuntimeError, match="seed"):
        tf.random.normal([1])


def test_configuring_again_does_nothing() -> None:
    configure()
    tf.constant(1.0)
    configure()


def test_a_fingerprint_is_json_and_names_what_changes_the_bits() -> None:
    found = fingerprint()
    assert json.loads(json.dumps(found)) == found
    assert {"tensorflow", "build", "keras", "processor", "device", "threads", "precision"} <= found.keys()
    assert all(value not in ("", None) for value in found.values())
