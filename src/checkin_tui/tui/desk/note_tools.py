"""What can be done with the note in the editor besides typing: read it, look at its versions, write it elsewhere."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import clean_lines
from checkin_tui.i18n import _
from checkin_tui.tui.safe import plain
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.desk.open_note import OpenNote
    from checkin_tui.tui.screens.writing import WritingScreen


class NoteTools:
    """Opens the dialogs about a note."""

    def __init__(self, screen: WritingScreen) -> None:
        self.screen = screen

    @property
    def _name(self) -> str:
        note, register = self.screen.desk.note, self.screen.register
        person = None if note is None or register is None else register.model.person(note.member_id)
        return "" if person is None else person.name

    def versions(self) -> None:
        """Every version of the note; one of them may be brought back."""
        self.screen.desk_app.gate.after(self._versions())

    async def _versions(self) -> None:
        from checkin_tui.tui.screens.versions import VersionsDialog

        register, note, name = self.screen.register, self.screen.desk.note, self._name
        try:
            versions = await self.screen.desk.others.read_versions()
        except CheckInError as error:
            self.screen.tell(error)
            return
        if register is None or note is None or note is not self.screen.desk.note:
            return
        if not versions:
            self.screen.say(BannerValue("info", _("Nothing was written yet, so there are no versions.")))
            return
        dialog = VersionsDialog(name, versions, zone=register.zone)
        self.screen.people.open(dialog, lambda text: self._bring_back(note, text))

    def _bring_back(self, note: OpenNote, text: str) -> None:
        if note is not self.screen.desk.note:
            self._trouble(_("Another note is open now. Nothing was brought back."))
            return
        self.screen.desk.replace(text)
        self.screen.say(BannerValue("info", _("The version was brought back; the one before is kept.")))

    def preview(self) -> None:
        """The note as it will be printed."""
        from checkin_tui.tui.screens.note_page import NotePage

        self.screen.desk.save()
        self.screen.people.open(NotePage(self._name, self.screen.editor.text), lambda _none: None)

    def external(self) -> None:
        """Write the note in the program of $VISUAL or $EDITOR; what it leaves behind is a revision."""
        environment = self.screen.desk_app.environment
        command = environment.get("VISUAL") or environment.get("EDITOR") or ""
        try:
            words = shlex.split(command)
        except ValueError:
            words = []
        if not words:
            self._trouble(_("Neither $VISUAL nor $EDITOR names an editor. Nothing changed."))
            return
        self.screen.desk.save()
        before = self.screen.editor.text
        after = self._written_elsewhere(words, before)
        if after is None:
            return
        if clean_lines(after) == before:
            self.screen.say(BannerValue("info", _("Nothing was changed in the editor.")))
            return
        self.screen.desk.replace(clean_lines(after))
        self.screen.say(BannerValue("info", _("The text of the editor was taken over.")))

    def _written_elsewhere(self, words: list[str], before: str) -> str | None:
        """What the editor made of the text; None after saying why there is nothing."""
        folder = Path(tempfile.mkdtemp(prefix="checkin-note-"))  # only for this user
        path = folder / "note.md"
        path.touch(mode=0o600)
        path.write_text(before, encoding="utf-8")
        trouble = ""
        after: str | None = None
        try:
            with self.screen.app.suspend():
                if subprocess.run([*words, str(path)], check=False).returncode:
                    trouble = _("{program} ended with an error.")
            after = path.read_bytes().decode("utf-8-sig")
        except SuspendNotSupported:
            trouble = _("This terminal cannot be lent to another program.")
        except UnicodeDecodeError:
            trouble = _("What {program} left behind is no UTF-8 text.")
        except OSError:
            trouble = _("{program} could not be started, or left no file behind.")
        if not trouble:
            rmtree(folder, ignore_errors=True)
            return after
        text = trouble.format(program=words[0]) + " " + _("Nothing changed.")
        if after is None or after != before:  # whatever it says, nobody else has it
            text += " " + _("What it wrote is in {path}.").format(path=plain(str(path)))
        else:
            rmtree(folder, ignore_errors=True)
        self._trouble(text)
        return None

    def _trouble(self, text: str) -> None:
        self.screen.hands.trouble(BannerValue("trouble", f"! {text}"))
