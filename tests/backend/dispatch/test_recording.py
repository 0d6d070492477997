from backend.dispatch.recording import RecordingSender
from backend.dispatch.sender import Sender


def test_a_recording_sender_remembers_what_it_was_asked_to_send_in_order() -> None:
    recording = RecordingSender()
    sender: Sender = recording
    sender.send([3, 1])
    sender.send([2])
    assert recording.sent == [3, 1, 2]
    assert sender.waiting() == 3


def test_it_keeps_proofs_apart_from_evaluations() -> None:
    recording = RecordingSender()
    recording.send([1])
    recording.send_proofs([1, 2])
    assert (recording.sent, recording.sent_proofs) == ([1], [1, 2])
