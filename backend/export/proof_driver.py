"""The script that runs exported files on given numbers, in a process and under an interpreter of their own.

It needs NumPy and the library that the files are for, nothing of ours. In its folder it finds `parameters.json`, a
list of [shape, layer], `weights.npy` [n], `gradients.npy` [steps, n], and the files `rule_*.py`. Beside each of these
it leaves the weights before the first and after each update, `.npy` [steps + 1, n], or why there are none, `.txt`;
and for all of them `version.txt`.
"""

from string import Template

# The script's exit code where the interpreter has no such library (EX_UNAVAILABLE).
MISSING_LIBRARY = 69

HEAD = f'''\
import importlib.util
import inspect
import json
import os
import sys
import threading
from pathlib import Path


def end_with_parent():
    """End when the other end of standard input is closed: whoever started this is gone."""
    while os.read(0, 1024):
        pass
    os._exit(1)


threading.Thread(target=end_with_parent, daemon=True).start()

try:
    import numpy as np
    $imports
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit({MISSING_LIBRARY})

FOLDER = Path(__file__).parent


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

'''

_SCRIPT = Template(
    HEAD
    + '''
def make(factory, *arguments, **offered):
    """Call with those of the offered arguments that are wanted."""
    wanted = inspect.signature(factory).parameters
    return factory(*arguments, **{name: value for name, value in offered.items() if name in wanted})


def cut(row):
    """Cut a row of numbers into the parameters' shapes."""
    ends = np.cumsum([int(np.prod(shape)) for shape, _ in PARAMETERS])
    return [part.reshape(shape) for part, (shape, _) in zip(np.split(row, ends[:-1]), PARAMETERS)]


def joined(arrays):
    return np.concatenate([np.asarray(array).reshape(-1) for array in arrays])


$run

PARAMETERS = json.loads((FOLDER / "parameters.json").read_text())
WEIGHTS = np.load(FOLDER / "weights.npy")
GRADIENTS = np.load(FOLDER / "gradients.npy")
(FOLDER / "version.txt").write_text($version)
for path in sorted(FOLDER.glob("rule_*.py")):
    try:
        rows = [WEIGHTS, *weights_after_each_step(load(path))]
    except Exception as error:
        path.with_suffix(".txt").write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        continue
    # Whoever finds the file finds all of it.
    np.save(FOLDER / "unfinished.npy", np.stack(rows))
    os.replace(FOLDER / "unfinished.npy", path.with_suffix(".npy"))
'''
)

_KERAS = """\
def weights_after_each_step(module):
    variables = []
    for number, (value, (_, layer)) in enumerate(zip(cut(WEIGHTS), PARAMETERS)):
        with keras.name_scope(f"layer_{layer}"):
            variables.append(keras.Variable(value, name=f"weight_{number}"))
    optimizer = make(module.EvolvedOptimizer, total_steps=len(GRADIENTS))
    for row in GRADIENTS:
        optimizer.apply([keras.ops.convert_to_tensor(part) for part in cut(row)], variables)
        yield joined(keras.ops.convert_to_numpy(variable) for variable in variables)
"""

_TORCH = """\
def weights_after_each_step(module):
    tensors = [torch.nn.Parameter(torch.tensor(value)) for value in cut(WEIGHTS)]
    layers = {}
    for tensor, (_, layer) in zip(tensors, PARAMETERS):
        layers.setdefault(layer, []).append(tensor)
    groups = [{"params": layer} for layer in layers.values()]
    optimizer = make(module.EvolvedOptimizer, groups, total_steps=len(GRADIENTS))
    for row in GRADIENTS:
        for tensor, part in zip(tensors, cut(row)):
            tensor.grad = torch.tensor(part)
        optimizer.step()
        yield joined(tensor.detach().numpy() for tensor in tensors)
"""

_OPTAX = """\
def weights_after_each_step(module):
    layers = [layer for _, layer in PARAMETERS]
    optimizer = make(
        module.evolved_optimizer, layer_num=layers, layer_count=max(layers), total_steps=len(GRADIENTS)
    )
    params = [jnp.asarray(value) for value in cut(WEIGHTS)]
    state = optimizer.init(params)
    for row in GRADIENTS:
        updates, state = optimizer.update([jnp.asarray(part) for part in cut(row)], state, params)
        params = optax.apply_updates(params, updates)
        yield joined(params)
"""

_LIBRARIES = {
    "keras": ("import keras", _KERAS, 'f"Keras {keras.version()} on {keras.backend.backend()}"'),
    "torch": ("import torch", _TORCH, 'f"PyTorch {torch.__version__}"'),
    "optax": (
        "import jax\n    import jax.numpy as jnp\n    import optax",
        _OPTAX,
        'f"Optax {optax.__version__} with JAX {jax.__version__}"',
    ),
}


def driver(format_name: str) -> str:
    """Return the script for a format. Raises KeyError for one that does not exist."""
    imports, run, version = _LIBRARIES[format_name]
    return _SCRIPT.substitute(imports=imports, run=run, version=version)
