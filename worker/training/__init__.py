"""Training: data sets, networks, the compiled loop.

TensorFlow can be set to one thread and deterministic operations only before its first use: so that no order of
imports ever matters, importing anything of this room sets it first.
"""

from worker.training.numerics import configure

configure()
