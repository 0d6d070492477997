import httpx

CHECK = "/api/v1/grammars/check"


def test_both_published_grammars_are_listed(client: httpx.Client) -> None:
    names = [grammar["name"] for grammar in client.get("/api/v1/grammars").json()["items"]]
    assert {"dlr-2020", "dlr-2020-code"} <= set(names)


def test_a_grammar_shows_its_rules(client: httpx.Client) -> None:
    grammar = client.get("/api/v1/grammars/dlr-2020").json()
    rules = {rule["name"]: rule["productions"] for rule in grammar["nonterminals"]}
    assert grammar["first_epoch"] == 1
    assert grammar["start"] in rules
    assert "<" in next(productions for productions in rules.values() if len(productions) == 4)


def test_an_unknown_grammar_is_not_found_and_the_known_ones_are_named(client: httpx.Client) -> None:
    reply = client.get("/api/v1/grammars/nope")
    assert reply.status_code == 404
    assert "dlr-2020" in reply.json()["detail"]


def test_a_sound_grammar_is_shown_back(client: httpx.Client) -> None:
    reply = client.post(CHECK, json={"text": "<start> ::= 0.1 | <small>\n<small> ::= 0.01"})
    assert reply.status_code == 200
    assert [rule["name"] for rule in reply.json()["nonterminals"]] == ["start", "small"]


def test_a_faulty_grammar_is_refused_with_line_and_column(client: httpx.Client) -> None:
    reply = client.post(CHECK, json={"text": "<start> ::= 0.1\n  | <nowhere>"})
    (fault,) = reply.json()["errors"]
    assert reply.status_code == 422
    assert (fault["pointer"], fault["line"], fault["column"]) == ("/text", 2, 5)
    assert "nowhere" in fault["detail"]


def test_a_grammar_of_another_language_is_refused(client: httpx.Client) -> None:
    reply = client.post(CHECK, json={"text": "<start> ::= 0.1 | import os"})
    assert reply.status_code == 422
    assert "import os" in reply.json()["detail"]


def test_grammars_say_what_they_evolve(client: httpx.Client) -> None:
    kinds = {grammar["name"]: grammar["evolves"] for grammar in client.get("/api/v1/grammars").json()["items"]}
    assert (kinds["dlr-2020"], kinds["alr-2022"], kinds["joint"]) == ("schedule", "update_rule", "update_rule")


def test_a_grammar_of_rules_is_known_by_what_it_derives(client: httpx.Client) -> None:
    reply = client.post(CHECK, json={"text": "<start> ::= x = 0; y = 0; z = 0; weight = <w>\n<w> ::= g | 0.1"})
    assert (reply.status_code, reply.json()["evolves"]) == (200, "update_rule")


def test_a_grammar_that_says_rules_and_derives_none_is_refused(client: httpx.Client) -> None:
    reply = client.post(CHECK, json={"text": "# evolves: update_rule\n<start> ::= 0.1 | 0.2"})
    assert reply.status_code == 422
    assert "no update rule" in reply.json()["detail"]
