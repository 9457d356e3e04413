"""Where the training process starts: bound to the window first, before anything slow is loaded.

It must not outlive the window, however that ends. A closed pipe tells a process that its owner is
gone, but only one that can run: not one that is stopped. On Linux the system is asked to end it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with(owner: int) -> None:
    """Let this process be killed when the thread that has started it ends; `owner` is its id.

    Where the system cannot do that, nothing happens. Source: man 2 PR_SET_PDEATHSIG.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != owner:
        os._exit(0)  # it ended before the system was asked


def main() -> None:
    """Serve the process whose id is the first argument."""
    end_with(int(sys.argv[1]))
    # Ctrl-C in the terminal reaches every process that was started there: the window decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from playground.jobs.training_process.process import serve_owner

    serve_owner()


if __name__ == "__main__":
    main()
