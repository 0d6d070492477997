import os
import threading

from worker import lifeline


def test_the_end_of_the_pipe_is_the_end() -> None:
    mine, theirs = os.pipe()
    ended = threading.Event()
    lifeline.watch(ended.set, mine)
    os.write(theirs, b"still here")
    assert not ended.wait(0.1)
    os.close(theirs)
    assert ended.wait(5)
    os.close(mine)
