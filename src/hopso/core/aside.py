"""Writing that outlives the request: a transaction of its own, on a connection of its own.

A refused request is rolled back, and with it everything it wrote.  Counters of
failed logins and entries about refused access have to stay all the same.
"""

import logging

import transaction
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite


log = logging.getLogger(__name__)
ATTEMPTS = 5
# Tests that roll everything back set it: the site they made was never committed.
inline = False


def in_own_transaction(function, *args, **kwargs):
    """Return ``function(site, *args, **kwargs)``, committed at once whatever becomes of the request.

    *site* is the present site as another connection sees it: what the request has
    not committed is not there.  The function is called again after a conflict,
    so it must do nothing but change objects below *site*.  Raises ConflictError
    when ATTEMPTS were not enough.
    """
    here = getSite()
    if inline:
        return function(here, *args, **kwargs)
    path = here.getPhysicalPath()
    manager = transaction.TransactionManager()
    for attempt in range(1, ATTEMPTS + 1):
        manager.begin()
        connection = here._p_jar.db().open(transaction_manager=manager)
        try:
            site = connection.root()["Application"]
            for name in path[1:]:
                site = site._getOb(name)
            result = function(site, *args, **kwargs)
            manager.commit()
            return result
        except ConflictError:
            manager.abort()
            if attempt == ATTEMPTS:
                raise
            log.debug("conflict in %r, trying again", function)
        finally:
            manager.abort()
            connection.close()
    return None
