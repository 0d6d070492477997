"""Write the API's description: `python -m backend.app.describe > docs/openapi.json`."""

import json
import sys

from backend.app.main import create_app
from backend.dispatch.recording import RecordingSender
from backend.settings.settings import load_settings


def description() -> str:
    """Return the description of the API as it is kept in docs/openapi.json."""
    app = create_app(load_settings(database_url="sqlite://"), RecordingSender())
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(description())
