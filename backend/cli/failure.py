"""What a command ends with when something is wrong that the user can put right."""


class Failure(Exception):
    """One plain sentence for standard error, and the process's exit code (2: what was asked cannot be done)."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code
