"""A broker that asks who one is: TLS with a throwaway authority, SCRAM, PLAIN and client certificates, and Kafka's authorizer.

Its listener without security is for the broker itself and for the tests that set things up; nothing of ours talks to it.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import trustme
from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from streams.broker.aot import java_with_cache
from streams.broker.jars import ensure_jars, jar_folder
from streams.broker.lock import packaged_lock
from streams.broker.node import NodeFiles, end, format_storage, launch, wait_until_ready, write_settings
from streams.broker.paths import default_cache_dir
from streams.broker.ports import HOST, choose_ports
from streams.broker.properties import render_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from streams.acls import Grant

PASSWORD = "sentinel-4711-password"  # noqa: S105 - that of the test
PLAIN_USERS = ("tail",)
SCRAM = {"SCRAM-SHA-256": ScramMechanism.SCRAM_SHA_256, "SCRAM-SHA-512": ScramMechanism.SCRAM_SHA_512}
RESOURCES = {
    "topic": ResourceType.TOPIC,
    "group": ResourceType.GROUP,
    "transactional-id": ResourceType.TRANSACTIONAL_ID,
}
OPERATIONS = {
    "Read": AclOperation.READ,
    "Write": AclOperation.WRITE,
    "Create": AclOperation.CREATE,
    "Describe": AclOperation.DESCRIBE,
    "DescribeConfigs": AclOperation.DESCRIBE_CONFIGS,
}


@dataclass(frozen=True)
class SecureBroker:
    """Where the broker serves, the files of its authority and of a client that it knows, and what sets it up."""

    login: str
    certificates: str
    ca: Path
    client: Path
    admin: AdminClient

    def add_user(self, name: str, mechanism: str) -> None:
        """Let a user log in by SCRAM."""
        info = ScramCredentialInfo(SCRAM[mechanism], 4096)
        row = UserScramCredentialUpsertion(name, info, PASSWORD.encode())
        for done in self.admin.alter_user_scram_credentials([row]).values():
            done.result(30)

    def allow(self, user: str, granted: Iterable[Grant]) -> None:
        """Grant a user what the rows say."""
        rows = [
            AclBinding(
                RESOURCES[grant.resource],
                grant.name,
                ResourcePatternType.PREFIXED if grant.prefixed else ResourcePatternType.LITERAL,
                f"User:{user}",
                "*",
                OPERATIONS[grant.operation],
                AclPermissionType.ALLOW,
            )
            for grant in granted
        ]
        for done in self.admin.create_acls(rows).values():
            done.result(30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


def write_pem(certificate: trustme.LeafCert, path: Path) -> Path:
    """Write key and chain into one file, the key in the only form that Kafka reads (PKCS #8)."""
    key = load_pem_private_key(certificate.private_key_pem.bytes(), None)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(text + b"".join(pem.bytes() for pem in certificate.cert_chain_pems))
    return path


@pytest.fixture(scope="session")
def secure_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureBroker]:
    """Give a running broker with security on."""
    folder = tmp_path_factory.mktemp("secure")
    authority = trustme.CA()
    ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    server = write_pem(authority.issue_cert("localhost"), folder / "server.pem")
    client = write_pem(authority.issue_cert("client.example", common_name="client"), folder / "client.pem")
    node = NodeFiles(folder / "broker")
    node.data_dir.mkdir()
    ports = choose_ports(node.data_dir, 0, 0)
    login, certificates = free_port(), free_port()
    users = " ".join(f'user_{name}="{PASSWORD}"' for name in PLAIN_USERS)
    write_settings(node, ports, {})
    secure = {
        "listeners": f"PLAINTEXT://{HOST}:{ports.broker},CONTROLLER://{HOST}:{ports.controller},"
        f"LOGIN://{HOST}:{login},CERT://{HOST}:{certificates}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{ports.broker},LOGIN://localhost:{login},CERT://localhost:{certificates}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,CERT:SSL",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(server),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(ca),
        "listener.name.cert.ssl.client.auth": "required",
        "listener.name.login.sasl.enabled.mechanisms": "SCRAM-SHA-256,SCRAM-SHA-512,PLAIN",
        "listener.name.login.plain.sasl.jaas.config": f"org.apache.kafka.common.security.plain.PlainLoginModule required {users};",
        **{
            f"listener.name.login.{name.lower()}.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            )
            for name in SCRAM
        },
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "false",
        "super.users": "User:ANONYMOUS",
    }
    kept = {
        key: value
        for key, _, value in (line.partition("=") for line in node.properties.read_text("ascii").splitlines())
        if key not in secure
    }
    lines = "".join(f"{key}={value}\n" for key, value in kept.items())
    node.properties.write_text(lines + render_properties(secure), "ascii")
    lock = packaged_lock()
    java = java_with_cache(jar_folder(default_cache_dir(), lock), ensure_jars(default_cache_dir(), lock))
    format_storage(node, java, 256)
    process = launch(node, java, 256)
    try:
        wait_until_ready(process, node, ports.broker, 60)
        admin = AdminClient({"bootstrap.servers": f"{HOST}:{ports.broker}"})
        yield SecureBroker(f"localhost:{login}", f"localhost:{certificates}", ca, client, admin)
    finally:
        end(process, 20)
