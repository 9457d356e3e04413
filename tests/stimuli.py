"""What makes Qt call each kind of virtual, from a Python frame: where a failure is dangerous."""

from contextlib import suppress

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QIdentityProxyModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QThread,
)
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QUndoCommand,
    QUndoStack,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QGraphicsItem,
    QLabel,
    QLayout,
    QLineEdit,
    QWidget,
    QWidgetItem,
)
from shiboken6 import Shiboken

KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
NONE = Qt.KeyboardModifier.NoModifier
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def instances(cls, most=1):
    """Some living objects of a class, those on screen first."""
    found = [o for o in Shiboken.getAllValidWrappers() if issubclass(type(o), cls)]
    found.sort(key=lambda o: isinstance(o, QWidget) and not o.isVisible())
    return found[:most]


def stimulate(cls, *, close):
    """Let Qt call whatever it may call of an object of a class; windows `close` only if asked."""
    for thing in instances(cls):
        for kind, work in WORK:
            if isinstance(thing, kind):
                work(thing)
        if close:
            QApplication.sendEvent(thing, QCloseEvent())
    QApplication.processEvents()


def events(size):
    """One of each event that a widget may get; made one by one, for Qt accepts and ignores them."""
    at = QPointF(size.width() / 2, size.height() / 2)
    place, data = at.toPoint(), QMimeData()
    data.setText("no picture")
    copy = Qt.DropAction.CopyAction
    yield QEnterEvent(at, at, at)
    yield QFocusEvent(QEvent.Type.FocusIn)
    for kind, buttons in (
        (QEvent.Type.MouseMove, NO_BUTTON),
        (QEvent.Type.MouseButtonPress, LEFT),
        (QEvent.Type.MouseMove, LEFT),
        (QEvent.Type.MouseButtonRelease, NO_BUTTON),
        (QEvent.Type.MouseButtonDblClick, LEFT),
        (QEvent.Type.MouseButtonRelease, NO_BUTTON),
    ):
        button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
        yield QMouseEvent(kind, at, at, button, buttons, NONE)
    turn = QPoint(0, 120)
    yield QWheelEvent(at, at, QPoint(), turn, NO_BUTTON, NONE, Qt.ScrollPhase.NoScrollPhase, False)
    for key in KEYS:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            yield QKeyEvent(kind, key, NONE)
    yield QHelpEvent(QEvent.Type.ToolTip, place, place)
    yield QDragEnterEvent(place, copy, data, LEFT, NONE)
    yield QDropEvent(at, copy, data, LEFT, NONE)
    yield QEvent(QEvent.Type.FontChange)
    yield QEvent(QEvent.Type.PaletteChange)
    yield QHideEvent()
    yield QShowEvent()
    yield QFocusEvent(QEvent.Type.FocusOut)
    yield QEvent(QEvent.Type.Leave)


def work_widget(widget):
    target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    widget.grab()
    size = widget.size()
    widget.resize(size + QSize(1, 1))
    widget.grab()
    widget.resize(size)
    item = QWidgetItem(widget)
    item.sizeHint(), item.minimumSize(), item.maximumSize()
    for each in (target, widget) if target is not widget else (widget,):
        for event in events(each.size()):
            QApplication.sendEvent(each, event)
    own = widget.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu
    if isinstance(widget, QAbstractScrollArea) and own:
        # Menus that Qt opens by itself block until they are closed.
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint(2, 2))
        QApplication.sendEvent(target, menu)
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass


def work_view(view):
    model = view.model()
    view.doItemsLayout()
    if model is None or not model.rowCount():
        return
    index = model.index(model.rowCount() - 1, 0)
    view.setCurrentIndex(QModelIndex())
    view.setCurrentIndex(index)
    model.dataChanged.emit(index, index)
    view.grab()
    view.openPersistentEditor(index)
    delegate = view.itemDelegate()
    for editor in view.viewport().findChildren(QLineEdit):
        delegate.commitData.emit(editor)
        if Shiboken.isValid(editor):
            work_widget(editor)
        if Shiboken.isValid(editor):
            delegate.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
    view.closePersistentEditor(index)


def work_delegate(delegate):
    for view in instances(QAbstractItemView, most=99):
        if view.itemDelegate() is delegate:
            work_view(view)


def work_model(model):
    proxy = QIdentityProxyModel()
    proxy.setSourceModel(model)
    proxy.hasIndex(0, 0)
    proxy.rowCount(), proxy.columnCount(), proxy.mimeTypes(), proxy.supportedDropActions()
    proxy.headerData(0, Qt.Orientation.Horizontal)
    index = proxy.index(0, 0)
    if not index.isValid():
        index = proxy.createIndex(0, 0)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        index.data(role)
    index.flags()
    data = proxy.mimeData([index]) or QMimeData()
    for where in (model, proxy):
        QAbstractItemModel.canDropMimeData(
            where, data, Qt.DropAction.MoveAction, 0, 0, QModelIndex()
        )
    proxy.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    proxy.setData(index, "x", Qt.ItemDataRole.EditRole)
    proxy.setSourceModel(None)
    proxy.deleteLater()


def work_item(item):
    item.sceneBoundingRect()
    item.update()
    scene = item.scene()
    if scene is not None:
        scene.itemsBoundingRect()
        for view in scene.views():
            view.grab()


def work_layout(layout):
    """On one of its own: a widget that a layout fails to let go of is there for ever."""
    room = QWidget()
    layout, label = type(layout)(room), QLabel("one more")
    layout.addWidget(label)
    layout.activate()
    item = QWidgetItem(room)
    item.sizeHint(), item.minimumSize(), item.hasHeightForWidth(), item.heightForWidth(99)
    layout.setGeometry(QRect(0, 0, 99, 99))
    item.expandingDirections()
    room.grab()
    label.setParent(None)
    room.deleteLater()
    label.deleteLater()


def work_thread(thread):
    if not thread.isRunning():
        thread.start()
        thread.wait()


def work_command(command):
    stack = QUndoStack()
    with suppress(RuntimeError):
        again = type(command)(command._restore, command.step)
        stack.push(again)
        stack.push(type(command)(command._restore, command.step))
        stack.undo()


WORK = (
    (QWidget, work_widget),
    (QAbstractItemView, work_view),
    (QAbstractItemDelegate, work_delegate),
    (QAbstractItemModel, work_model),
    (QGraphicsItem, work_item),
    (QLayout, work_layout),
    (QThread, work_thread),
    (QUndoCommand, work_command),
)
