"""``bin/hopso-site``: make the site, name the demo accounts, tell how things stand.

    hopso-site create --conf zope.conf [--id hopso] [--title …] [--policy binh-dinh]
                      [--language vi] [--demo yes|no] [--admin-password-file FILE]
    hopso-site accounts [--url http://localhost:8080/hopso]
    hopso-site status --conf zope.conf [--id hopso]

Zope is imported by the sub-commands that need it only.
"""

import argparse
from pathlib import Path
import sys


SITE_ID = "hopso"


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    main = argparse.ArgumentParser(prog="hopso-site", description="Make and look at a site of Họp Số.")
    commands = main.add_subparsers(dest="command", required=True)
    create = commands.add_parser("create", help="make the site; does nothing if it exists")
    create.add_argument("--conf", required=True, type=Path, help="zope.conf of the instance")
    create.add_argument("--id", default=SITE_ID, help="id of the site (default: %(default)s)")
    create.add_argument("--title", default="Họp Số", help="title of the site")
    create.add_argument("--policy", default="binh-dinh", help="regulation in force")
    create.add_argument("--language", default="vi", choices=("vi", "en"))
    create.add_argument("--demo", default="no", choices=("yes", "no"), help="with an invented province")
    create.add_argument(
        "--admin-password-file",
        type=Path,
        help="the password of Zope's “admin”; the file is made, with a random one, if it is missing",
    )
    status = commands.add_parser("status", help="tell what is there; exit code 1 without a site")
    status.add_argument("--conf", required=True, type=Path)
    status.add_argument("--id", default=SITE_ID)
    accounts = commands.add_parser("accounts", help="print the demo accounts")
    accounts.add_argument("--url", default="", help="address to print above the table")
    return main


def main(args=None) -> int:
    """Carry out the command line *args*; return the exit code."""
    wanted = parser().parse_args(args)
    return {"create": create, "status": status, "accounts": accounts}[wanted.command](wanted)


def create(wanted) -> int:
    """Make the site unless it exists; exit code 2 for bad parameters."""
    from hopso.distribution import making

    if not wanted.conf.is_file():
        return _fail(f"no such file: {wanted.conf}")
    answers = {
        "site_id": wanted.id,
        "title": wanted.title,
        "policy": wanted.policy,
        "default_language": wanted.language,
        "setup_content": wanted.demo == "yes",
    }
    with making.zope(wanted.conf) as app:
        if wanted.admin_password_file is not None:
            making.ensure_admin(app, wanted.admin_password_file)
        try:
            made = making.ensure_site(app, answers)
        except ValueError as error:
            return _fail(str(error))
        _say(f"site /{wanted.id} is ready" if made else f"site /{wanted.id} exists already, nothing to do")
    return 0


def status(wanted) -> int:
    """Print a few figures; exit code 1 without a site."""
    from hopso.distribution import making

    if not wanted.conf.is_file():
        return _fail(f"no such file: {wanted.conf}")
    with making.zope(wanted.conf) as app:
        figures = making.figures(app, wanted.id)
    if figures is None:
        _say(f"no site /{wanted.id}")
        return 1
    for name, value in figures.items():
        _say(f"{name}: {value}")
    return 0


def accounts(wanted) -> int:
    """Print the demo accounts as a table."""
    from hopso.distribution.demo.accounts import table

    if wanted.url:
        _say(f"{wanted.url}\n")
    _say(table())
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"hopso-site: {text}\n")
    return 2
