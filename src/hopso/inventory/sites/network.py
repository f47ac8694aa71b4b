"""Addresses and numbers of a site's line: written by the operator only, read by few, changes kept (NA-2.2).

They are kept beside the site, not in its fields: whoever may see a site, also
by the API, does not see them.
"""

from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
import ipaddress
import re
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core import errors
from hopso.core.text import now
from hopso.policy.register import rule
from plone import api
from zope.annotation.interfaces import IAnnotations


NETWORK, CHANGES = "hopso.sites.network", "hopso.sites.changes"
VC_NUMBER = re.compile(r"^(?:\d{2,20}|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)$")


@dataclass(frozen=True)
class Network:
    """Network parameters in their one written form; "" where there is none.

    ipv4, ipv6: address with the length of the mask, ``10.20.1.10/24``;
    gateways: addresses; vc_number: digits or an address.
    """

    ipv4: str = ""
    ipv4_gateway: str = ""
    ipv6: str = ""
    ipv6_gateway: str = ""
    vc_number: str = ""

    def taken(self) -> list[str]:
        """Return what no other site may have: the addresses without mask, the number."""
        found = [text.partition("/")[0] for text in (self.ipv4, self.ipv6) if text]
        return [*found, f"vc:{self.vc_number}"] if self.vc_number else found


@dataclass(frozen=True)
class Change:
    """One change of a site: who, when (UTC), why; before and after by the names of fields."""

    who: str
    when: datetime
    reason: str
    before: dict
    after: dict


def parse_address(text: str, version: int) -> str:
    """Return ``10.20.1.10/24`` in its one form.  Raises ValueError with nothing else than that it is wrong.

    A mask must be given; the address of the net itself and the broadcast address
    belong to no machine, and those that mean only this machine or this cable are no addresses of a site.
    """
    text = (text or "").strip()
    if "/" not in text:
        raise ValueError(text)
    one = ipaddress.ip_interface(text)
    ip = one.ip
    odd = ip.is_multicast or ip.is_loopback or ip.is_unspecified or ip.is_link_local
    # The same machine must not come in under a second name.
    mapped = version == 6 and one.version == 6 and (ip.ipv4_mapped is not None or ip.scope_id)
    if one.version != version or odd or mapped:
        raise ValueError(text)
    net = one.network
    if net.num_addresses > 2 and (
        one.ip == net.network_address or (version == 4 and one.ip == net.broadcast_address)
    ):
        raise ValueError(text)
    return one.with_prefixlen


def parse_gateway(text: str, address: str) -> str:
    """Return a gateway in its one form: another address of the net of *address*.  Raises ValueError."""
    gateway, own = ipaddress.ip_address(text.strip()), ipaddress.ip_interface(address)
    link_local = gateway.version == 6 and gateway.is_link_local and not gateway.scope_id
    if gateway.version != own.version or gateway == own.ip or not (gateway in own.network or link_local):
        raise ValueError(text)
    return str(gateway)


def in_ranges(address: str, ranges) -> bool:
    """Tell whether an address lies in one of the ranges (CIDR) of its version; without ranges of it: yes."""
    one = ipaddress.ip_interface(address).ip
    nets = [net for net in map(_net, ranges) if net is not None and net.version == one.version]
    return not nets or any(one in net for net in nets)


def _net(text):
    try:
        return ipaddress.ip_network(str(text).strip(), strict=False)
    except ValueError:
        return None


@rule("NA-2.2")
def read_network(values: dict, ranges) -> tuple[Network, dict]:
    """Return the parameters in their one form, and what is wrong with them: name -> translatable text.

    values: texts by the names of Network's fields; ranges: the policy's ``network_ranges``.
    """
    bad, good = {}, {}
    for version, name in ((4, "ipv4"), (6, "ipv6")):
        text, gateway = (values.get(name) or "").strip(), (values.get(f"{name}_gateway") or "").strip()
        try:
            good[name] = parse_address(text, version) if text else ""
        except ValueError:
            bad[name] = _("This is no address with its mask.")
            continue
        if text and not in_ranges(good[name], ranges):
            bad[name] = _("This address lies outside of the ranges that were set for the system.")
        try:
            good[f"{name}_gateway"] = parse_gateway(gateway, good[name]) if gateway else ""
        except ValueError:
            bad[f"{name}_gateway"] = _("The gateway is no other address of the same network.")
    number = (values.get("vc_number") or "").strip().lower()
    if number and not VC_NUMBER.match(number):
        bad["vc_number"] = _("Enter digits only, or an address as phonghop@example.vn.")
    good["vc_number"] = number
    return (Network() if bad else Network(**good)), bad


def network_of(site) -> Network:
    """Return the network parameters of a site; checks no right."""
    return IAnnotations(site).get(NETWORK) or Network()


def changes_of(site) -> list[Change]:
    """Return the changes of a site and its line, the latest first."""
    return list(reversed(IAnnotations(site).get(CHANGES, {}).values()))


def keep_change(site, reason: str, before: dict, after: dict) -> None:
    """Keep what was changed, by whom and why."""
    kept = IAnnotations(site)
    if CHANGES not in kept:
        kept[CHANGES] = OOBTree()
    moment = now()
    who = api.user.get_current().getId() or "system"
    kept[CHANGES][f"{moment.timestamp():017.3f}-{token_hex(4)}"] = Change(who, moment, reason, before, after)


@rule("NA-2.2")
def take_addresses(book, site_uid: str, former: Network, new: Network) -> None:
    """Give a site its addresses in the *book* (a BTree) and set free the former ones.

    Raises Invalid when another site has one of them.  Two who take the same
    address at once write the same key: the database refuses the second one, whose
    request is repeated and then sees the first.
    """
    fields = {"ipv4": new.ipv4, "ipv6": new.ipv6}
    names = {text.partition("/")[0]: name for name, text in fields.items() if text}
    bad = {
        names.get(key, "vc_number"): _("Another site has this already.")
        for key in new.taken()
        if book.get(key, site_uid) != site_uid
    }
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    for key in set(former.taken()) - set(new.taken()):
        if book.get(key) == site_uid:
            del book[key]
    for key in new.taken():
        if key not in book:
            book[key] = site_uid


def store_network(site, new: Network) -> None:
    """Keep the parameters with the site."""
    IAnnotations(site)[NETWORK] = new


def as_dict(network: Network) -> dict:
    """Return the parameters by name."""
    return asdict(network)
