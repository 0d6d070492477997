from backend.originals.keys import KNOWN, PARTS, READ_APART, WHOLE_NUMBERS, WITHOUT_COUNTERPART


def test_every_key_is_known_in_one_way_only() -> None:
    groups = (WHOLE_NUMBERS, PARTS, READ_APART, WITHOUT_COUNTERPART)
    assert sum(map(len, groups)) == len(KNOWN)


def test_a_key_without_a_counterpart_has_a_sentence() -> None:
    assert all(why.endswith(".") for why in WITHOUT_COUNTERPART.values())
