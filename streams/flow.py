"""What stands between the fetched records and the stages: flow control, and the decoding that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import faust
from mode.utils.queues import FlowControlEvent

if TYPE_CHECKING:
    from faust.types import AppT, EventT, Message


class FlowControl(FlowControlEvent):
    """Flow control that clears the queues when flow is resumed, but not when it is resumed again."""

    def resume(self) -> None:
        """Let records flow."""
        if not self.is_active():
            super().resume()


class RawSchema(faust.Schema[bytes, bytes]):
    """A schema of bytes as they are.

    Faust's `raw` gives the same, and asks its registry of codecs twice for each message.
    """

    def compile(self, app: AppT, **_: Any) -> Any:  # noqa: ANN401 - as wide as in Faust
        """Return what makes an event of a message; it can't fail, and so never calls what Faust gives it for errors."""
        make = app.create_event

        async def decode(message: Message, *, propagate: bool = False) -> EventT[Any]:  # noqa: ARG001 - Faust's signature
            return make(message.key, message.value, message.headers, message)

        return decode
