"""The way through new, open, save and leave: asks what must be asked, then hands the work to the document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from circuitsim.app.dialogs import files as ask
from circuitsim.app.dialogs.import_ import ImportDialog
from circuitsim.app.document.files import open_file, save_file
from circuitsim.app.document.incoming import ask_about, import_file, load_tables
from circuitsim.app.window.report import Report
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.io.dispatch import is_foreign, reader
from circuitsim.io.input_csv import is_table
from circuitsim.spec.issue import InputError
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.session import Session
    from circuitsim.io.format import Questions, Reading


class Files:
    """File commands of one window."""

    def __init__(
        self,
        document: Document,
        window: QWidget,
        preferences: Preferences,
        session: Session,
        canvas: CanvasView,
    ) -> None:
        self._document, self._window = document, window
        self._preferences, self._session = preferences, session
        self.given_up = False  # whether the person leaves without wanting the unsaved changes
        self.report = Report(canvas)
        document.filed.connect(self._remember)
        document.replaced.connect(self.report.hide)

    @property
    def _folder(self) -> Path:
        path = self._document.path
        return path.parent if path is not None else Path.cwd()

    def _remember(self) -> None:
        if self._document.path is not None:
            self._preferences.remember(self._document.path)

    def _unless_unsaved(self, go_on: Callable[[], None]) -> None:
        """Go on once unsaved changes are saved or given up."""
        if not self._document.dirty:
            go_on()
            return
        match ask.ask_unsaved(self._window, self._document.name):
            case ask.Answer.SAVE:
                self.save(go_on)
            case ask.Answer.DISCARD:
                go_on()

    def new(self) -> None:
        """An empty circuit, with the units and the solver that were chosen for new ones."""
        self._unless_unsaved(lambda: self._document.replace(self._blank(), None))

    def _blank(self) -> Circuit:
        chosen = self._preferences.settings
        circuit = Circuit(title="untitled", unit_system=chosen.unit_system)
        if chosen.solver in circuit.kinds.solvers:
            circuit.apply(SetSettings(Settings(solver=chosen.solver)))
        return circuit

    def open(self) -> None:
        """Ask for a circuit and open it."""

        def go_on() -> None:
            path = ask.ask_open(self._window, self._folder)
            if path is not None:
                self.open_path(path)

        self._unless_unsaved(go_on)

    def open_known(self, path: Path) -> None:
        """Open a file that need not be asked for."""
        self._unless_unsaved(lambda: self.open_path(path))

    def open_example(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Open an example as a copy, let it run, and go on."""
        self._unless_unsaved(lambda: self.open_path(path, then, as_copy=True))

    def open_path(self, path: Path, then: Callable[[], None] | None = None, *, as_copy: bool = False) -> None:
        """Open a file, let it run, and go on; of a file of another kind it is asked how to read it."""
        if is_foreign(path):
            self.import_path(path, read=self._import_now)
            return

        def opened() -> None:
            self._document.play()
            if then is not None:
                then()

        open_file(self._document, path, opened, as_copy=as_copy)

    def ask_import(self) -> None:
        """Ask for a file of another kind, then how to read it."""
        path = ask.ask_import(self._window, self._folder)
        if path is not None:
            self.import_path(path)

    def import_path(self, path: Path, read: Callable[[Path, Mapping[str, Any]], None] | None = None) -> None:
        """Ask how to read a file of another kind, as far as it does not tell, and read it.

        A table goes into the inputs that its columns name.

        Args:
            path: The file.
            read: Reads it with the options that were chosen; None is `import_known`.
        """
        if is_table(path):
            load_tables(self._document, path)
            return
        try:
            form = reader(path)
        except InputError as error:
            self._document.refuse(error.issues[0])
            return

        def show(questions: Questions | None) -> None:
            dialog = ImportDialog(self._window, path, form, questions)
            dialog.chosen.connect(lambda options: (read or self.import_known)(path, options))
            dialog.show()

        if form.ask is None:
            show(None)
        else:
            ask_about(self._document, path, show)

    def import_known(self, path: Path, options: Mapping[str, Any]) -> None:
        """Turn a file of another kind into a circuit."""
        self._unless_unsaved(lambda: self._import_now(path, options))

    def _import_now(self, path: Path, options: Mapping[str, Any]) -> None:
        """The same where unsaved changes were asked about before."""
        import_file(self._document, path, options, lambda reading: self._imported(path, reading))

    def _imported(self, path: Path, reading: Reading) -> None:
        circuit = reading.circuit
        parts = [counted(len(circuit.neurons), "neuron"), counted(len(circuit.synapses), "synapse")]
        told = f"{path.name}: {', '.join(parts)}"
        self._document.set_notice(f"Read {told}")
        self.report.tell(told, reading.report)
        self._document.play()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save, under a name that is asked for if there is none."""
        if self._document.path is None:
            self.save_as(then)
        else:
            save_file(self._document, self._document.path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a name and save."""
        path = ask.ask_save(self._window, self._folder / f"{self._document.file_stem}{ask.SUFFIX}")
        if path is not None:
            save_file(self._document, path, then)

    def may_leave(self, leave: Callable[[], None]) -> bool:
        """True if the window may close at once; else `leave` is called once everything is saved."""
        if not self._document.dirty:
            return True
        may_keep = self._document.path is None and self._session.can_keep
        answer = ask.ask_unsaved(self._window, self._document.name, may_keep=may_keep)
        if answer is ask.Answer.SAVE:
            self.save(leave)
        self.given_up = answer is ask.Answer.DISCARD
        return answer in (ask.Answer.DISCARD, ask.Answer.KEEP)
