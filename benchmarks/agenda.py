"""Publishing a meeting with 250 items and 500 documents, and moving one item.

In memory, in one process: figures are catalog operations and objects written,
which do not depend on the machine, and seconds, which do.
"""

from contextlib import contextmanager
import json
import sys
from time import perf_counter


ITEMS, DOCUMENTS = 250, 500


@contextmanager
def counted_catalog():
    """Count what reaches the catalog: things indexed, again or no more."""
    from Products.CMFPlone.CatalogTool import CatalogTool

    counts = {"writes": 0}
    kept = CatalogTool._indexObject, CatalogTool._reindexObject, CatalogTool._unindexObject

    def counting(function):
        def call(*args, **kwargs):
            counts["writes"] += 1
            return function(*args, **kwargs)

        return call

    CatalogTool._indexObject, CatalogTool._reindexObject, CatalogTool._unindexObject = map(counting, kept)
    try:
        yield counts
    finally:
        CatalogTool._indexObject, CatalogTool._reindexObject, CatalogTool._unindexObject = kept


def measure(portal) -> dict:
    """Build the meeting in *portal*, publish it, move its last item to the front."""
    from hopso import factories as make
    from hopso.conftest import House
    from hopso.core.operation import state_of
    from hopso.meetings.agenda import agenda_of
    from hopso.meetings.agenda import item_ids
    from hopso.meetings.operations import convene
    from hopso.meetings.preparation import reorder_agenda
    from Products.CMFCore.indexing import processQueue
    import transaction

    house = House(portal)
    meeting = house.meeting
    items = [make.create_item(meeting, f"Nội dung {number}").getId() for number in range(ITEMS)]
    for number in range(DOCUMENTS):
        approved_document(make, house, meeting, f"Tài liệu {number}", items[number % ITEMS])
    make.put_in_state(meeting, "scheduled")
    transaction.commit()
    jar = portal._p_jar

    with make.as_user(house.coordinator), counted_catalog() as counts:
        begin = perf_counter()
        convene(meeting)
        processQueue()
        transaction.commit()
        publish = perf_counter() - begin
    published = [one for row in agenda_of(meeting, unrestricted=True).rows for one in row.documents]
    states = {one.review_state for one in published}
    if state_of(meeting) != "convened" or states != {"published"} or len(published) != DOCUMENTS:
        raise RuntimeError(f"not everything was published: {states}, {len(published)}")

    with make.as_user(house.coordinator):
        begin = perf_counter()
        reorder_agenda(meeting, item=items[-1], position=1)
        processQueue()
        written = [obj for obj in jar._registered_objects if obj._p_changed]
        for obj in written:
            sys.stdout.write(f"reordering writes {type(obj).__module__}.{type(obj).__name__}\n")
        transaction.commit()
        reorder = perf_counter() - begin
    if item_ids(meeting)[0] != items[-1]:
        raise RuntimeError("the item was not moved")
    return {
        "items": ITEMS,
        "documents": DOCUMENTS,
        "publish_seconds": round(publish, 2),
        "publish_catalog_writes": counts["writes"],
        "reorder_objects_written": len(written),
        "reorder_seconds": round(reorder, 3),
    }


def approved_document(make, house, meeting, title, item):
    """Make a document and have it approved as its approver would."""
    from hopso.documents import approval

    document = make.create_document(meeting, title, agenda_item=item)
    document.file_digest = "0" * 64
    with make.as_user(house.approver):
        approval.record(document, approval.APPROVED)
    return make.put_in_state(document, "approved")


def bases_first(layer, found=()) -> list:
    """Return *layer* and all it stands on, each once, in the order of setting up."""
    found = list(found)
    for base in layer.__bases__:
        if hasattr(base, "setUp"):
            found = bases_first(base, found)
    return found if layer in found else [*found, layer]


def main() -> int:
    """Set the test site up, measure, tear it down."""
    from hopso.testing import FUNCTIONAL

    layers = bases_first(FUNCTIONAL)
    for layer in layers:
        layer.setUp()
    for layer in layers:
        layer.testSetUp()
    figures = measure(FUNCTIONAL["portal"])
    for layer in reversed(layers):
        layer.testTearDown()
    for layer in reversed(layers):
        layer.tearDown()
    sys.stdout.write(json.dumps({"bench": "agenda", "figures": figures}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
