"""The login portal of a province by OpenID Connect, through pas.plugins.oidc.

Its plug-in holds the portal's address, our name and secret there, and makes the
client (pyoidc), which checks signatures.  None of its interfaces is active and
its own pages are closed: they accept an answer whose ``state`` is not the
one that was sent, and make accounts.  Ours are in ``oidc_views.py``.
"""

from dataclasses import dataclass
import hashlib
import hmac
import secrets
import time
from urllib.parse import urlencode

from hopso import _
from hopso.accounts.directory.person import Person
from hopso.accounts.directory.person import Unreachable
from oic.oic.message import AuthorizationResponse
from pas.plugins.oidc.plugins import OAuth2ConnectionException
from pas.plugins.oidc.plugins import OIDCPlugin
from pas.plugins.oidc.utils import pkce_code_verifier_challenge
from plone import api


PLUGIN = "hopso_oidc"
CALLBACK = "@@oidc-callback"
SCOPE = ("openid", "profile", "email", "phone")
LOGIN_CLAIM = "preferred_username"
# Signed by the portal's key; "none" and our own secret as a key are not enough.
ALGORITHMS = frozenset(f"{kind}{bits}" for kind in ("RS", "ES", "PS") for bits in (256, 384, 512)) | {"EdDSA"}
LEEWAY = 120


class Refused(Exception):
    """The answer of the portal is not to be believed; the text is for the log."""


@dataclass(frozen=True)
class Flow:
    """What one browser has begun: it comes back with ``state``, the token names ``nonce``."""

    state: str
    nonce: str
    verifier: str
    came_from: str = ""

    @classmethod
    def new(cls, came_from: str) -> "Flow":
        """Return a flow with secrets of its own."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), came_from)


def installed():
    """Return the plug-in that holds the settings, None before they were made."""
    return api.portal.get_tool("acl_users").get(PLUGIN)


def configuration() -> dict:
    """Return the settings without the secret; ``has_client_secret`` tells whether there is one."""
    plugin = installed()
    if plugin is None:
        return {"issuer": "", "client_id": "", "login_claim": LOGIN_CLAIM, "has_client_secret": False}
    return {
        "issuer": plugin.issuer,
        "client_id": plugin.client_id,
        "login_claim": plugin.user_property_as_userid,
        "has_client_secret": bool(plugin.client_secret),
    }


def configure(**values) -> None:
    """Set what is named; ``client_secret`` None leaves the one that is there."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN not in folder:
        folder._setObject(PLUGIN, OIDCPlugin(PLUGIN, "Login portal of Họp Số"))
        folder[PLUGIN].user_property_as_userid = LOGIN_CLAIM
    plugin = folder[PLUGIN]
    for name in ("issuer", "client_id", "client_secret"):
        if values.get(name) is not None:
            setattr(plugin, name, values[name])
    if values.get("login_claim"):
        plugin.user_property_as_userid = values["login_claim"]
    plugin.create_user = plugin.create_groups = False
    plugin.create_ticket = plugin.create_restapi_ticket = False
    plugin.use_pkce, plugin.scope = True, SCOPE


def note():
    """Return what the settings page says besides: the address to register at the portal."""
    return _("Address to register at the portal: ${address}", mapping={"address": redirect_uri()})


def redirect_uri() -> str:
    """Return where the portal sends people back to."""
    return f"{api.portal.get().absolute_url()}/{CALLBACK}"


def client():
    """Return a client that knows the portal.  Raises Unreachable, and Refused for the wrong portal."""
    plugin = installed()
    if plugin is None or not plugin.issuer:
        raise Unreachable("not set up")
    try:
        found = plugin.get_oauth2_client()
    except OAuth2ConnectionException as error:
        raise Unreachable(type(error.__cause__ or error).__name__) from None
    if _issuer(found).rstrip("/") != plugin.issuer.rstrip("/"):
        raise Refused("the portal calls itself by another name")
    return found


def _issuer(found) -> str:
    return str((found.provider_info or {}).get("issuer", ""))


