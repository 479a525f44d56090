"""gunicorn behind nginx: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`.

gunicorn is not in our lock: whoever runs it installs it beside (see README.md here).
"""

import os
import subprocess
import sys
from pathlib import Path

bind = os.environ.get("KELAS_BIND", "unix:/run/kelas/web.sock")
umask = 0o007  # the group of the socket may use it: nginx is in it
worker_class = "gthread"  # a slow phone holds a thread, never a process
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))  # processor cores
threads = 8  # each may hold one connection to the database: 8 + 4 a process
timeout = 60  # seconds without a sign of life of a process
graceful_timeout = 30  # to finish what is in flight, as `lms serve` does
keepalive = 75  # nginx keeps its connections open
max_requests, max_requests_jitter = 20_000, 2_000
preload_app = False  # connections to the database are never shared by processes
control_socket = "/run/kelas/gunicorn.ctl"  # of gunicorn 25 and later
worker_tmp_dir = "/dev/shm"  # noqa: S108  (a beat in memory, as gunicorn advises)
accesslog = None  # the application writes one line a request, without names
errorlog = "-"

CHECK = (
    "from wsgi import app\n"
    "from lms.server import check_ready\n"
    "check_ready(app)\n"
)  # fmt: skip


def on_starting(_server) -> None:
    """Refuse what `lms serve` refuses: old tables, demo people on a real address.

    In a process of its own, so that nothing of it is shared with those that serve.
    """
    root = Path(__file__).resolve().parents[1]
    found = subprocess.run([sys.executable, "-c", CHECK], cwd=root, check=False)  # noqa: S603  (our own words)
    if found.returncode:
        sys.exit(found.returncode)
