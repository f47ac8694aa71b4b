"""A small OpenID provider on loopback: real discovery, real PKCE, tokens signed with a real key.

``person`` is who logs in there next; the other attributes spoil one thing each.
"""

import base64
import hashlib
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
import json
import secrets
from threading import Thread
import time
from urllib.parse import parse_qs
from urllib.parse import urlencode
from urllib.parse import urlsplit

from Cryptodome.PublicKey import RSA
from jwkest.jwk import RSAKey
from jwkest.jws import JWS


CLIENT, SECRET = "hopso", "bi-mat-cua-hopso"


class Portal:
    """The provider; ``url`` is its issuer."""

    def __init__(self):
        self.key = RSAKey(key=RSA.generate(2048), kid="1", alg="RS256", use="sig")
        self.foreign_key = RSAKey(key=RSA.generate(2048), kid="1", alg="RS256", use="sig")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"portal": self}))
        self.url = f"http://localhost:{self.server.server_port}"
        self.reset()
        Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self) -> None:
        """Be honest again."""
        self.person = {
            "sub": "0001",
            "email": "chutri@example.vn",
            "email_verified": True,
            "name": "Nguyễn Văn Bình",
        }
        self.codes = {}
        self.claims = {}  # put over those of the token
        self.userinfo = {}  # put over those of the userinfo
        self.signing_key, self.algorithm = self.key, "RS256"
        self.asked = []

    def stop(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()

    def token(self, question: dict) -> str:
        """Return the identity token for an authorization request."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": question["nonce"]}
        claims |= {"sub": self.person["sub"]} | self.claims
        signer = JWS(json.dumps(claims), alg=self.algorithm)
        return signer.sign_compact([] if self.algorithm == "none" else [self.signing_key])


class Handler(BaseHTTPRequestHandler):
    portal = None

    def log_message(self, *ignored):
        pass

    def answer(self, data, status=200):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        portal, address = self.portal, urlsplit(self.path)
        if address.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": portal.url,
                    "authorization_endpoint": f"{portal.url}/authorize",
                    "token_endpoint": f"{portal.url}/token",
                    "userinfo_endpoint": f"{portal.url}/userinfo",
                    "jwks_uri": f"{portal.url}/keys",
                    "end_session_endpoint": f"{portal.url}/logout",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif address.path == "/keys":
            self.answer({"keys": [portal.key.serialize()]})
        elif address.path == "/authorize":
            question = {name: values[0] for name, values in parse_qs(address.query).items()}
            portal.asked.append(question)
            code = secrets.token_urlsafe(16)
            portal.codes[code] = question
            back = urlencode({"code": code, "state": question["state"]})
            self.send_response(303)
            self.send_header("Location", f"{question['redirect_uri']}?{back}")
            self.end_headers()
        elif address.path == "/userinfo":
            self.answer(portal.person | portal.userinfo)
        else:
            self.answer({}, 404)

    def do_POST(self):
        portal = self.portal
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        question = portal.codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            question is None
            or self.headers.get("Authorization") != f"Basic {basic}"
            or challenge != question["code_challenge"]
            or sent.get("redirect_uri") != question["redirect_uri"]
        ):
            self.answer({"error": "invalid_grant"}, 400)
            return
        self.answer(
            {
                "access_token": secrets.token_urlsafe(16),
                "token_type": "Bearer",
                "id_token": portal.token(question),
            }
        )
