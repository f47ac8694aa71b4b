"""The form for a new account."""

from hopso import _
from hopso.accounts import operations
from hopso.accounts import parameters
from hopso.accounts.administration.accounts import AccountsPage
from hopso.theme.forms import AddForm
from z3c.form import field


class AccountAdd(AddForm):
    """``<unit>/@@add-account``: the account of a person who works in the unit."""

    label = _("Create an account")
    fields = field.Fields(parameters.INewAccount).select(
        "fullname",
        "email",
        "phone",
        "user",
        "employment_kind",
        "function",
        "position",
        "event",
        "decision",
        "decided_on",
        "effective_on",
        "assignment_document",
        "password",
        "namesake",
    )
    widths = {
        "fullname": "half",
        "email": "half",
        "phone": "third",
        "user": "third",
        "employment_kind": "third",
        "function": "half",
        "position": "half",
        "event": "half",
        "decision": "half",
        "decided_on": "half",
        "effective_on": "half",
        "assignment_document": "half",
        "password": "half",
    }
    submit_label = _("Create the account")

    @property
    def description(self):
        return self.context.title

    def createAndAdd(self, data):
        """Carry out the operation; what it refuses shows at the fields."""
        self.created = operations.create(self.context, **data)
        return self.created

    def nextURL(self):
        return AccountsPage(self.context, self.request).account_url(self.created)

    def cancel_url(self):
        return f"{self.context.absolute_url()}/@@accounts"
