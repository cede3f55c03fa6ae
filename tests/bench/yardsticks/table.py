"""A bare DataTable of 100 rows: cursor keys, F5 changes a cell, every letter refills it."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROWS = 100


class Table(App[None]):
    """Code, name, branch, title, status, arrived."""

    BINDINGS = [("ctrl+q", "quit", "Quit"), ("f5", "mark", "Mark")]

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        self.marks = self.fills = 0
        self.fill()

    def fill(self) -> None:
        table = self.query_one(DataTable)
        table.clear(columns=True)
        for name in ("Code", "Name", "Branch", "Title", "Status", "Arrived"):
            table.add_column(name, key=name, width=14)
        for row in range(ROWS):
            code = f"{self.fills:03d}{row:03d}"
            table.add_row(code, f"Member {row}", f"Village {row % 24}", "Teacher", "-", "", key=str(row))
        table.focus()

    def action_mark(self) -> None:
        self.marks += 1
        row = self.query_one(DataTable).cursor_row
        self.query_one(DataTable).update_cell(str(row), "Status", f"present {self.marks}")

    def on_key(self, event: events.Key) -> None:
        if event.is_printable:
            self.fills += 1
            self.fill()


if __name__ == "__main__":
    Table().run()
