import asyncio

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from backend.app.body_limit import BodyLimit


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with 200 once the whole body was read."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    ("path", "size", "status"), [("/", 10, 200), ("/", 11, 413), ("/large", 20, 200), ("/large", 21, 413)]
)
def test_a_path_may_have_a_limit_of_its_own(path: str, size: int, status: int) -> None:
    limited = BodyLimit(read_all, largest=10, larger={"/large": 20})

    async def asked() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(limited), base_url="http://here") as client:
            return (await client.post(path, content=bytes(size))).status_code

    assert asyncio.run(asked()) == status
