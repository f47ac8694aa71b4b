"""The health page: the same checks for people (``/@@health``) and for monitoring (``@health``)."""

from hopso.accounts.directory import health as directory_health
from hopso.accounts.health import codes_health
from hopso.audit import health as audit_health
from hopso.calendars.weekly.papers import health as papers_health
from hopso.notifications.health import delivered
from hopso.organisation.check import health as organisation_health
from hopso.tasks import health
from hopso.tasks.presence import workers
from hopso.tasks.queue import current_queue
from plone import api
from plone.restapi.services import Service
from Products.Five.browser import BrowserView
from zope.i18n import translate


LEVEL_TITLES = {health.GOOD: health.GOOD_TITLE, health.WARN: health.WARN_TITLE, health.BAD: health.BAD_TITLE}


def checks(context) -> list[health.Check]:
    """Carry out all checks on the site of *context*."""
    queue = current_queue()
    # Where Plone keeps the mail server; attributes of MailHost are of no account.
    mail_server = api.portal.get_registry_record("plone.smtp_host", default="") or ""
    sender = api.portal.get_registry_record("plone.email_from_address", default="") or ""
    database = context._p_jar.db() if context._p_jar is not None else None
    storage = getattr(database, "storage", None)
    return [
        health.database(_storage_title(storage), _is_connected(storage)),
        health.worker(workers(queue)),
        health.queue_length(queue.waiting(), queue.delayed()),
        health.libreoffice(),
        health.tesseract(),
        health.pdfium(),
        papers_health(),
        delivered(health.mail(mail_server, sender)),
        health.disk(health.data_folder()),
        audit_health.check(),
        organisation_health(context),
        codes_health(),
        *directory_health.checks(),
    ]


def _storage_title(storage) -> str:
    if storage is None:
        return "?"
    kind = type(storage).__name__
    return "ZEO" if kind == "ClientStorage" else kind


def _is_connected(storage) -> bool:
    asked = getattr(storage, "is_connected", None)
    return bool(asked()) if asked is not None else storage is not None


class HealthPage(BrowserView):
    """Each feature that needs something of the machine: on or off, and what to do."""

    def __call__(self):
        """Show the page; never from a cache."""
        self.request.response.setHeader("Cache-Control", "no-store")
        self.checks = checks(self.context)
        return self.index()

    def lines(self) -> list[dict]:
        """Return what the template shows of each check."""
        return [
            {
                "id": check.id,
                "title": check.title,
                "found": check.found,
                "advice": check.advice,
                "tag": f"hs-tag hs-tag--{check.level}",
                "level": LEVEL_TITLES[check.level],
            }
            for check in self.checks
        ]

    def summary(self) -> dict:
        """Return class and text of the line above."""
        worst = health.worst(self.checks)
        note = {
            health.GOOD: "hs-note",
            health.WARN: "hs-note hs-note--warn",
            health.BAD: "hs-note hs-note--bad",
        }
        return {"css": note[worst], "text": health.SUMMARIES[worst]}

    def versions(self) -> list[tuple[str, str]]:
        """Return (name, version)."""
        return list(health.versions().items())


class HealthGet(Service):
    """``GET @health``: status 200 when all works or only warnings are there, else 503."""

    def reply(self):
        """Return the checks as JSON."""
        found = checks(self.context)
        worst = health.worst(found)
        if worst == health.BAD:
            self.request.response.setStatus(503)
        self.request.response.setHeader("Cache-Control", "no-store")
        return {
            "@id": f"{self.context.absolute_url()}/@health",
            "level": worst,
            "checks": [
                {
                    "id": check.id,
                    "on": check.on,
                    "level": check.level,
                    "title": self._text(check.title),
                    "found": self._text(check.found),
                    "advice": self._text(check.advice),
                }
                for check in found
            ],
            "versions": health.versions(),
        }

    def _text(self, message) -> str:
        return translate(message, context=self.request)
