import httpx


def test_presets_are_listed_quickest_first(client: httpx.Client) -> None:
    page = client.get("/api/v1/presets").json()
    cost = [preset["measured"]["core_minutes"] for preset in page["items"]]
    assert page["next_page_token"] is None
    assert {"quickstart", "alr-quick"} <= {preset["name"] for preset in page["items"]}
    assert cost == sorted(cost)


def test_a_preset_says_what_it_configures(client: httpx.Client) -> None:
    preset = client.get("/api/v1/presets/quickstart").json()
    assert preset["configuration"]["problem"] == "mnist-1d"


def test_an_unknown_preset_is_not_found(client: httpx.Client) -> None:
    reply = client.get("/api/v1/presets/nope")
    assert reply.status_code == 404
    assert reply.json()["detail"] == "There is no preset 'nope'."
