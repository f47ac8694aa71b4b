"""Office files and plain text to PDF with LibreOffice."""

from pathlib import Path
import shutil
import subprocess
import tempfile

from hopso.documents.convert import fonts
from hopso.documents.convert.process import ConversionError
from hopso.documents.convert.process import limited
from hopso.documents.convert.process import running


MEMORY = 4 * 1024**3
FILE_SIZE = 1024**3
SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)
FILTERS = {"txt": ["--infilter=Text (encoded):UTF8,LF,,,"]}


def program() -> str | None:
    """Return the path of LibreOffice, None if it is missing."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def profile_text() -> str:
    """Return the settings of a run: no macro, no link that is followed, no way into the network."""
    items = [
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + "\n".join(items) + "</oor:items>\n"
    )


def to_pdf(source: Path, extension: str, folder: Path, seconds: int) -> Path:
    """Return the PDF that LibreOffice makes of *source*, inside of *folder*.

    Each run has a profile of its own: no shared lock, no trace of the run
    before.  Raises ConversionError: no_office, timeout (after *seconds*), damaged.
    """
    office = program()
    if office is None:
        raise ConversionError("no_office")
    work = Path(tempfile.mkdtemp(prefix="office-", dir=folder))
    profile = work / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(profile_text(), "utf-8")
    # The name of the uploaded file never reaches a command line.
    named = work / f"document.{extension}"
    if extension == "txt":
        named.write_text(decode(Path(source).read_bytes()), "utf-8")
    else:
        shutil.copyfile(source, named)
    command = [
        *(office, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation={profile.as_uri()}",
        *FILTERS.get(extension, []),
        *("--convert-to", "pdf", "--outdir", str(work / "out"), str(named)),
    ]
    (work / "fonts.conf").write_text(fonts.configuration(work / "fonts"), "utf-8")
    environment = {
        "FONTCONFIG_FILE": str(work / "fonts.conf"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(work),
        "TMPDIR": str(work),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    command = limited(command, memory=MEMORY, cpu=seconds, file_size=FILE_SIZE)
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with running(command, cwd=work, env=environment, **options) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise ConversionError("timeout") from None
    made = work / "out" / "document.pdf"
    if not made.is_file() or made.stat().st_size == 0:
        raise ConversionError("timeout" if process.returncode in (-9, -24, 137, 152) else "damaged")
    return made


def decode(data: bytes) -> str:
    """Return plain text as people's editors write it: UTF-8, UTF-16 or the Vietnamese of Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
