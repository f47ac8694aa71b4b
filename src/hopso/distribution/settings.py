"""Settings of a site that is nothing but Họp Số."""

from hopso.interfaces import IHopsoLayer
from hopso.policy.api import apply_policy
from plone import api
from plone.i18n.interfaces import ILanguageSchema
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.component import queryMultiAdapter
from zope.interface import alsoProvides


START_VIEW = "start"
DEFAULT_POLICY = "binh-dinh"
DEFAULT_LANGUAGE = "vi"
# A reserved domain: mail sent from a site that nobody has set up reaches nobody.
SENDER = "hopso@hopso.example"
# Tools that the frame of a page and the login form look up by path; they hold no content.
PUBLIC_TOOLS = (
    "MailHost",
    "mimetypes_registry",
    "plone_utils",
    "portal_actions",
    "portal_languages",
    "portal_membership",
    "portal_properties",
    "portal_registration",
    "portal_registry",
    "portal_url",
    "portal_workflow",
    "translation_service",
)


def apply_answers(site, answers: dict) -> None:
    """Set title, language, policy, sender and start page as the *answers* say."""
    registry = getUtility(IRegistry)
    title = answers.get("title") or "Họp Số"
    language = answers.get("default_language") or DEFAULT_LANGUAGE
    site.manage_changeProperties(title=title, description=answers.get("description", ""))
    site.setLanguage(language)
    registry["plone.site_title"] = title
    languages = registry.forInterface(ILanguageSchema, prefix="plone")
    languages.default_language = language
    if not registry.get("plone.email_from_address"):
        registry["plone.email_from_address"] = SENDER
        registry["plone.email_from_name"] = title
    choose_policy(answers.get("policy") or DEFAULT_POLICY)
    show_start_page(site)


def choose_policy(name: str) -> None:
    """Put the policy *name* in force for meetings registered from now on.  Raises LookupError."""
    apply_policy(name)


def show_start_page(site) -> None:
    """Make ``@@start`` the page of the site, if it exists."""
    # The views of the add-on are for its layer, which a new site's request has not got yet.
    if not IHopsoLayer.providedBy(site.REQUEST):
        alsoProvides(site.REQUEST, IHopsoLayer)
    with api.env.adopt_roles(["Manager"]):
        view = queryMultiAdapter((site, site.REQUEST), name=START_VIEW)
    if view is not None:
        site.setLayout(START_VIEW)


def close_doors(site) -> None:
    """Take the right to make an account of one's own from everybody but managers."""
    site.manage_permission("Add portal member", ["Manager"], acquire=0)
    let_tools_be_found(site)


def let_tools_be_found(site) -> None:
    """Let Plone's templates find its tools for people who are not logged in yet.

    The site itself is closed to them, and tools take that over; without this
    the login page would send its visitors to the login page.
    """
    for name in PUBLIC_TOOLS:
        if name in site:
            site[name].manage_permission("Access contents information", ["Anonymous"], acquire=1)
