"""Everything of AutoLR that needs TensorFlow: the processes that train."""
