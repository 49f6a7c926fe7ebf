"""Settings: every knob of the service, from `DRAGOMAN_*` environment variables or a `.env` file."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024
MIN_TOKEN = 16
"""Characters below which a token could be guessed."""


def default_data_dir() -> Path:
    """Return the user's data folder of this program."""
    return user_data_path("dragoman")


class Settings(BaseSettings):
    """What a worker, a client or a tool needs to know. Fields are `DRAGOMAN_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="DRAGOMAN_", env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    broker: str = Field(
        "127.0.0.1:9092", description="Kafka bootstrap servers, host:port, several with commas"
    )
    app_id: str = Field("dragoman", pattern=r"^[A-Za-z0-9._-]+$", description="consumer group of the workers")
    topic_prefix: str = Field(
        "",
        pattern=r"^[A-Za-z0-9._-]*$",
        description="in front of every topic and the group: a log of its own",
    )
    partitions: int = Field(
        6,
        ge=1,
        le=1000,
        description="partitions of articles.raw, articles.unique and geo.events; lanes have one",
    )
    replication: int = Field(1, ge=1, le=10, description="replicas of each topic partition")
    retention_days: int | None = Field(
        None,
        ge=1,
        description="days that article topics are kept; unset: for ever, so that all can be replayed",
    )

    data_dir: Path = Field(
        default_factory=default_data_dir, description="local state, logs, the embedded broker"
    )
    store: str = Field(
        "disk://",
        pattern=r"^(disk|memory|rocksdb)://$",
        description="local copy of table state: disk:// (a file that is made anew at each start), memory:// or rocksdb://",
    )
    window_days: float = Field(7, gt=0, description="days within which copies of an article are recognised")
    dedupe_lanes: Literal["one", "script"] = Field(
        "one",
        description="lanes of deduplication: one, or one for each script of the language; fixed once topics exist",
    )

    guarantee: Literal["exactly_once", "at_least_once"] = Field(
        "exactly_once",
        description="exactly_once: readers of committed records see no crash; at_least_once: records may repeat, nothing is fenced",
    )
    transaction_timeout: float = Field(
        30,
        ge=5,
        le=900,  # brokers refuse more by default (transaction.max.timeout.ms)
        description="seconds after which the broker aborts what a dead worker left open, if no other takes over before",
    )
    commit_interval: float = Field(0.5, gt=0, description="seconds between commits of consumed offsets")
    session_timeout: float = Field(
        10,
        ge=6,  # brokers refuse less by default (group.min.session.timeout.ms), and the worker would never get its partitions
        description="seconds without heartbeat after which a worker's partitions go to others",
    )
    batch_records: int = Field(1000, ge=1, description="records that a stage takes at once, at most")
    batch_bytes: int = Field(
        4 * MIB, ge=1, description="bytes that a stage takes at once; one record may be over it"
    )
    batch_work: float = Field(
        1, gt=0, description="seconds of work after which a stage commits what it has done of a batch"
    )
    batch_wait: float = Field(0.01, ge=0, description="seconds that a stage waits for a batch to fill")
    buffer_records: int = Field(1024, ge=1, description="records that are read ahead for each stage")
    linger_ms: int = Field(5, ge=0, description="milliseconds that the producer waits to fill a request")
    compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = Field(
        "none", description="codec of produced record batches"
    )
    max_body_bytes: int = Field(
        MIB,
        ge=1024,
        description="largest record of articles.raw; derived records may have four times as much",
    )
    watchdog_seconds: float = Field(
        60,
        ge=0,
        description="a worker ends when a partition with a backlog has no commit for so long; 0: never",
    )

    metrics_host: str = Field("127.0.0.1", description="address that metrics and health are served on")
    metrics_port: int = Field(9464, ge=0, le=65535, description="their port; 0: not served")
    log_level: Literal["DEBUG", "INFO", "WARN", "ERROR"] = Field("WARN", description="what a worker logs")

    fresh_seconds: float = Field(
        300, ge=0, description="a worker on which a record waits longer is not called ready; 0: however long"
    )
    metrics_token: SecretStr | None = Field(
        None,
        min_length=MIN_TOKEN,
        description="bearer token that /metrics asks for; a must where metrics_host is not a loopback address",
    )

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="how Kafka is reached: encrypted (SSL), with a login (SASL), both or neither"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = Field(
        None, description="how to log in, where the protocol is one of SASL"
    )
    sasl_username: str | None = Field(None, description="Kafka user")
    sasl_password: SecretStr | None = Field(None, description="its password")
    ssl_cafile: Path | None = Field(
        None,
        description="PEM file of the authorities that sign the brokers' certificates; the system's unless given",
    )
    ssl_certfile: Path | None = Field(
        None, description="PEM file of our certificate, with its chain, where brokers ask for one (mTLS)"
    )
    ssl_keyfile: Path | None = Field(
        None, description="PEM file of its key, unless it stands in ssl_certfile"
    )
    ssl_key_password: SecretStr | None = Field(None, description="password of the key, if it has one")
    ssl_check_hostname: bool = Field(
        default=True, description="whether a broker's certificate must bear the name it is reached by"
    )
    max_attempts: int = Field(
        3, ge=1, description="tries of one record after which `dead-letters redrive` refuses it"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse a login or a certificate of which a part is missing, before a broker refuses it in its own words."""
        if self.security_protocol.startswith("SASL"):
            for name in ("sasl_mechanism", "sasl_username", "sasl_password"):
                if getattr(self, name) is None:
                    raise ValueError(f"{self.security_protocol} needs DRAGOMAN_{name.upper()}")
        if self.ssl_certfile is None and self.ssl_keyfile is not None:
            raise ValueError("DRAGOMAN_SSL_KEYFILE needs DRAGOMAN_SSL_CERTFILE")
        return self

    @property
    def group(self) -> str:
        """The consumer group, which is also Faust's app id and the prefix of changelog topics."""
        return f"{self.topic_prefix}{self.app_id}"

    @property
    def window(self) -> timedelta:
        """The deduplication window."""
        return timedelta(days=self.window_days)

    @property
    def max_record_bytes(self) -> int:
        """The largest derived record: text, offsets and headers take more room than the raw body did."""
        return 4 * self.max_body_bytes

    def topic(self, name: str) -> str:
        """Return the name on the broker of a topic of the catalogue."""
        return f"{self.topic_prefix}{name}"

    def environment(self) -> dict[str, str]:
        """Return the environment that gives a child process these settings."""
        own = {
            f"DRAGOMAN_{name.upper()}": str(
                value.get_secret_value() if isinstance(value, SecretStr) else value
            )
            for name in type(self).model_fields
            if (value := getattr(self, name)) is not None
        }
        return {k: v for k, v in os.environ.items() if not k.startswith("DRAGOMAN_")} | own
