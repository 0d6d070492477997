import pytest

from backend.experiments.configuration import Order
from tests.backend.experiments.farm import order, programs_order, rules_order
from tests.backend.serving import Serving


def test_a_tree_is_listed_node_by_node_with_places_and_dead_parts(served: Serving) -> None:
    served.farm.launch(programs_order())
    tree = served.client.get("/api/v1/individuals/1/tree").json()
    assert [node["label"] for node in tree["nodes"]] == [
        "+",
        "0.0015",
        "×",
        "0.001",
        "+",
        "epoch",
        "−",
        "epoch",
        "epoch",
    ]
    assert [node["dead"] for node in tree["nodes"]] == [False] * 4 + [True, False, True, True, True]
    assert (tree["levels"], tree["rows"], tree["left_out"]) == (5, 5, 0)


def test_the_tree_agrees_with_what_the_individual_says_of_itself(served: Serving) -> None:
    served.evolved(programs_order())
    for listed in served.client.get("/api/v1/runs/1/individuals?page_size=100").json()["items"]:
        program = served.client.get(f"/api/v1/individuals/{listed['id']}").json()["program"]
        tree = served.client.get(f"/api/v1/individuals/{listed['id']}/tree").json()
        assert program["nodes"] == len(tree["nodes"])
        assert program["depth"] == tree["levels"] - 1
        assert program["dead"] == sum(node["dead"] for node in tree["nodes"])


def test_a_tree_that_has_not_changed_is_not_sent_again(served: Serving) -> None:
    served.farm.launch(programs_order())
    first = served.client.get("/api/v1/individuals/1/tree")
    again = served.client.get("/api/v1/individuals/1/tree", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("wanted", [order(), rules_order()])
def test_other_kinds_have_no_tree(served: Serving, wanted: Order) -> None:
    served.farm.launch(wanted)
    reply = served.client.get("/api/v1/individuals/1/tree")
    assert reply.status_code == 404
    assert reply.json()["detail"] == "Individual 1 is no schedule program: it has no tree."
    assert served.client.get("/api/v1/individuals/1").json()["program"] is None
