"""Random affine maps of images: drawn with NumPy, applied with TensorFlow.

Source: [DLR], whose code uses Keras's ImageDataGenerator: the angle, then the shifts, about the centre of the
image; then the flip. All of it is one affine map here.
"""

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from backend.problems.problem import Augmentation

# An affine map of TensorFlow: eight numbers, a0 a1 a2 b0 b1 b2 0 0, that send an output pixel (x, y) to the
# input point (a0 x + a1 y + a2, b0 x + b1 y + b2); x counts columns, y rows.
NUMBERS = 8


def draw_maps(
    augmentation: Augmentation, count: int, size: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Maps for `count` images of (height, width): (count, 8) float32."""
    height, width = size
    angle = np.deg2rad(rng.uniform(-augmentation.rotation, augmentation.rotation, count))
    down = rng.uniform(-augmentation.shift, augmentation.shift, count) * height
    right = rng.uniform(-augmentation.shift, augmentation.shift, count) * width
    mirrored = (rng.random(count) < 0.5) & augmentation.flip
    return affine_maps(angle, down, right, mirrored, size)


def affine_maps(
    angle: NDArray[np.float64],
    down: NDArray[np.float64],
    right: NDArray[np.float64],
    mirrored: NDArray[np.bool_],
    size: tuple[int, int],
) -> NDArray[np.float32]:
    """Maps from angles in radians, shifts in pixels and flips, each (count,): (count, 8) float32.

    The input point of an output pixel is R (p + s - c) + c, p being the pixel (mirrored), s the shift and c
    the centre of the image.
    """
    centre_y, centre_x = ((side - 1) / 2 for side in size)
    cos, sin = np.cos(angle), np.sin(angle)
    sign = np.where(mirrored, -1.0, 1.0)
    # The pixel's column counted from the centre changes its sign when mirrored; the shift comes after that.
    x_offset = right - sign * centre_x
    y_offset = down - centre_y
    rows = (
        cos * sign,
        sin,
        cos * x_offset + sin * y_offset + centre_x,
        -sin * sign,
        cos,
        -sin * x_offset + cos * y_offset + centre_y,
    )
    maps = np.zeros((len(angle), NUMBERS), dtype=np.float32)
    maps[:, :6] = np.stack(rows, axis=1)
    return maps


def apply_maps(images: tf.Tensor, maps: tf.Tensor) -> tf.Tensor:
    """Images (count, height, width, channels) under their maps (count, 8); bilinear, nearest fill."""
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=maps,
        output_shape=tf.shape(images)[1:3],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="NEAREST",
    )
