from PySide6.QtWidgets import QWidget
class ArithmeticPanel(QWidget):
    def __init__(self, *a):
        super().__init__(); self.setMinimumHeight(120)
