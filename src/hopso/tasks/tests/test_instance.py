"""The scripts of instance/: what they write, and the one clear line when something is in the way."""

import importlib
import os
from pathlib import Path
import socket
import stat
import subprocess
import sys
from types import SimpleNamespace

import hopso
import pytest


ROOT = Path(hopso.__file__).parents[2]
INSTANCE = ROOT / "instance"
pytestmark = pytest.mark.skipif(not INSTANCE.is_dir(), reason="only in a checkout")


@pytest.fixture
def scripts(monkeypatch):
    """Import a module of instance/ by name."""
    monkeypatch.syspath_prepend(str(INSTANCE))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    names = ("common", "layout", "processes", "run", "prepare", "test", "bench")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield importlib.import_module
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture
def layout(scripts, tmp_path):
    return scripts("layout").Layout(tmp_path / "home", "127.0.0.1", 8080)


def run(script, *arguments, **env):
    """Run a script and return what came out."""
    return subprocess.run(
        [sys.executable, str(INSTANCE / script), *arguments],
        env=os.environ | {"LC_ALL": "C.UTF-8"} | env,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )


def test_configuration(layout):
    layout.write()
    zope = layout.zope_conf.read_text()
    assert "@" not in zope.replace("@@", "")
    assert f"server {layout.home}/zeo.sock" in zope
    assert "zope_i18n_compile_mo_files true" in zope
    assert "listen = 127.0.0.1:8080" in (layout.home / "etc" / "wsgi.ini").read_text()
    assert f"address {layout.socket}" in (layout.home / "etc" / "zeo.conf").read_text()
    (layout.home / "filestorage" / "Data.fs").write_text("kept")
    layout.write()
    assert (layout.home / "filestorage" / "Data.fs").read_text() == "kept"


def test_environment(layout, monkeypatch):
    monkeypatch.delenv("HOPSO_QUEUE", raising=False)
    assert layout.environment()["HOPSO_QUEUE"] == str(layout.home / "hopso-queue.sqlite")
    assert layout.environment()["HOPSO_URL"] == "http://localhost:8080/hopso"
    monkeypatch.setenv("HOPSO_QUEUE", "redis://queue/1")
    assert layout.environment()["HOPSO_QUEUE"] == "redis://queue/1"


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:80/hopso"), ("hop.tinh.vn", "http://hop.tinh.vn:80/hopso")],
)
def test_address(scripts, host, url):
    assert scripts("layout").Layout(Path("/srv"), host, 80).url == url


def test_a_deep_folder_has_its_socket_elsewhere(scripts, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    deep = scripts("layout").Layout(Path("/srv") / ("x" * 120), "localhost", 80)
    assert len(str(deep.socket)) < 108
    assert deep.socket == deep.socket
    assert stat.S_IMODE(deep.socket.parent.stat().st_mode) == 0o700


def test_password_is_for_the_owner_only(scripts, tmp_path):
    path = tmp_path / "admin-password"
    scripts("run").make_password(path)
    made = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made.strip()) >= 16
    scripts("run").make_password(path)
    assert path.read_text() == made


def test_port_in_use_is_one_line(scripts, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        name = f"test-{os.getpid()}"
        try:
            done = run("run.py", "--port", str(port), "--name", name)
            viet = run("run.py", "--port", str(port), "--name", name, LC_ALL="vi_VN.UTF-8")
        finally:
            subprocess.run(["rm", "-rf", str(ROOT / "var" / name)])
    assert done.returncode == 1
    assert done.stderr == f"Họp Số cannot start: port {port} is in use; try make run PORT={port + 1}\n"
    assert f"cổng {port} đang được dùng" in viet.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--port", "http"), "'http' is no port"),
        (("--port", "70000"), "'70000' is no port"),
        (("--demo", "maybe"), "neither yes nor no"),
        (("--language", "fr"), "invalid choice"),
    ],
)
def test_bad_options(arguments, said):
    done = run("run.py", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_runs_once(scripts, layout):
    first = scripts("run").claim(layout)
    with pytest.raises(scripts("common").Trouble, match="http://localhost:8080/hopso"):
        scripts("run").claim(layout)
    first.close()
    scripts("run").claim(layout).close()


def test_no_space(scripts, tmp_path, monkeypatch):
    common = scripts("common")
    monkeypatch.setattr(common.shutil, "disk_usage", lambda folder: SimpleNamespace(free=3 * 2**20))
    with pytest.raises(common.Trouble, match="has 3 MB free, 500 MB are needed"):
        common.check_space(tmp_path / "not" / "there", 500)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("NewConnectionError: Network is unreachable", "the first run needs the network"),
        ("OSError: [Errno 28] No space left on device", "no space left on the disk"),
        ("SyntaxError", "sh failed, see"),
    ],
)
def test_a_step_that_fails_tells_why(scripts, tmp_path, monkeypatch, told, said):
    prepare = scripts("prepare")
    monkeypatch.setattr(prepare, "LOG", ROOT / "var" / "log" / f"test-{os.getpid()}.log")
    try:
        with pytest.raises(scripts("common").Trouble, match=said):
            prepare.step(["sh", "-c", f"echo '{told}'; exit 3"])
    finally:
        prepare.LOG.unlink()


