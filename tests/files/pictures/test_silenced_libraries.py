"""Standard error leads nowhere while any thread decodes, and where it led before afterwards."""

import os
from threading import Barrier, Thread

from playground.files.pictures.silenced_libraries import quiet_stderr
from tests.sharing import threads_that_switch_often

BLOCKS, THREADS = 20_000, 4


def test_many_threads_are_quiet_and_leave_the_stream_as_it_was(capfd, part_of):
    before, open_files = os.fstat(2), len(os.listdir("/dev/fd"))
    together = Barrier(THREADS)

    def decode():
        together.wait()
        for _ in range(part_of(BLOCKS) // THREADS):
            with quiet_stderr():
                os.write(2, b"warning")

    threads = [Thread(target=decode) for _ in range(THREADS)]
    with threads_that_switch_often():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert os.path.samestat(os.fstat(2), before)
    assert len(os.listdir("/dev/fd")) == open_files
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"
