"""What the API answers, one subject a file."""
