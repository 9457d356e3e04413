"""Memory that this process shares with those it starts, and that the system frees with the last.

It never has a name in a file system, so nothing stays behind, however the processes end: what
multiprocessing.shared_memory makes stays when its owner and its tracker are killed.
"""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import tempfile


class SharedMemory:
    """`bytes`, zero at first; the memory is there for as long as anything views it."""

    def __init__(self, size: int, ticket: str = "") -> None:
        """New memory, or with a `ticket` that of the process that has started this one."""
        self.inherited: tuple[int, ...] = ()
        """File descriptors that a process must inherit to use `ticket`."""
        if sys.platform == "win32":
            self.ticket = ticket or f"playground-{secrets.token_hex(16)}"
            memory = mmap.mmap(-1, size, tagname=self.ticket)
        else:
            descriptor = int(ticket) if ticket else _nameless_file(size)
            self.ticket, self.inherited = str(descriptor), (descriptor,)
            memory = mmap.mmap(descriptor, size)
        # An array over the map itself would not keep it open: reading on would be a crash.
        self.bytes = memoryview(memory)

    def close(self) -> None:
        """Give up the ticket and `bytes`; what still views them keeps them."""
        for descriptor in self.inherited:
            os.close(descriptor)
        self.inherited, self.bytes = (), memoryview(b"")


def _nameless_file(size: int) -> int:
    """The descriptor of a file of `size` zeros that stands in no folder."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("playground")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.truncate(descriptor, size)
    return descriptor
