"""Addresses of sites: in their one form, inside of the ranges, each given out once (NA-2.2)."""

import ipaddress

from BTrees.OOBTree import OOBTree
from hopso.core import errors
from hopso.inventory.sites.network import in_ranges
from hopso.inventory.sites.network import Network
from hopso.inventory.sites.network import parse_address
from hopso.inventory.sites.network import parse_gateway
from hopso.inventory.sites.network import read_network
from hopso.inventory.sites.network import take_addresses
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest
from transaction import TransactionManager
from ZODB.DB import DB
from ZODB.MappingStorage import MappingStorage
from ZODB.POSException import ConflictError


RANGES = ("10.20.0.0/16", "2001:db8:20::/48")
inside = st.integers(1, 2**16 - 2).map(lambda n: ipaddress.ip_address("10.20.0.0") + n)
outside = st.ip_addresses(v=4).filter(lambda one: one not in ipaddress.ip_network("10.20.0.0/16"))


@pytest.mark.parametrize(
    "text",
    [
        "", "10.20.1.10", "10.20.1.0/24", "10.20.1.255/24", "127.0.0.1/8", "0.0.0.0/0", "224.0.0.1/24",
        "10.20.1.10/33", "10.20.1.010/24", "10.20.1.10/abc", "169.254.1.1/16", "2001:db8::1/64", "a/24",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_machine_is_refused(text):
    with pytest.raises(ValueError):
        parse_address(text, 4)


@pytest.mark.parametrize(
    "text",
    ["2001:db8::/64", "fe80::1/64", "fe80::1%eth0/64", "::1/128", "::ffff:10.20.1.1/112", "ff02::1/64"],
)
def test_the_same_goes_for_the_new_ones(text):
    with pytest.raises(ValueError):
        parse_address(text, 6)


@settings(deadline=None)
@given(st.ip_addresses(v=6).filter(lambda one: one.is_global and not one.is_multicast), st.integers(1, 64))
def test_an_address_has_one_form(ip, length):
    text = f"{ip.exploded.upper()}/{length}"
    if ip == ipaddress.ip_network(f"{ip}/{length}", strict=False).network_address or ip.ipv4_mapped:
        return
    made = parse_address(text, 6)
    assert parse_address(made, 6) == made
    assert ipaddress.ip_interface(made) == ipaddress.ip_interface(text)


@pytest.mark.rule("NA-2.2")
@settings(deadline=None)
@given(inside)
def test_addresses_inside_of_the_ranges_are_taken(ip):
    new, bad = read_network({"ipv4": f"{ip}/16"}, RANGES)
    assert (new.ipv4, bad) == (f"{ip}/16", {})


@pytest.mark.rule("NA-2.2")
@settings(deadline=None)
@given(outside)
def test_addresses_outside_of_the_ranges_are_refused(ip):
    new, bad = read_network({"ipv4": f"{ip}/32"}, RANGES)
    assert new == Network() and set(bad) == {"ipv4"}


def test_ranges_of_one_version_say_nothing_of_the_other():
    assert in_ranges("2001:db8::1/64", ("10.20.0.0/16",))
    assert in_ranges("10.1.1.1/24", ()) and in_ranges("10.1.1.1/24", ("nonsense",))
    assert not in_ranges("2001:db8:21::1/64", RANGES)


@pytest.mark.parametrize(
    ("gateway", "address"),
    [("10.20.1.10", "10.20.1.10/24"), ("10.20.2.1", "10.20.1.10/24"), ("2001:db8::1", "10.20.1.10/24")],
)
def test_a_gateway_is_another_machine_of_the_same_net(gateway, address):
    assert parse_gateway("10.20.1.1", "10.20.1.10/24") == "10.20.1.1"
    assert parse_gateway("fe80::1", "2001:db8::10/64") == "fe80::1"
    with pytest.raises(ValueError):
        parse_gateway(gateway, address)


def test_a_gateway_without_an_address_and_odd_numbers_are_told_by_name():
    _new, bad = read_network({"ipv4_gateway": "10.20.1.1", "vc_number": "12 34"}, RANGES)
    assert set(bad) == {"ipv4_gateway", "vc_number"}
    new, bad = read_network({"vc_number": "Phonghop@Example.vn"}, RANGES)
    assert (new.vc_number, bad) == ("phonghop@example.vn", {})


addresses = st.builds(
    Network,
    ipv4=st.sampled_from(["", "10.20.1.1/24", "10.20.1.2/24", "10.20.1.1/16"]),
    ipv6=st.sampled_from(["", "2001:db8:20::1/64", "2001:db8:20::2/64"]),
    vc_number=st.sampled_from(["", "1001", "1002"]),
)


@pytest.mark.rule("NA-2.2")
@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), addresses), max_size=25))
def test_no_two_sites_ever_have_the_same(steps):
    book, kept = OOBTree(), {}
    for site, new in steps:
        taken = {key for other, one in kept.items() if other != site for key in one.taken()}
        try:
            take_addresses(book, site, kept.get(site, Network()), new)
        except errors.Invalid as error:
            assert taken & set(new.taken()) and error.errors
        else:
            assert not taken & set(new.taken())
            kept[site] = new
        # The book says what the sites have, no more and no less.
        assert dict(book) == {key: site for site, one in kept.items() for key in one.taken()}


@pytest.mark.rule("NA-2.2")
def test_of_two_who_give_out_the_same_address_at_once_the_database_takes_one():
    database = DB(MappingStorage())
    with database.transaction() as connection:
        connection.root.book = OOBTree({f"10.20.9.{number}": "x" for number in range(1, 200)})
    first, second = TransactionManager(), TransactionManager()
    books = [database.open(one).root.book for one in (first, second)]
    take_addresses(books[0], "a", Network(), Network(ipv4="10.20.1.1/24"))
    take_addresses(books[1], "b", Network(), Network(ipv4="10.20.1.1/16"))
    first.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    with pytest.raises(errors.Invalid):
        take_addresses(books[1], "b", Network(), Network(ipv4="10.20.1.1/16"))
    database.close()
