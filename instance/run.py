#!/usr/bin/env python3
"""Run Họp Số on this machine: ZEO server, one Zope instance, one worker; Ctrl-C stops all.

    python3 instance/run.py [--port 8080] [--host 127.0.0.1] [--demo yes|no] …

The first start makes the site; later ones continue with the data in var/.
"""

import argparse
import errno
import fcntl
import os
from pathlib import Path
import secrets
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import common
from common import ROOT
from common import say
from common import trouble
from layout import Layout
from processes import Process
from processes import Supervisor


BIN = ROOT / "bin"


def main() -> int:
    """Run until Ctrl-C or SIGTERM; return the exit status."""
    options = parse()
    layout = Layout((ROOT / "var" / options.name).resolve(), options.host, options.port, options.threads)
    common.check_space(layout.home, 500)
    lock = claim(layout)
    check_port(layout)
    layout.write()
    supervisor = Supervisor()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *ignored: setattr(supervisor, "stopping", True))
    try:
        start(layout, options, supervisor)
        announce(layout, options)
        supervisor.watch()
    finally:
        say("Stopping …", "Đang dừng …")
        supervisor.stop()
        lock.close()
    return 0


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=port_number, default=8080)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument("--name", default="hopso", help="folder of the data below var/")
    parser.add_argument("--threads", type=int, default=4, help="requests at a time")
    parser.add_argument("--workers", type=int, default=1, help="background jobs at a time")
    site = parser.add_argument_group("on first start")
    site.add_argument("--demo", type=yes_or_no, default="yes", help="with an invented province (yes or no)")
    site.add_argument("--title", default="Họp Số")
    site.add_argument("--policy", default="binh-dinh", help="regulation in force")
    site.add_argument("--language", default="vi", choices=("vi", "en"))
    return parser.parse_args()


def port_number(value: str) -> int:
    """Return the number of a port; what argparse calls."""
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is no port (1 to 65535)")
    return int(value)


def yes_or_no(value: str) -> str:
    """Return "yes" or "no"; people write it in many ways."""
    known = {"yes": "yes", "y": "yes", "1": "yes", "true": "yes", "có": "yes"}
    known |= {"no": "no", "n": "no", "0": "no", "false": "no", "không": "no"}
    if value.lower() not in known:
        raise argparse.ArgumentTypeError(f"{value!r} is neither yes nor no")
    return known[value.lower()]


def claim(layout: Layout):
    """Make sure that this installation runs once; the lock ends with the process."""
    layout.home.mkdir(parents=True, exist_ok=True)
    lock = (layout.home / "run.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        where = lock.read().strip()
        raise trouble(f"it runs already: {where}", f"đang chạy rồi: {where}") from None
    lock.truncate(0)
    lock.write(layout.url)
    lock.flush()
    return lock


def check_port(layout: Layout) -> None:
    """Raise Trouble if the port cannot be opened."""
    family = socket.AF_INET6 if ":" in layout.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((layout.host, layout.port))
        except OSError as error:
            raise _port_trouble(error, layout) from None


def _port_trouble(error: OSError, layout: Layout):
    port = layout.port
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8080
        return trouble(
            f"port {port} is in use; try make run PORT={other}",
            f"cổng {port} đang được dùng; hãy thử make run PORT={other}",
        )
    if error.errno == errno.EACCES:
        return trouble(
            f"port {port} needs root's rights; take one above 1023",
            f"cổng {port} cần quyền root; hãy chọn cổng trên 1023",
        )
    return trouble(
        f"{layout.host}:{port} cannot be opened: {error.strerror or error}",
        f"không mở được {layout.host}:{port}: {error.strerror or error}",
    )


def start(layout: Layout, options: argparse.Namespace, supervisor: Supervisor) -> None:
    """Start the parts in their order and wait until the login page answers."""
    env, etc, log = layout.environment(), layout.home / "etc", layout.home / "log"
    layout.socket.unlink(missing_ok=True)
    zeo = supervisor.add(Process("zeo", [BIN / "runzeo", "-C", etc / "zeo.conf"], log / "zeo.out", env))
    supervisor.wait_for(zeo, lambda: answers(layout.socket), 60)
    if not layout.site_stamp.exists():
        make_site(layout, options, supervisor)
    say("Starting …", "Đang khởi động …")
    instance = supervisor.add(
        Process("instance", [BIN / "runwsgi", etc / "wsgi.ini"], log / "instance.out", env)
    )
    command = [BIN / "hopso-worker", "--conf", layout.zope_conf, "--workers", options.workers]
    supervisor.add(Process("worker", command, log / "worker.log", env))
    supervisor.wait_for(instance, lambda: login_page(layout), 600)


def answers(path: Path) -> bool:
    """Tell whether a server listens on the socket *path*."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def make_site(layout: Layout, options: argparse.Namespace, supervisor: Supervisor) -> None:
    """Have ``hopso-site`` make the site."""
    make_password(layout.password_file)
    say(
        "Making the site (a minute or two) …" if options.demo == "yes" else "Making the site …",
        "Đang tạo trang (một, hai phút) …" if options.demo == "yes" else "Đang tạo trang …",
    )
    command = [
        *(BIN / "hopso-site", "create", "--conf", layout.zope_conf, "--title", options.title),
        *("--policy", options.policy, "--language", options.language, "--demo", options.demo),
        *("--admin-password-file", layout.password_file),
    ]
    process = Process("hopso-site", command, layout.home / "log" / "site.log", layout.environment())
    process.start()
    supervisor.processes.append(process)
    try:
        while process.running.poll() is None:
            if supervisor.stopping:
                raise KeyboardInterrupt
            try:
                process.running.wait(0.3)
            except subprocess.TimeoutExpired:
                continue
        if process.running.returncode:
            raise trouble(
                f"the site could not be made, see {process.log}\n{process.tail()}",
                f"không tạo được trang, xem {process.log}\n{process.tail()}",
            )
    finally:
        if not process.alive:
            supervisor.processes.remove(process)
    layout.site_stamp.write_text(f"{options.demo}\n")


def make_password(path: Path) -> None:
    """Write a random password that only this user can read, unless there is one."""
    if path.exists():
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(12) + "\n")


def login_page(layout: Layout) -> bool:
    """Tell whether the login page answers."""
    name = "127.0.0.1" if layout.host in ("0.0.0.0", "") else layout.host  # noqa: S104
    name = f"[{name}]" if ":" in name else name
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{name}:{layout.port}/hopso/login", timeout=60) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def announce(layout: Layout, options: argparse.Namespace) -> None:
    """Print the address and who may log in."""
    if has_demo(layout):
        subprocess.run([str(BIN / "hopso-site"), "accounts"], env=layout.environment(), check=False)
    password = layout.password_file.read_text().strip() if layout.password_file.exists() else "?"
    shown = os.path.relpath(layout.password_file)
    print()
    say(
        f"Administration of the system: admin / {password}   (kept in {shown})",
        f"Quản trị hệ thống: admin / {password}   (lưu ở {shown})",
    )
    say(
        f"Họp Số runs at {layout.url}   (Ctrl-C stops it)",
        f"Họp Số đang chạy tại {layout.url}   (Ctrl-C để dừng)",
    )


def has_demo(layout: Layout) -> bool:
    """Tell whether the site was made with the invented province."""
    return layout.site_stamp.exists() and layout.site_stamp.read_text().strip() == "yes"


if __name__ == "__main__":
    common.run_main(main)
