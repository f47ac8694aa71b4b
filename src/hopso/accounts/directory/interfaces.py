"""What a directory is to the house, and how an administrator sets it."""

from hopso import _
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


BY_EMAIL, BY_LOGIN = "email", "login"
WAYS_TO_MATCH = SimpleVocabulary(
    [
        SimpleTerm(BY_EMAIL, BY_EMAIL, _("by the official e-mail address")),
        SimpleTerm(BY_LOGIN, BY_LOGIN, _("by the login name")),
    ]
)


class IPasswordDirectory(Interface):
    """A utility that checks passwords elsewhere (LDAP)."""

    def check(login, password):
        """Return the Person whose name and password these are, None if they are nobody's.

        Raises Unreachable.
        """

    def find(uid):
        """Return the Person with a uid, None if there is none.  Raises Unreachable."""

    def test():
        """Return how many people are found.  Raises Unreachable with the reason."""


class IDirectorySettings(Interface):
    """Kept in the registry; the addresses and secrets of servers are with their plug-ins."""

    ldap_on = schema.Bool(
        title=_("People may log in with the password of the directory (LDAP)"), default=False
    )
    oidc_on = schema.Bool(title=_("People may log in by the login portal (OpenID Connect)"), default=False)
    match = schema.Choice(
        title=_("How a person of the directory is matched to an account for the first time"),
        description=_(
            "Afterwards the two stay linked, whatever the directory says about names and addresses."
        ),
        vocabulary=WAYS_TO_MATCH,
        default=BY_EMAIL,
    )
    exclusive = schema.Bool(
        title=_("Who is linked to the directory no longer logs in with a password kept here"),
        default=True,
    )
    take_over = schema.Bool(
        title=_("Take over name, e-mail address and telephone from the directory"),
        default=False,
    )
    portal_title = schema.TextLine(
        title=_("What the button on the login page says"), default="", required=False, max_length=60
    )
