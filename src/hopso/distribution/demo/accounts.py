"""The accounts for trying things, as they are printed and documented."""

from hopso.distribution.demo import data


# Public on purpose: it opens nothing but the invented province.
PASSWORD = "Hai-Son#2026-Hop-So"  # noqa: S105
DOMAIN = "haison.example"


def accounts() -> list[dict]:
    """Return the accounts worth trying: user, fullname, role, password, try."""
    names = {one["id"]: one["fullname"] for one in data.people()}
    return [{**one, "fullname": names[one["user"]], "password": PASSWORD} for one in data.records("accounts")]


def table() -> str:
    """Return the demo accounts as a plain text table, Vietnamese."""
    rows = [("Tài khoản", "Vai trò", "Thử việc gì")]
    rows += [(one["user"], one["role"], one["try"]) for one in accounts()]
    widths = [max(len(row[number]) for row in rows) for number in range(2)]
    lines = [f"{first:<{widths[0]}}  {second:<{widths[1]}}  {third}" for first, second, third in rows]
    lines.insert(1, "-" * max(map(len, lines)))
    return f"Mật khẩu chung của các tài khoản trình diễn: {PASSWORD}\n\n" + "\n".join(lines)
