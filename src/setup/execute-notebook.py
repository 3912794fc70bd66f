"""Runs a notebook from top to bottom on the kernel `tslab` and writes it, with its HTML, as executed.

    python execute-notebook.py <notebook> --to <executed.ipynb> --html <page.html> --home <repository> --title <title>
        --style <page.css> --script <page.js> [--timeout <seconds>]

Progress is one JSON line an event on stdout: {"event": "cell", "cell", "of"}, {"event": "done", "cell", "seconds"},
{"event": "error", "cell", "source", "ename", "evalue", "traceback"}, {"event": "written", "notebook", "html"}.
A cell's number is the [n] that Jupyter writes beside it. Both files are written also if a cell fails; then the exit code is 1.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent / "notebooks"))
from page import remove_figures, render_page  # noqa: E402

# The kernel inherits file descriptor 1, and native libraries print to it; events go to a copy.
events = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

# The kernel inherits this: charts then add a figure for the page.
os.environ["REKINDLE_NOTEBOOK_PAGE"] = "1"

# Waits for what earlier cells may have left behind; the kernel makes such an error this cell's. A cell may have its
# own `setTimeout`.
FINAL_CHECK = "await new Promise<void>((resolve) => { globalThis.setTimeout(resolve, 100); });"

def emit(event, **fields):
    print(json.dumps({"event": event, **fields}), file=events, flush=True)


class Progress:
    """Says which cell runs, and remembers it for an error."""

    def __init__(self, notebook):
        self.total = sum(is_runnable(cell) for cell in notebook.cells)
        self.number = 0
        self.source = ""
        self.traceback = []
        self.started = 0.0

    def on_start(self, cell, cell_index):
        if cell.source != FINAL_CHECK:
            self.number += 1
            self.source = cell.source
            self.started = time.monotonic()
            emit("cell", cell=self.number, of=self.total)

    def on_error(self, cell, cell_index, execute_reply):
        self.traceback = execute_reply["content"].get("traceback", [])

    def on_end(self, cell, cell_index, execute_reply):
        if cell.source != FINAL_CHECK and execute_reply["content"]["status"] == "ok":
            emit("done", cell=self.number, seconds=round(time.monotonic() - self.started, 3))


def is_runnable(cell):
    return cell.cell_type == "code" and cell.source.strip() != ""


def execute(notebook, home, timeout):
    """Runs the cells and returns the error that stopped them, or None."""
    progress = Progress(notebook)
    final = nbformat.v4.new_code_cell(FINAL_CHECK)
    notebook.cells.append(final)
    client = NotebookClient(
        notebook,
        kernel_name="tslab",
        timeout=timeout,
        startup_timeout=120,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(home)}},
        on_cell_execute=progress.on_start,
        on_cell_executed=progress.on_end,
        on_cell_error=progress.on_error,
    )
    try:
        client.execute()
        return None
    except CellExecutionError as error:
        failure = (error.ename, error.evalue)
    except CellTimeoutError:
        failure = ("CellTimeoutError", f"The cell did not end within {timeout} seconds")
    except DeadKernelError:
        failure = ("DeadKernelError", "The kernel died, perhaps for lack of memory")
    finally:
        notebook.cells.remove(final)
    ename, evalue = failure
    if final.outputs:
        keep_final_outputs(notebook, final)
    return {
        "cell": progress.number,
        "source": progress.source,
        "ename": ename,
        "evalue": evalue,
        "traceback": progress.traceback,
    }


def keep_final_outputs(notebook, final):
    """An error that came after the last cell is shown below it."""
    last = [cell for cell in notebook.cells if is_runnable(cell)][-1:]
    for cell in last:
        cell.outputs.extend(final.outputs)


def write_atomically(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def end_with(parent):
    """Ends this process soon after the one that started it; the kernel then does the same."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def main():
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--html", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--style", type=Path, required=True)
    parser.add_argument("--script", type=Path, required=True)
    parser.add_argument("--timeout", type=int, default=600)
    arguments = parser.parse_args()

    notebook = nbformat.read(arguments.notebook, as_version=4)
    error = None
    try:
        error = execute(notebook, arguments.home.resolve(), arguments.timeout)
    finally:
        style, script = (path.read_text(encoding="utf-8") for path in (arguments.style, arguments.script))
        page = render_page(notebook, arguments.title, style, script)
        remove_figures(notebook)
        write_atomically(arguments.to, nbformat.writes(notebook) + "\n")
        write_atomically(arguments.html, page)
        emit("written", notebook=str(arguments.to), html=str(arguments.html))
    if error is not None:
        emit("error", **error)
        sys.exit(1)


main()
