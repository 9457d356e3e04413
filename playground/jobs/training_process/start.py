"""Where the training process starts: bound to the window first, before anything slow is loaded."""

from __future__ import annotations

import signal
import sys

from playground.owner import end_with


def main() -> None:
    """Serve the process whose id is the first argument."""
    end_with(int(sys.argv[1]))
    # Ctrl-C in the terminal reaches every process that was started there: the window decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from playground.jobs.training_process.process import serve_owner

    serve_owner()


if __name__ == "__main__":
    main()
