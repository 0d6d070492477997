"""The web process: everything put together, started, watched and ended."""
