"""Everything of AutoLR that runs without TensorFlow."""
