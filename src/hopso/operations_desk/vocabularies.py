"""Choices of the desk."""

from hopso import _
from hopso.organisation.vocabularies import simple
from hopso.policy.api import current_policy
from hopso.policy.register import catalogue
from hopso.policy.register import rules_in_force
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


IncidentKinds = simple(
    ("login", _("Cannot log in")),
    ("document", _("Document cannot be opened")),
    ("device", _("Tablet or terminal broken")),
    ("sound", _("Sound or microphone")),
    ("picture", _("Screen or camera")),
    ("network", _("Network")),
    ("power", _("Power")),
    ("security", _("Information security")),
    ("other", _("Something else")),
)
# NT-7.1.d, NT-8.2, NA-8.1: what a provider answers for is told from the rest.
IncidentCauses = simple(
    ("line", _("Line")),
    ("power", _("Power")),
    ("device", _("Device")),
    ("software", _("Software")),
    ("people", _("Operation by people")),
    ("other", _("Something else")),
)
FeedbackCategories = simple(
    ("regulation", _("Regulation")),
    ("software", _("Software")),
    ("equipment", _("Equipment and lines")),
    ("training", _("Guidance and training")),
    ("other", _("Something else")),
)
DataRequestKinds = simple(("correct", _("Correct my data")), ("erase", _("Erase my data")))
SHOWN = 90


def rule_title(rule_id: str) -> str:
    """Return ``Điều 12 khoản 3 điểm dd: text``, shortened; the id itself if nobody knows it."""
    one = catalogue().get(rule_id)
    if one is None:
        return rule_id
    text = one.text if len(one.text) <= SHOWN else f"{one.text[:SHOWN].rstrip()}…"
    return f"{one.article}: {text}"


@provider(IVocabularyFactory)
def Rules(context):
    """The rules in force, in the order of the regulation."""
    return SimpleVocabulary(
        [SimpleTerm(one.id, one.id, rule_title(one.id)) for one in rules_in_force(current_policy())]
    )
