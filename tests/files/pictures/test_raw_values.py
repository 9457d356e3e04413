"""What a file claims is checked before memory is set aside for it."""

from __future__ import annotations

import re
import struct
import tracemalloc

from tests.files.pictures.made import (
    refusal,
)


class TestClaims:
    def test_values_that_would_take_more_memory_than_is_given(self):
        head = b"PF\n10000 10000\n-1.0\n"
        assert re.search("would take .* of memory, more than the", refusal(head))

    def test_a_few_bytes_that_claim_millions_of_pixels_in_blp(self):
        head = b"BLP2" + struct.pack("<iBBBB", 1, 1, 8, 8, 0) + struct.pack("<II", 9165, 9165)
        data = head + bytes(284 - len(head))
        tracemalloc.start()
        try:
            assert "damaged" in refusal(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 10_000_000
