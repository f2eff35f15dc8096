"""gunicorn's settings while it is measured: the worker writes down its process id, so that its time can be read."""

import os
from pathlib import Path
from typing import Any


def post_fork(server: Any, worker: Any) -> None:
    Path(os.environ["BENCH_WORKER_FILE"]).write_text(str(worker.pid))
