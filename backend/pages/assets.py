"""The files that pages load: ours, and Plotly's from the installed package. Addresses change with the content."""

import hashlib
from functools import cache
from pathlib import Path

import plotly
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from backend.settings.resources import STATIC

_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class UnchangingFiles(StaticFiles):
    """Files whose address holds their version: a browser need never ask for them again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with a long cache."""
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers.update(_FOREVER)
        return response


def plotly_script() -> FileResponse:
    """Return Plotly's script."""
    return FileResponse(_PLOTLY, media_type="text/javascript", headers=_FOREVER)


@cache
def static_url() -> str:
    """Return the folder under which our own files are served: it holds a digest of all of them."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"/static/{digest.hexdigest()[:16]}"


def plotly_url() -> str:
    """Return the address of Plotly's script: it holds the version of the package."""
    return f"/static/plotly-{plotly.__version__}.min.js"
