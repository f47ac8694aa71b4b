"""Text of a page's picture with Tesseract, in Vietnamese and English."""

from functools import lru_cache
import shutil
import subprocess

from hopso.documents.convert.process import limited
from hopso.documents.convert.process import running


MEMORY = 2 * 1024**3


@lru_cache(maxsize=1)
def languages() -> str:
    """Return ``vie+eng`` or what is installed of it; empty if OCR is not possible here."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return "+".join(one for one in ("vie", "eng") if one in known.stdout.split())


def read_text(picture, seconds: int) -> str:
    """Return the text in *picture* (path); empty if there is none or it takes longer than *seconds*."""
    wanted = languages()
    if not wanted:
        return ""
    command = [shutil.which("tesseract"), str(picture), "stdout", "-l", wanted, "--psm", "3"]
    command = limited(command, memory=MEMORY, cpu=seconds, file_size=64 * 1024**2)
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"}
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with running(command, env=environment, **options) as process:
        try:
            output, _errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return ""
    return output.decode("utf-8", "replace").replace("\x0c", "").strip() if process.returncode == 0 else ""
