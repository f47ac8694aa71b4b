"""A small archive with stored page texts."""

from plone.app.textfield import RichTextValue
import pytest


class Pages:
    """Stands in for the room of documents: texts by UID."""

    def __init__(self):
        self.texts = {}

    def page_texts(self, document):
        return self.texts.get(document.title, [])

    def document_text(self, document):
        return "\n".join(self.page_texts(document))

    def page_text(self, document, number):
        return self.page_texts(document)[number - 1]

    def pages_with(self, document, words):
        from hopso.archive.normalise import tokens

        return [n for n, t in enumerate(self.page_texts(document), 1) if set(words) <= set(tokens(t))]

    def page_count(self, document):
        return 0


@pytest.fixture
def pages(monkeypatch):
    from hopso.archive import stored  # needs the compatibility module that the layer loads

    made = Pages()
    monkeypatch.setattr(stored, "pages", made)
    return made


@pytest.fixture
def archive(house, make, pages):
    """Meeting "Giao ban tuần 48", convened, with a published and a draft document."""
    pages.texts["Báo cáo kinh tế"] = ["Số 214/BC-STC", "Ứng phó bão lũ; tuyến đường ven biển của Ủy ban"]
    pages.texts["Dự thảo mật danh"] = ["Nội dung Ứng phó riêng"]
    make.put_in_state(house.meeting, "convened")
    house.item = make.create_item(house.meeting, "Chủ trương đầu tư", presenter="Lê Văn Đạt")
    house.report = make.create_document(
        house.meeting,
        "Báo cáo kinh tế",
        doc_number="214/BC-STC",
        doc_kind="report",
        issuing_body="Sở Tài chính",
    )
    house.draft = make.create_document(
        house.meeting, "Dự thảo mật danh", doc_number="9/TTr-SXD", doc_kind="proposal"
    )
    make.put_in_state(house.report, "published")
    house.minutes = make.add(
        house.meeting,
        "Minutes",
        title="Biên bản họp",
        doc_number="05/BB-UBND",
        text=RichTextValue("<p>Kết luận: <b>thống nhất</b></p>", "text/html", "text/x-html-safe"),
    )
    make.put_in_state(house.minutes, "issued")
    return house


@pytest.fixture
def reader(archive, make):
    """The delegate, who may read the meeting and the published report."""
    with make.as_user(archive.delegate):
        yield archive
