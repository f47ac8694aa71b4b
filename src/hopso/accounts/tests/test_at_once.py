"""Two administrators at once: one name, one address, one account."""

from hopso.accounts import operations
from hopso.accounts.making import email_problem
from hopso.accounts.making import make_account
from hopso.accounts.making import new_user_id
from hopso.accounts.records import account_of
from hopso.conftest import House
from hopso.core import errors
from hopso.factories import as_system
from hopso.factories import as_user
import pytest
import transaction
from ZODB.POSException import ConflictError
from zope.component.hooks import setSite


@pytest.fixture
def live(functional):
    house = House(functional["portal"])
    transaction.commit()
    return house


@pytest.fixture
def other(functional):
    """Return a function that does something in a second connection, and gives back its transaction."""
    portal = functional["portal"]
    manager = transaction.TransactionManager()
    connection = portal._p_jar.db().open(transaction_manager=manager)

    def other(work):
        site = connection.root()["Application"].unrestrictedTraverse("/plone")
        site = site.__of__(portal.aq_parent)
        setSite(site)
        with as_system():
            work(site)
        setSite(portal)
        return manager

    yield other
    setSite(portal)
    manager.abort()
    connection.close()


@pytest.mark.parametrize(("user", "email"), [("binhnv", "khac@example.vn"), ("binhnv2", "binh@example.vn")])
def test_the_second_of_two_gets_a_clear_refusal(live, other, user, email):
    """The same user name or the same address: a conflict, and on the second try the words of a refusal."""
    unit = live.department.getId()
    manager = other(lambda site: make_account(user, "Nguyễn Văn Bình", email, by="qt_snv", unit=unit))
    with as_user(live.admin):
        operations.create(live.office, fullname="Nguyễn Văn Bình", email="binh@example.vn")
    transaction.commit()
    with pytest.raises(ConflictError):
        manager.commit()
    transaction.begin()
    assert account_of("binhnv").unit == live.office.getId()
    if user == "binhnv":
        with pytest.raises(errors.Invalid) as caught:
            new_user_id("Nguyễn Văn Bình", user)
        assert set(caught.value.errors) == {"user"}
    else:
        assert email_problem(email).mapping == {"unit": "Văn phòng"}
