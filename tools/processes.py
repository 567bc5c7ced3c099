"""Finding and ending the processes of one run, also when their parents were killed."""

import contextlib
import os

import psutil

MARK = "LIENCAP_RUN"  # in the environment of every process that a run starts


def marked(value: str) -> list[psutil.Process]:
    """Return the processes that carry this run's mark, without us and our parents."""
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid not in own and process.environ().get(MARK) == value:
                found.append(process)
    return found


def end_marked(value: str, patience: float = 10) -> int:
    """End all processes of a run, politely at first; return how many there were."""
    processes = marked(value)
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(processes, timeout=patience)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=5)
    return len(processes)
