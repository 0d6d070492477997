import pytest

from backend.problems.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool, Shape


@pytest.mark.parametrize(
    ("layer", "inputs", "output"),
    [
        (Conv2D(32, 3), (28, 28, 1), (26, 26, 32)),
        (Conv2D(73, 4, strides=2, padding="same"), (32, 32, 3), (16, 16, 73)),
        (Conv2D(105, 5, strides=3, padding="same"), (13, 13, 108), (5, 5, 105)),
        (Conv2D(8, 3, strides=2), (8, 8, 1), (3, 3, 8)),
        (MaxPool(2), (25, 24, 64), (12, 12, 64)),
        (BatchNorm(), (16, 16, 73), (16, 16, 73)),
        (Dropout(0.5), (128,), (128,)),
        (Flatten(), (12, 12, 64), (9216,)),
        (Dense(128), (9216,), (128,)),
    ],
)
def test_a_layer_gives_the_shape_that_keras_would(layer: Layer, inputs: Shape, output: Shape) -> None:
    assert layer.output_shape(inputs) == output


@pytest.mark.parametrize(
    ("layer", "inputs", "counts"),
    [
        (Conv2D(32, 3), (28, 28, 1), (320, 0)),
        (BatchNorm(), (16, 16, 73), (146, 146)),
        (Dense(10), (64,), (650, 0)),
        (Dense(10, bias=False), (64,), (640, 0)),
        (MaxPool(), (4, 4, 2), (0, 0)),
        (Dropout(0.5), (128,), (0, 0)),
        (Flatten(), (4, 4, 2), (0, 0)),
    ],
)
def test_a_layer_counts_what_is_learned_and_what_is_kept(layer: Layer, inputs: Shape, counts: tuple[int, int]) -> None:
    assert layer.parameters(inputs) == counts


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (
            Conv2D(73, 4, strides=2, padding="same", l2=5e-4),
            "convolution 73 × 4×4, stride 2, same, relu, L2 0.0005",
        ),
        (Conv2D(32, 3), "convolution 32 × 3×3, valid, relu"),
        (Dense(634, "relu", bias=False), "dense 634, relu, no bias"),
        (MaxPool(2), "max-pool 2×2"),
        (Dropout(0.471227540082), "dropout 0.4712"),
        (BatchNorm(), "batch normalisation"),
        (Flatten(), "flatten"),
    ],
)
def test_a_layer_describes_itself_in_a_few_words(layer: Layer, words: str) -> None:
    assert layer.words() == words
