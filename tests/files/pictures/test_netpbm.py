"""PAM, colour PFM and deep PPM."""

from __future__ import annotations

import numpy as np
import pytest

from tests.files.pictures.made import (
    RNG,
    refusal,
    shown,
    words,
)


class TestPortableMaps:
    def test_pam_of_every_depth(self):
        for channels in (1, 3):
            values = words(3, 4, channels, kind="u1")
            head = f"P7\nWIDTH 4\nHEIGHT 3\nDEPTH {channels}\nMAXVAL 255\n# hm\nENDHDR\n".encode()
            expected = np.broadcast_to(values / 255, (3, 4, 3))
            np.testing.assert_allclose(shown(head + values.tobytes()), expected, atol=1e-6)

    def test_pam_of_16_bits_with_transparency(self):
        head = b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 1023\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n"
        data = head + np.array([1023, 1023, 0, 0], ">u2").tobytes()
        np.testing.assert_allclose(shown(data, "grey"), [[1, 1]], atol=1e-6)

    def test_pam_of_more_channels(self):
        head = b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\n"
        assert "a kind of PAM this program does not read: 5 channels" in refusal(head + bytes(10))

    @pytest.mark.parametrize(("depth", "kind"), [(4, "CMYK"), (3, "XYZ"), (3, "GRAYSCALE")])
    def test_pam_of_other_colours_is_not_taken_for_rgb(self, depth, kind):
        head = f"P7\nWIDTH 2\nHEIGHT 1\nDEPTH {depth}\nMAXVAL 255\nTUPLTYPE {kind}\nENDHDR\n"
        assert f"{depth} channels of {kind}" in refusal(head.encode() + bytes(8))

    def test_pam_with_other_white_space(self):
        head = b"P7\nWIDTH\t2\n HEIGHT  1\nDEPTH 1 \n\nMAXVAL 255\nENDHDR\n"
        np.testing.assert_allclose(shown(head + b"\x33\xff", "grey"), [[0.2, 1]], atol=1e-6)

    @pytest.mark.parametrize("most", [256, 1023, 4095, 65535])
    def test_colours_of_more_than_8_bits_in_ppm(self, most):
        values = RNG.integers(0, most + 1, (3, 4, 3))
        head = f"P6 # a comment\n#another ##\n4\t3\n{most}\n".encode()
        data = head + values.astype(">u2").tobytes()
        np.testing.assert_allclose(shown(data), values / most, atol=1e-6)
        assert "damaged" in refusal(data[:-1])

    @pytest.mark.parametrize("order", ["<", ">"])
    @pytest.mark.parametrize(("mark", "channels"), [("PF", 3), ("Pf", 1)])
    def test_pfm(self, order, mark, channels):
        values = RNG.random((3, 4, channels)).astype(np.float32)
        head = f"{mark}\n4 3\n{'-1.0' if order == '<' else '1.0'}\n".encode()
        data = head + values[::-1].astype(f"{order}f4").tobytes()
        np.testing.assert_allclose(shown(data), np.broadcast_to(values, (3, 4, 3)), atol=1e-6)

    def test_cut_short(self):
        assert "damaged" in refusal(b"PF\n400 300\n-1.0\n" + bytes(900))
        assert "damaged" in refusal(
            b"P7\nWIDTH 9\nHEIGHT 9\nDEPTH 3\nMAXVAL 255\nENDHDR\n" + bytes(9)
        )
