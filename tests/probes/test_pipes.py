"""multiprocessing.Pipe: two ends of one resource, in whichever process they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, meeting

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_WAY
def test_who_receives_waits_for_who_sends(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def answer(end, parent):
                question = end.recv()
                until_asleep(parent)
                end.send(question + 1)

            if __name__ == "__main__":
                here, there = context.Pipe()
                here.send(41)
                child = context.Process(target=answer, args=(there, os.getpid()), name="other")
                child.start()
                print(here.recv())
                child.join()
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"42\n"
    assert [event for event in seen.of("here ↔ there") if event[0] != "GET_WAIT" or event[1] == "main"] in (
        [("PUT", "main", -1), ("GOT", "other", -1), ("GET_WAIT", "main", -1), ("PUT", "other", -1), ("GOT", "main", -1)],
        [("PUT", "main", -1), ("GET_WAIT", "main", -1), ("GOT", "other", -1), ("PUT", "other", -1), ("GOT", "main", -1)],
    )
    assert seen.resources["here ↔ there"] == ("Pipe", "", "program.py:19")


@EVERY_PYTHON
def test_a_pipe_of_one_direction_is_called_by_its_ends_in_that_order(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        from multiprocessing import Pipe
        reader, writer = Pipe(duplex=False)
        writer.send_bytes(b"1")
        reader.recv_bytes()
        """,
        python,
    )

    assert seen.of("writer → reader") == [("PUT", "main", -1), ("GOT", "main", -1)]


@EVERY_PYTHON
def test_a_poll_waits_until_there_is_something_or_its_time_is_up(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        from multiprocessing import Pipe
        here, there = Pipe()
        print(here.poll(), here.poll(0.001))
        there.send(1)
        print(here.poll(5))
        """,
        python,
    )

    assert seen.stdout == b"False False\nTrue\n"
    assert [event[0] for event in seen.of("here ↔ there")] == ["WAIT", "TIMED_OUT", "PUT"]


@EVERY_PYTHON
def test_the_end_of_a_pipe_is_no_item(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        from multiprocessing import Pipe
        here, there = Pipe()
        there.close()
        for use in (here.recv, lambda: here.send(1)):
            try:
                use()
            except (EOFError, BrokenPipeError) as error:
                print(type(error).__name__)
        """,
        python,
    )

    assert seen.stdout == b"EOFError\nBrokenPipeError\n"
    assert "GOT" not in [event[0] for event in seen.of("here")]
    assert "PUT" not in [event[0] for event in seen.of("here")]
