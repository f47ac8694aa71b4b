"""Plone's own pages are closed to everybody but system administrators (BD-12.3.d)."""

from hopso import factories
from hopso.core import fence
from hopso.interfaces import IHopsoLayer
from hopso.security.matrix import SYSTEM
from plone import api
import pytest
import requests
from zope.component import getSiteManager
from zope.interface import alsoProvides


DENIED = (401, 403)


def views_of_plone():
    """Yield every (name, interface of the context, factory) registered for browsers that is not ours."""
    todo, seen = [getSiteManager()], set()
    while todo:
        registry = todo.pop()
        todo.extend(base for base in registry.__bases__ if id(base) not in seen)
        seen.update(id(base) for base in registry.__bases__)
        for one in registry.registeredAdapters():
            if len(one.required) != 2 or not one.name or not hasattr(one.factory, "__ac_permissions__"):
                continue
            if not any(part.__module__.startswith("hopso.") for part in one.factory.__mro__):
                yield one.name, one.required[0], one.factory


@pytest.fixture
def things(house, make):
    document = make.create_document(house.meeting)
    item = make.create_item(house.meeting)
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    return [
        house.portal,
        house.portal["don-vi"],
        house.office,
        house.room,
        house.meeting,
        item,
        document,
        minutes,
    ]


@pytest.mark.parametrize("who", ["admin", "coordinator", "leader", "delegate", "secretary"])
def test_every_view_of_plone_is_closed_unless_named(things, house, who):
    """Walks the registry: a view that a new release brings is closed without anybody thinking of it."""
    request = house.portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request._rest_service_id = "GET_application_json_"
    tried, opened = 0, set()
    with factories.as_user(getattr(house, who)):
        for name, context, factory in views_of_plone():
            for thing in things:
                if not context.providedBy(thing):
                    continue
                try:
                    view = factory(thing, request)
                except Exception:  # noqa: S112 (views that need more than a request)
                    continue
                tried += 1
                if fence.is_open(view, request):
                    opened.add(name.rpartition("_")[2] if name.startswith("GET_") else name)
                break
    assert tried > 250
    allowed = fence.FOR_ALL | fence.FOR_PEOPLE
    allowed |= {one.partition(" ")[2] for one in fence.SERVICES_FOR_ALL | fence.SERVICES_FOR_PEOPLE}
    # Of collective.documentviewer: a folder of pictures, which asks for View on the document.
    assert opened - allowed <= {"dvpdffiles"}


@pytest.fixture
def url(served_house):
    return served_house.portal.absolute_url()


@pytest.mark.rule("BD-12.3.d/2")
class TestOverHttp:
    """The same with real requests, for what would do most harm."""

    SITE = (
        "@@overview-controlpanel",
        "@@prefs_install_products_form",
        "@@dexterity-types",
        "@@theming-controlpanel",
        "@@configuration_registry",
        "@@rules-controlpanel",
        "@@usergroup-userprefs",
        "@@manage-viewlets",
        "@@member-search",
        "@@pas_search",
        "manage_main",
        "acl_users/manage_main",
        "portal_setup/manage_main",
        "portal_catalog/manage_main",
        "portal_quickinstaller",
        "@@search_rss",
        "sitemap",
        "author/admin_vp",
        "contact-info",
    )
    UNIT = (
        "folder_contents",
        "@@sharing",
        "@@manage-portlets",
        "@@manage-content-rules",
        "object_cut",
        "object_paste",
        "object_rename",
        "delete_confirmation",
        "folder_rename_form",
        "manage_delObjects?ids=hop",
        "manage_pasteObjects",
        "manage_renameObject?id=hop&new_id=x",
        "manage_main",
        "manage_access",
        "@@historyview",
        "@@content_status_history",
        "@@change-ownership",
        "@@synPropertiesForm",
        "select_default_page",
        "@@fc-delete",
        "@@fc-rename",
        "tabular_view",
        "rss.xml",
    )

    @pytest.mark.parametrize("who", ["admin", "coordinator", "delegate"])
    def test_pages(self, url, served_house, who):
        auth = (getattr(served_house, who), factories.PASSWORD)
        unit = served_house.office.absolute_url()
        opened = {}
        for address in [f"{url}/{one}" for one in self.SITE] + [f"{unit}/{one}" for one in self.UNIT]:
            answer = requests.get(address, auth=auth, timeout=30, allow_redirects=False)
            refused = answer.status_code in (*DENIED, 404) or (
                answer.status_code == 302 and "require_login" in answer.headers["Location"]
            )
            if not refused:
                opened[address] = answer.status_code
        assert opened == {}
        assert "hop" in served_house.office.objectIds()

    def test_services(self, url, served_house):
        auth = (served_house.admin, factories.PASSWORD)
        unit = served_house.office.absolute_url()
        tries = (
            ("POST", f"{url}/@addons/plone.session/install", {}),
            ("GET", f"{url}/@controlpanels", None),
            ("GET", f"{url}/@registry", None),
            ("POST", f"{unit}/@sharing", {"entries": []}),
            ("GET", f"{unit}/@sharing", None),
            ("POST", f"{unit}/@copy", {"source": served_house.room.absolute_url()}),
            ("POST", f"{unit}/@move", {"source": served_house.room.absolute_url()}),
            ("GET", f"{unit}/@history", None),
            ("PATCH", f"{unit}/@history", {"version": 0}),
            ("POST", f"{unit}/@aliases", {"items": []}),
            ("POST", f"{url}/@users", {"username": "x", "email": "x@example.vn"}),
            ("DELETE", f"{url}/@users/{served_house.delegate}", None),
            ("POST", f"{url}/@groups", {"groupname": "x"}),
            ("POST", f"{url}/@types", {"title": "x"}),
        )
        opened = {}
        for method, address, data in tries:
            answer = requests.request(
                method, address, auth=auth, json=data, timeout=30, headers={"Accept": "application/json"}
            )
            if answer.status_code not in (*DENIED, 404):
                opened[method, address] = answer.status_code
        assert opened == {}

    def test_strangers_get_none_of_it(self, url):
        for path in (
            "sitemap",
            "contact-info",
            "mail_password_form",
            "@@register",
            "accessibility-info",
            "@site",
        ):
            answer = requests.get(
                f"{url}/{path}", timeout=30, allow_redirects=False, headers={"Accept": "text/html"}
            )
            assert answer.status_code in (*DENIED, 302, 303, 404), path
            assert answer.status_code not in (302, 303) or "login" in answer.headers["Location"], path
        assert requests.get(f"{url}/login", timeout=30).status_code == 200

    def test_programs_are_installed_by_managers_only(self, url, served_house):
        import transaction

        with factories.as_system():
            api.user.grant_roles(username=served_house.leader, roles=[SYSTEM])
        transaction.commit()
        auth = (served_house.leader, factories.PASSWORD)
        answer = requests.get(
            f"{url}/@@prefs_install_products_form", auth=auth, timeout=30, allow_redirects=False
        )
        assert answer.status_code in (*DENIED, 302)


def test_what_is_ours_stays_open(things, house):
    request = house.portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    with factories.as_user(house.delegate):
        assert fence.is_open(house.portal.restrictedTraverse("@@start"), request)


def test_methods_and_tools_are_no_pages(things, house):
    request = house.portal.REQUEST
    with factories.as_user(house.admin):
        assert not fence.is_open(house.office.manage_delObjects, request)
        assert not fence.is_open(house.portal.portal_catalog, request)
        assert not fence.is_open(object(), request)
