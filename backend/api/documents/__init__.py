"""What the API sends and accepts, one subject a file."""
