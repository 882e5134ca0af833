"""The result of the matrix as the table of docs/reliability.md."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .matrix import FAULTS, Cell

BEGIN, END = "<!-- matrix: begin -->", "<!-- matrix: end -->"
_MARKS = {"recovered": "✓", "told, then right": "told", "killed, then right": "again", "WRONG": "**wrong**"}


class Report:
    """Collects how cells went."""

    def __init__(self) -> None:
        """Begin empty."""
        self._cells: dict[str, dict[str, dict[str, str]]] = {}
        self._counts: list[tuple[str, int, int]] = []

    def add(self, cell: Cell, word: str) -> None:
        """Keep how one cell went."""
        self._cells.setdefault(cell.command, {}).setdefault(str(cell.call), {})[cell.fault] = word

    def count(self, what: str, runs: int, problems: list[str]) -> None:
        """Keep how often something else was tried and went wrong."""
        self._counts.append((what, runs, len(problems)))

    def write(self, path: Path) -> None:
        """Put the tables between the marks of the page."""
        text = path.read_text()
        before, rest = text.split(BEGIN, 1)
        path.write_text(f"{before}{BEGIN}\n{self._tables()}{END}{rest.split(END, 1)[1]}")

    def _tables(self) -> str:
        lines: list[str] = []
        for command, rows in self._cells.items():
            totals = Counter(word for row in rows.values() for word in row.values())
            shown = ", ".join(f"{count} {word}" for word, count in sorted(totals.items()))
            calls = list(rows)
            lines += [f"### `{command}`: {sum(totals.values())} cells, {shown}", ""]
            lines += ["| fault at | " + " | ".join(f"`{call.split(':', 1)[-1]}`" for call in calls) + " |"]
            lines += ["|---" * (len(calls) + 1) + "|"]
            for fault in FAULTS:
                marks = [_MARKS.get(rows[call].get(fault, ""), "") for call in calls]
                lines.append(f"| {fault} | " + " | ".join(marks) + " |")
            lines.append("")
        lines += ["### The disk, the record and two at once", "", "| what | runs | wrong |", "|---|---:|---:|"]
        lines += [f"| {what} | {runs} | {wrong} |" for what, runs, wrong in self._counts]
        return "\n".join(lines) + "\n"
