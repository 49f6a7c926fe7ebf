"""The list of rights: in the documentation as in the file, and about what there is."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.acls import Grant, grants, table
from streams.cli.app import app
from streams.settings import Settings
from streams.topics import catalogue
from streams.transactions import transactional_id

DOC = (Path(__file__).parents[3] / "docs" / "security.md").read_text("utf-8")
SETTINGS = Settings(topic_prefix="p.")


def test_the_page_lists_what_the_file_says() -> None:
    """Every right is in the table of the page, and no other."""
    rows = re.findall(
        r"^\| (\S+) \| `((?:topic|group|transactional-id) [^`]+)` \| (.+) \|$", DOC, re.MULTILINE
    )
    wanted = [
        (component, resource, ", ".join(operations))
        for component, rights in table().items()
        for resource, operations in rights.items()
    ]
    assert rows == wanted


def test_the_page_names_settings_that_exist() -> None:
    """Each variable of the page is a setting."""
    named = {name.removeprefix("DRAGOMAN_").lower() for name in re.findall(r"`(DRAGOMAN_[A-Z_]+)", DOC)}
    assert named - {"traceback"} <= set(Settings.model_fields)


@pytest.mark.parametrize("component", list(table()))
def test_rights_are_about_topics_that_there_are(component: str) -> None:
    """Topics are those of the catalogue, but for what a replay writes; groups and ids are ours."""
    known = {topic.full_name for topic in catalogue(SETTINGS).values()}
    for grant in grants(SETTINGS, component, into="again."):
        if grant.resource == "topic":
            assert grant.name in known or grant == Grant("topic", "again.", True, grant.operation)
        else:
            assert grant.name.startswith(SETTINGS.group)


def test_a_worker_may_use_its_own_transactional_ids() -> None:
    """Each lane's id begins with what is granted."""
    granted = [g.name for g in grants(SETTINGS, "worker") if g.resource == "transactional-id" and g.prefixed]
    for stage in ("clean", "dedupe", "code", "resolve"):
        assert any(transactional_id(SETTINGS, stage, 3).startswith(name) for name in granted)


def test_the_command_prints_arguments_of_kafka_s_tool() -> None:
    """One line a right, prefixes said so."""
    lines = (
        CliRunner()
        .invoke(app, ["topics", "acls", "dead-letters", "--principal", "User:ada"])
        .output.splitlines()
    )
    assert "--add --allow-principal User:ada --operation Read --topic dead-letters" in lines
    assert len(lines) == len(grants(Settings(), "dead-letters"))
