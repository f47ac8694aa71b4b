"""What people see of documents, by role and state."""


from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def request_(portal):
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request["LANGUAGE"] = "en"
    return request


@pytest.fixture
def document(house, make, request_):
    item = make.create_item(house.meeting, "Đầu tư công")
    return make.create_document(
        house.meeting,
        "Báo cáo đầu tư công",
        file=upload("bao-cao.txt", "Ủy ban nhân dân tỉnh\nđầu tư công"),
        doc_number="214/BC-STC",
        agenda_item=item.getId(),
    )


def page(context, name, **form):
    request = context.REQUEST
    request.form.clear()
    request.form.update(form)
    request.response.setStatus(200)
    return context.restrictedTraverse(f"@@{name}")()


def test_reader_shows_the_facts(house, document):
    with as_user(house.coordinator):
        html = page(document, "view")
    assert "Báo cáo đầu tư công" in html
    assert "214/BC-STC" in html
    assert "Draft" in html
