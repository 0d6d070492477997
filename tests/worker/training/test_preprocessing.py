import numpy as np

from backend.problems.problem import Preprocessing
from worker.training.preprocessing import fit

RAW = np.random.default_rng(1).integers(0, 256, (50, 28, 28, 1), dtype=np.uint8)
DENSER = Preprocessing(size=(32, 32), channels=3, divide_by=255.0, mean_image=True, standardise=True)


def test_samples_that_are_ready_are_only_converted() -> None:
    signals = np.linspace(-1, 1, 80).reshape(2, 40).astype(np.float32)
    assert np.array_equal(fit(Preprocessing(), signals)(signals), signals)


def test_the_mean_image_of_the_training_part_is_subtracted_from_all() -> None:
    preprocess = fit(Preprocessing(divide_by=255.0, mean_image=True), RAW[:40])
    mean = RAW[:40].mean(axis=0) / 255
    assert np.allclose(preprocess(RAW[40:]), RAW[40:] / 255 - mean, atol=1e-6)
    assert np.allclose(preprocess(RAW[:40]).mean(axis=0), 0, atol=1e-6)


def test_enlarged_images_have_three_equal_channels_and_repeat_their_nearest_pixels() -> None:
    preprocess = fit(Preprocessing(size=(32, 32), channels=3), RAW)
    enlarged = preprocess(RAW)
    assert enlarged.shape == (50, 32, 32, 3)
    assert np.array_equal(enlarged[..., 0], enlarged[..., 2])
    # Of 28 pixels spread over 32, these are doubled: the 4th, 11th, 18th and 25th.
    assert np.array_equal(np.delete(enlarged[:, :, :, :1], [4, 12, 20, 28], axis=1)[:, :, 0], RAW[:, :, 0])


def test_a_standardised_training_part_has_mean_zero_and_deviation_one() -> None:
    standardised = fit(DENSER, RAW)(RAW).astype(np.float64)
    assert np.allclose(standardised.mean(axis=(0, 1, 2)), 0, atol=1e-5)
    assert np.allclose(standardised.std(axis=(0, 1, 2)), 1, atol=1e-4)


def test_a_training_part_without_variation_is_not_divided_by_zero() -> None:
    flat = np.full((5, 28, 28, 1), 7, dtype=np.uint8)
    assert np.array_equal(fit(DENSER, flat)(flat), np.zeros((5, 32, 32, 3), dtype=np.float32))