def test():
    """Return what was found, for the settings page.  Raises Unreachable."""
    try:
        found = client()
    except Refused as error:
        raise Unreachable(str(error)) from None
    return _("The portal answers: ${issuer}", mapping={"issuer": _issuer(found)})


def way_to_the_portal(flow: Flow) -> str:
    """Return the address to which the browser is sent."""
    found = client()
    query = {
        "response_type": "code",
        "client_id": installed().client_id,
        "redirect_uri": redirect_uri(),
        "scope": " ".join(SCOPE),
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": pkce_code_verifier_challenge(flow.verifier),
        "code_challenge_method": "S256",
    }
    address = found.authorization_endpoint
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def way_out(token_hint: str = "") -> str:
    """Return the portal's address for logging out there as well, "" if it has none."""
    address = client().provider_info.get("end_session_endpoint", "")
    if not address:
        return ""
    query = {"client_id": installed().client_id, "post_logout_redirect_uri": api.portal.get().absolute_url()}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def person_of(flow: Flow | None, query: str) -> Person:
    """Return whom the portal's answer (a query string) is about.

    Raises Refused for an answer that this browser did not ask for or that is not
    the portal's, Unreachable when the portal cannot be asked.
    """
    found = client()
    answer = found.parse_response(AuthorizationResponse, info=query, sformat="urlencoded")
    if not isinstance(answer, AuthorizationResponse) or "code" not in answer:
        raise Refused(f"no code: {answer.get('error', '?')}")
    state = str(answer.get("state", ""))
    if flow is None or not hmac.compare_digest(state.encode(), flow.state.encode()):
        raise Refused("the answer is not for this browser")
    if answer.get("iss") and answer["iss"] != _issuer(found):
        raise Refused("the answer is from another portal")
    told = found.do_access_token_request(
        state=state,
        request_args={
            "code": answer["code"],
            "redirect_uri": redirect_uri(),
            "code_verifier": flow.verifier,
        },
        authn_method="client_secret_basic",
    )
    token = told.get("id_token") if "access_token" in told else None
    if token is None:
        raise Refused(f"no token: {told.get('error', '?')}")
    check(token, flow.nonce, _issuer(found), installed().client_id)
    claims = token.to_dict()
    if found.provider_info.get("userinfo_endpoint"):
        more = found.do_user_info_request(method="GET", state=state).to_dict()
        if more.get("sub") != claims["sub"]:
            raise Refused("the portal tells of another person")
        claims = more | claims
    return person_from(claims, installed().user_property_as_userid)


def check(token, nonce: str, issuer: str, client_id: str, moment: float | None = None) -> None:
    """Raise Refused unless an identity token is fresh, for us, and the answer to our question.

    Its signature has been checked by the client; here only by which kind of key.
    """
    moment = time.time() if moment is None else moment
    audience = token["aud"] if isinstance(token["aud"], list) else [token["aud"]]
    problems = (
        ((getattr(token, "jws_header", None) or {}).get("alg") not in ALGORITHMS, "signature"),
        (token.get("iss") != issuer, "issuer"),
        (client_id not in audience, "audience"),
        (len(audience) > 1 and token.get("azp") != client_id, "authorized party"),
        (not hmac.compare_digest(str(token.get("nonce", "")), nonce), "nonce"),
        (token["exp"] < moment, "too old"),
        (token["iat"] > moment + LEEWAY, "from the future"),
        (not token.get("sub"), "nobody"),
    )
    for wrong, what in problems:
        if wrong:
            raise Refused(f"token: {what}")


def person_from(claims: dict, login_claim: str) -> Person:
    """Return the Person whom claims tell of."""

    def text(name):
        value = claims.get(name)
        return value.strip() if isinstance(value, str) else ""

    name = text("name") or " ".join(one for one in (text("family_name"), text("given_name")) if one)
    return Person(
        "oidc",
        hashlib.sha256(text("sub").encode()).hexdigest()[:40],
        login=text(login_claim),
        email=text("email"),
        fullname=name,
        phone=text("phone_number"),
        department=text("department"),
        # Some portals send it as a text.
        email_verified=str(claims.get("email_verified", "")).lower() == "true",
    )
