"""``POST @users``: plone.restapi's, save what would step over the rules for passwords."""

from hopso import _
from hopso.accounts.help import ask_for_link
from hopso.accounts.services.login import SessionService
from plone.restapi.services.users.add import UsersPost as PloneUsersPost


class UsersPost(PloneUsersPost):
    """Makes accounts of Plone (administrators only); passwords are set by the person at ``@@change-password``."""

    def update_password(self, data):
        """``POST @users/<name>/reset-password``: without data, mail a link; nothing else."""
        if list(data):
            return SessionService.refuse(
                self,
                403,
                "Not allowed",
                _("Please change the password on the page of the account, or ask for a link by mail."),
            )
        ask_for_link(self.params[0], self.request)
        return self.reply_no_content()
