"""What something costs in things that can be counted: for tests and for benchmarks/."""

from collections import Counter
from contextlib import contextmanager

from Products.CMFPlone.CatalogTool import CatalogTool


@contextmanager
def counted_writes(connection):
    """Count what a commit stores, at the connection's storage: class -> number of objects."""
    stored = Counter()
    storage = connection._storage
    kept = storage.store

    def store(oid, *rest):
        obj = connection._cache.get(oid)
        stored["?" if obj is None else f"{type(obj).__module__}.{type(obj).__name__}"] += 1
        return kept(oid, *rest)

    storage.store = store
    try:
        yield stored
    finally:
        storage.store = kept


@contextmanager
def counted_catalog():
    """Count what reaches the catalog to be indexed, again or no more: portal type -> number."""
    touched = Counter()
    names = ("_indexObject", "_reindexObject", "_unindexObject")
    kept = {name: getattr(CatalogTool, name) for name in names}

    def counting(function):
        def call(self, obj, *args, **kwargs):
            touched[getattr(obj, "portal_type", "?")] += 1
            return function(self, obj, *args, **kwargs)

        return call

    for name, function in kept.items():
        setattr(CatalogTool, name, counting(function))
    try:
        yield touched
    finally:
        for name, function in kept.items():
            setattr(CatalogTool, name, function)


@contextmanager
def counted_calls(owner, *names):
    """Count how often methods of a class are called: name -> number."""
    calls = Counter()
    kept = {name: owner.__dict__[name] for name in names}

    def counting(name, function):
        def call(*args, **kwargs):
            calls[name] += 1
            return function(*args, **kwargs)

        return call

    for name, function in kept.items():
        setattr(owner, name, counting(name, function))
    try:
        yield calls
    finally:
        for name, function in kept.items():
            setattr(owner, name, function)
