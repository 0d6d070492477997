import pytest

from backend.originals.translation import Untranslatable, is_rule, translated

HEAD = "alpha_func, beta_func, sigma_func, grad_func = "


def rule(alpha: str = "alpha", beta: str = "beta", sigma: str = "sigma", grad: str = "grad") -> str:
    return (
        f"{HEAD}lambda shape,  alpha, grad: {alpha}, lambda shape,  alpha, beta, grad: {beta}, "
        f"lambda shape,  alpha, beta, sigma, grad: {sigma}, lambda shape,  alpha, beta, sigma, grad: {grad}"
    )


def test_four_lambdas_become_four_equations() -> None:
    text = rule("tf.math.negative(grad)", "tf.math.add(alpha, beta)", "sigma", "tf.math.pow(grad, alpha)")
    assert translated(text) == "x = negative(g); y = add(x, y); z = z; weight = pow(g, x)"


def test_a_constant_tensor_becomes_its_value() -> None:
    text = "tf.math.add(tf.constant(4.53978687e-05, shape=shape, dtype=tf.float32), alpha)"
    assert translated(text) == "add(4.53978687e-05, x)"


def test_a_production_keeps_its_non_terminals_whatever_they_are_called() -> None:
    assert translated("tf.math.subtract(<alpha_expr>, <grad>)") == "subtract(<alpha_expr>, <grad>)"
    assert translated("tf.constant(<beta_const>, shape=shape, dtype=tf.float32)") == "<beta_const>"


def test_all_non_terminals_in_the_lambdas_stay() -> None:
    text = rule("<alpha_expr>", "<beta_expr>", "<sigma_expr>", "<grad_expr>")
    assert translated(text) == "x = <alpha_expr>; y = <beta_expr>; z = <sigma_expr>; weight = <grad_expr>"


@pytest.mark.parametrize(
    "text", ["if_func(epoch <= 12, 0.1, learning_rate)", "<", "<=", "learning_rate <op> <lr_const>"]
)
def test_schedules_stay_as_they_are(text: str) -> None:
    assert translated(text) == text
    assert not is_rule(text)


def test_layers_keep_their_names_and_extremes_get_ours() -> None:
    assert translated("tf.math.maximum(layer_count, layer_num)") == "max(layer_count, layer_num)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tf.math.lgamma(grad)", "tf.math.lgamma"),
        ("os.system(grad)", "os.system"),
        ("tf.constant(1.0, shape=shape, dtype=tf.float64)", "dtype=tf.float64"),
        ("tf.constant(1.0", "not closed"),
        ("tf.constant", "brackets"),
        ("lambda alpha: alpha", "assigned"),
        ("a, b = lambda x: x, lambda y: y", "not a, b"),
        (HEAD + "lambda shape, alpha, grad: alpha", "4 lambdas are expected, not 1"),
        (HEAD + "lambda shape", "colon"),
    ],
)
def test_what_has_no_counterpart_is_named(text: str, said: str) -> None:
    with pytest.raises(Untranslatable, match=said):
        translated(text)
