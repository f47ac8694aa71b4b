"""A write of its own transaction stays when the request is rolled back."""

from hopso.core.aside import in_own_transaction
import pytest
import transaction


def put(site, value):
    site.aside_test = value
    return value


def test_it_stays_when_the_request_is_rolled_back(functional_portal):
    transaction.commit()
    assert in_own_transaction(put, 7) == 7
    transaction.abort()
    assert functional_portal.aside_test == 7


def test_an_error_writes_nothing(functional_portal):
    transaction.commit()

    def broken(site):
        put(site, 8)
        raise ValueError

    with pytest.raises(ValueError):
        in_own_transaction(broken)
    transaction.abort()
    assert getattr(functional_portal, "aside_test", None) is None
