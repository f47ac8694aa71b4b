"""The few values of the policy that documents ask for."""

from hopso.documents.convert.engine import Limits
from hopso.policy.api import policy_for


def classified_policy(context) -> str:
    """Return forbid, no_documents or with_plan."""
    return policy_for(context).classified_policy


def marker_action(context) -> str:
    """Return refuse or warn: what follows from a secrecy stamp in a file."""
    return policy_for(context).marker_level


def max_bytes(context) -> int:
    """Return how large an uploaded file may be, in bytes."""
    return policy_for(context).max_upload_mb * 1024 * 1024


def limits(context) -> Limits:
    """Return what the conversion of one file may cost."""
    return Limits(pages=policy_for(context).max_pages)
