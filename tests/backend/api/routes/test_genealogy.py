from itertools import pairwise
from typing import Any

from tests.backend.bred import Made, store
from tests.backend.experiments.farm import order, rules_order
from tests.backend.serving import Serving


def _steps(served: Serving, individual_id: int, **parameters: str | int) -> dict[str, Any]:
    page: dict[str, Any] = served.client.get(f"/api/v1/individuals/{individual_id}/genealogy", params=parameters).json()
    return page


def _newest(served: Serving, run_id: int) -> dict[str, Any]:
    newest: dict[str, Any] = served.client.get(f"/api/v1/runs/{run_id}/individuals").json()["items"][-1]
    return newest


def test_a_line_leads_from_an_individual_to_generation_0(served: Serving) -> None:
    newest = _newest(served, served.evolved(order()).runs[0].id)
    steps = _steps(served, newest["id"])["items"]
    assert (steps[0]["newest_id"], steps[0]["newest_generation"]) == (newest["id"], 3)
    assert (steps[-1]["generation"], steps[-1]["parent"]) == (0, None)
    for later, earlier in pairwise(steps):
        assert (later["parent"]["id"], later["generation"]) == (earlier["newest_id"], earlier["newest_generation"] + 1)
        assert later["changes"] or later["words"]
        assert later["rates"] is None or len(later["rates"]) == 5


def test_steps_of_rules_have_formulas(served: Serving) -> None:
    newest = _newest(served, served.evolved(rules_order()).runs[0].id)
    steps = _steps(served, newest["id"])["items"]
    assert all(step["formula"].startswith("<math") and step["rates"] is None for step in steps)


def test_a_line_can_be_paged_through(served: Serving) -> None:
    generations = [[Made("0.1")], *([Made(f"0.{number}2", "mutation", (0,))] for number in range(1, 8))]
    ids = store(served.farm.database, generations)
    whole = [step["id"] for step in _steps(served, ids[-1][0])["items"]]
    assert whole == [one for (one,) in reversed(ids)]
    paged: list[int] = []
    token: str | None = ""
    while token is not None:
        page = _steps(served, ids[-1][0], page_size=3, **({"page_token": token} if token else {}))
        paged += [step["id"] for step in page["items"]]
        token = page["next_page_token"]
    assert paged == whole


def test_a_token_of_another_line_is_refused(served: Serving) -> None:
    ids = store(served.farm.database, [[Made("0.1")], [Made("0.2", "mutation", (0,))]])
    token = _steps(served, ids[1][0], page_size=1)["next_page_token"]
    reply = served.client.get(f"/api/v1/individuals/{ids[0][0]}/genealogy", params={"page_token": token})
    assert reply.status_code == 422


def test_an_unknown_individual_has_no_line(served: Serving) -> None:
    assert served.client.get("/api/v1/individuals/17/genealogy").status_code == 404
    assert served.client.get("/api/v1/individuals/17/figures/genealogy").status_code == 404


def test_the_figure_has_a_point_for_each_generation(served: Serving) -> None:
    newest = _newest(served, served.evolved(order()).runs[0].id)
    figure = served.client.get(f"/api/v1/individuals/{newest['id']}/figures/genealogy").json()
    assert figure["data"][0]["x"] == [0, 1, 2, 3]
