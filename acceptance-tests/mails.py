"""Robot keywords about mail that was delivered to the mail server of the tests."""

import email
from email.header import decode_header
from email.header import make_header
from pathlib import Path

from robot.libraries.BuiltIn import BuiltIn


def mail_should_have_come_to(address: str, text: str) -> None:
    """Fail unless a mail to *address* says *text* in its subject."""
    folder = BuiltIn().get_variable_value("${MAILS}")
    if not folder:
        raise AssertionError("Start the stories with acceptance-tests/run, which brings a mail server.")
    subjects = [
        str(make_header(decode_header(message["Subject"] or "")))
        for message in map(
            email.message_from_bytes, (path.read_bytes() for path in Path(folder).glob("*.eml"))
        )
        if address in (message["To"] or "")
    ]
    if not any(text in " ".join(subject.split()) for subject in subjects):
        raise AssertionError(f"No mail for {address} with “{text}” in its subject; there are: {subjects}")
