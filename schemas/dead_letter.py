"""DeadLetter: what stands on `dead-letters`. The record's value is the original value, verbatim; this is in its headers.

Handled: what stands on `dead-letters.handled`.
"""

from typing import Literal

from pydantic import Field

from schemas.base import Record, Utc

HEADER_PREFIX = "dl-"


class DeadLetter(Record):
    """Why a record could not be used, and where it stands."""

    stage: str = Field(description="clean, dedupe, code or resolve")
    reason: str = Field(description="one line")
    attempt: int = Field(1, ge=1, description="how often this record has been tried")
    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    record_time: Utc
    rules_version: str | None = None
    null_value: bool = Field(
        default=False, description="true where the original had no value, which Kafka can't tell from here"
    )

    def headers(self) -> list[tuple[str, bytes]]:
        """Return the record headers, `dl-stage` and so on, in the order of the fields."""
        fields = self.model_dump(mode="json", exclude_none=True)
        return [(HEADER_PREFIX + name, str(value).encode()) for name, value in fields.items()]

    @classmethod
    def from_headers(cls, headers: list[tuple[str, bytes]]) -> "DeadLetter":
        """Read it back from the headers of a record; other headers are passed over."""
        own = {k[len(HEADER_PREFIX) :]: v.decode() for k, v in headers if k.startswith(HEADER_PREFIX)}
        return cls.model_validate(own, extra="ignore")


class Handled(Record):
    """The value of `dead-letters.handled`: what became of the dead letter whose place is the key. The last one counts."""

    action: Literal["redriven", "dropped"]
    at: Utc
    by: str | None = None
    why: str | None = None
