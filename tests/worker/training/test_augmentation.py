import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import affine_transform

from backend.problems.problem import Augmentation
from worker.training.augmentation import affine_maps, apply_maps, draw_maps

SIZE = (8, 11)
IMAGES = np.random.default_rng(1).random((1, *SIZE, 2)).astype(np.float32)


def _as_keras_would(angle: float, down: float, right: float, *, mirrored: bool) -> NDArray[np.float32]:
    """ImageDataGenerator's affine map with SciPy: on (row, column), rotation times shift about the centre."""
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centre = (np.array(SIZE) - 1) / 2
    offset = rotation @ (np.array([down, right]) - centre) + centre
    channels = [
        affine_transform(IMAGES[0, ..., channel], rotation, offset, order=1, mode="nearest") for channel in (0, 1)
    ]
    image = np.stack(channels, axis=-1)
    return image[:, ::-1] if mirrored else image


def _ours(angle: float, down: float, right: float, *, mirrored: bool) -> NDArray[np.float32]:
    maps = affine_maps(np.array([angle]), np.array([down]), np.array([right]), np.array([mirrored]), SIZE)
    image: NDArray[np.float32] = apply_maps(IMAGES, maps).numpy()[0]
    return image


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(
    ("angle", "down", "right"), [(0.0, 0.0, 0.0), (0.3, 0.0, 0.0), (0.0, 1.3, -1.7), (-0.35, -1.6, 2.2)]
)
def test_one_map_does_what_keras_does_in_three_steps(angle: float, down: float, right: float, mirrored: bool) -> None:
    expected = _as_keras_would(angle, down, right, mirrored=mirrored)
    assert np.allclose(_ours(angle, down, right, mirrored=mirrored), expected, atol=1e-5)


def test_standardising_before_is_the_same_as_standardising_after() -> None:
    maps = draw_maps(Augmentation(20.0, 0.2, flip=True), 1, SIZE, np.random.default_rng(2))
    before = apply_maps((IMAGES - 0.4) / 0.3, maps).numpy()
    after = (apply_maps(IMAGES, maps).numpy() - 0.4) / 0.3
    assert np.allclose(before, after, atol=1e-5)


def test_drawn_maps_stay_within_the_declared_limits() -> None:
    augmentation = Augmentation(rotation=20.0, shift=0.2, flip=True)
    maps = draw_maps(augmentation, 2000, (32, 32), np.random.default_rng(3))
    angles = np.rad2deg(np.arctan2(maps[:, 1], maps[:, 4]))
    assert np.abs(angles).max() <= 20.001
    assert np.abs(angles).max() > 19
    # The centre of the image moves by the shift, turned: at most 0.2 of a side in both directions.
    centre = np.array([15.5, 15.5, 1.0])
    moved = np.stack([maps[:, :3] @ centre, maps[:, 3:6] @ centre], axis=1) - 15.5
    assert np.linalg.norm(moved, axis=1).max() <= 0.2 * 32 * np.sqrt(2) + 1e-3
    determinants = maps[:, 0] * maps[:, 4] - maps[:, 1] * maps[:, 3]
    assert 0.45 < (determinants < 0).mean() < 0.55


def test_nothing_is_mirrored_unless_declared() -> None:
    maps = draw_maps(Augmentation(0.0, 0.0, flip=False), 100, (8, 8), np.random.default_rng(4))
    assert np.allclose(maps, [1, 0, 0, 0, 1, 0, 0, 0])