def test_an_old_python_is_told(scripts, monkeypatch):
    prepare = scripts("prepare")
    monkeypatch.setattr(prepare.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    with pytest.raises(
        scripts("common").Trouble, match=r"Python 3\.11, 3\.12 or 3\.13 is needed, python3 is 3\.9"
    ):
        prepare.check_python()


def test_missing_venv_is_told(scripts, monkeypatch, tmp_path):
    prepare = scripts("prepare")
    monkeypatch.setattr(prepare, "VENV", tmp_path / "venv")
    monkeypatch.setattr(prepare, "quiet", lambda command: False)
    monkeypatch.setattr(prepare, "apt_install", lambda packages, log: False)
    with pytest.raises(scripts("common").Trouble, match="sudo apt-get install python3-venv"):
        prepare.virtualenv()


def test_missing_programs_are_named_not_fatal(scripts, monkeypatch, tmp_path, capsys):
    prepare = scripts("prepare")
    tried = []
    # Beside it stands the note of what was tried.
    monkeypatch.setattr(prepare, "LOG", tmp_path / "log" / "prepare.log")
    monkeypatch.setattr(prepare, "has", lambda name: False)
    monkeypatch.setattr(prepare, "apt_install", lambda packages, log: tried.append(packages))
    for _ in "ab":
        prepare.programs({"soffice": ("libreoffice-writer-nogui",)})
    assert tried == [["libreoffice-writer-nogui"]]
    assert capsys.readouterr().out.count("sudo apt-get install libreoffice-writer-nogui") == 2


@pytest.mark.parametrize(
    ("chosen", "command"),
    [
        ("tasks", ("bin/pytest", "src/hopso/tasks")),
        ("src/hopso/tasks/tests/test_queue.py", ("bin/pytest", "src/hopso/tasks/tests/test_queue.py")),
        (
            "src/hopso/tasks/tests/test_queue.py::test_commit_queues",
            ("bin/pytest", "src/hopso/tasks/tests/test_queue.py::test_commit_queues"),
        ),
        ("some keyword", ("bin/pytest", "src", "-k", "some keyword")),
    ],
)
def test_choosing_tests(scripts, chosen, command):
    program, *rest = scripts("test").command_for(chosen)
    assert (os.path.relpath(program, ROOT), *rest) == command


def test_choosing_a_suite(scripts, monkeypatch, tmp_path):
    test = scripts("test")
    monkeypatch.setattr(test, "ROOT", tmp_path)
    (tmp_path / "acceptance-tests").mkdir()
    (tmp_path / "acceptance-tests" / "approve.robot").touch()
    for chosen in ("approve.robot", "acceptance-tests/approve.robot"):
        assert test.command_for(chosen) == (
            tmp_path / "acceptance-tests" / "run",
            "acceptance-tests/approve.robot",
        )


def test_an_unknown_benchmark_is_told():
    done = run("bench.py", NAME="nothing-of-that-kind")
    assert done.returncode == 1
    assert "NAME= must be one of" in done.stderr


def test_the_supervisor_restarts_gives_up_and_stops(scripts, tmp_path, capsys):
    processes = scripts("processes")
    supervisor = processes.Supervisor()
    steady = supervisor.add(
        processes.Process("steady", ["sleep", "60"], tmp_path / "steady", dict(os.environ))
    )
    supervisor.add(
        processes.Process("dying", ["sh", "-c", "echo reason"], tmp_path / "dying", dict(os.environ))
    )
    with pytest.raises(scripts("common").Trouble, match=r"(?s)dying keeps ending.*reason"):
        supervisor.watch()
    assert capsys.readouterr().out.count("it is started again") == processes.DEATHS - 1
    assert steady.alive
    supervisor.stop()
    assert not steady.alive
