"""What is switched on by the configuration alone, as in a running site."""

import subprocess
import sys


def test_views_bring_their_operations_and_jobs():
    # A process of its own: tests import everything.
    code = (
        "import hopso.calendars.views.week, hopso.calendars.views.addresses\n"
        "from hopso.core.operation import registered\n"
        "from hopso.tasks.jobs import job_names\n"
        "print(*[one.name for one in registered()], *job_names())"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = {"calendar.publish_week", "calendar.print_week", "calendar.subscribe", "calendar.unsubscribe"}
    assert wanted | {"calendars.week_pdf", "calendars.tidy"} <= set(done.stdout.split())
