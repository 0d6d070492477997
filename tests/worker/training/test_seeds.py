from worker.training.seeds import Seeds, Stream


def test_a_stream_begins_the_same_every_time() -> None:
    seeds = Seeds(2**53 - 1)
    first, second = (seeds.generator(Stream.ORDER).random(5).tolist() for _ in range(2))
    assert first == second


def test_streams_and_seeds_are_independent() -> None:
    draws = {Seeds(seed).generator(stream).random() for seed in range(3) for stream in Stream}
    assert len(draws) == 3 * len(Stream)


def test_seeds_for_other_generators_have_31_bits() -> None:
    integers = Seeds(1).integers(Stream.WEIGHTS, 200)
    assert len(set(integers)) == 200
    assert all(0 <= integer < 2**31 for integer in integers)


def test_streams_keep_their_values_for_ever() -> None:
    # They are part of every stored result: whoever changes one, changes what equal seeds mean.
    assert Seeds(7).integers(Stream.WEIGHTS, 2) == (600562731, 394211478)
    assert Seeds(7).generator(Stream.ORDER).permutation(6).tolist() == [1, 5, 3, 0, 4, 2]
