"""Which files are read as raw values, by their first bytes."""

from __future__ import annotations

from typing import BinaryIO

from playground.core.errors import PlaygroundError
from playground.files.pictures import fits, netpbm, npy, tiff
from playground.files.pictures.raw_values import RawFile


def open_raw(stream: BinaryIO, start: bytes, name: str) -> RawFile | None:
    """The file as raw values, or None where it is one for Pillow; `start` is its first bytes.

    Raises PlaygroundError, with the true reason, for a sound file of a kind that is not read.
    """
    if start.startswith(tiff.MAGIC):
        return tiff.open_tiff(stream, name)
    if start.startswith(fits.MAGIC):
        return fits.open_fits(stream, name)
    if start.startswith(netpbm.PAM_MAGIC):
        return netpbm.open_pam(stream, name)
    if start.startswith(netpbm.PPM_MAGIC):
        return netpbm.open_deep_ppm(stream, name)
    if start.startswith(netpbm.PFM_MAGIC):
        return netpbm.open_pfm(stream, name)
    if start.startswith(npy.MAGIC):
        return npy.open_npy(stream, name)
    return None


def refused(stream: BinaryIO, start: bytes, name: str) -> PlaygroundError | None:
    """Why a picture that Pillow does not recognise cannot be opened, where its kind is known."""
    return tiff.refused_tiff(stream, name) if start.startswith(tiff.MAGIC) else None
