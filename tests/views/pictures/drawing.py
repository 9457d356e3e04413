"""What an item of a scene looks like, as an array of pixels."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene


def drawn(item, width, height, scale=1):
    """The item as it is painted on a black ground: (height, width, 3)."""
    scene = QGraphicsScene(0, 0, width, height)
    scene.addItem(item)
    image = QImage(width * scale, height * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor("black"))
    painter = QPainter(image)
    scene.render(painter, QRectF(0, 0, width, height))
    painter.end()
    scene.removeItem(item)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height * scale, width * scale, 4)
    return pixels[..., 2::-1].copy()
