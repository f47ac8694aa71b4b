"""Stands in for the modules of logins until they are there."""

try:
    from hopso.accounts import passwords
    from hopso.accounts import sessions
except ImportError:
    from types import SimpleNamespace

    from hopso.accounts.records import account_of
    from hopso.core.text import now
    from plone import api

    def _set_password(user_id, password, by_other, *, check=True):
        api.portal.get_tool("acl_users").source_users.doChangeUser(user_id, password)
        account = account_of(user_id)
        account.password_set_at, account.password_by_other, account.order = now(), by_other, ""

    def _order_change(user_ids, reference):
        for user_id in user_ids:
            account_of(user_id).order, account_of(user_id).ordered_at = reference, now()
        return len(user_ids)

    passwords = SimpleNamespace(set_password=_set_password, order_change=_order_change)
    sessions = SimpleNamespace(end_all=lambda user_id, except_id="": 0)

__all__ = ["passwords", "sessions"]
