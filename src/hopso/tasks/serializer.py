"""Jobs in the queue as JSON: readable for people, and no code hides in it (a pickle could)."""

from datetime import datetime
import json

from huey.registry import Message
from huey.serializer import Serializer


_DATES = ("eta", "expires_resolved")


class JsonSerializer(Serializer):
    """Write huey's messages and our own records as JSON."""

    def _serialize(self, data) -> bytes:
        if isinstance(data, Message):
            fields = data._asdict()
            for name in _DATES:
                if fields[name] is not None:
                    fields[name] = fields[name].isoformat()
            data = {"__message__": fields}
        return json.dumps(data, ensure_ascii=False).encode()

    def _deserialize(self, data):
        found = json.loads(bytes(data).decode())
        if isinstance(found, dict) and "__message__" in found:
            fields = found["__message__"]
            for name in _DATES:
                if fields.get(name):
                    fields[name] = datetime.fromisoformat(fields[name])
            fields["args"] = tuple(fields["args"] or ())
            return Message(**fields)
        return found
