"""The composition root: four agents on their topics, and the app that Faust's own command finds."""

import pytest
from faust.cli.base import find_app

import streams.app
from streams.app import FLOW, create_app
from streams.settings import Settings
from streams.stages import make_stages


def test_four_agents_read_their_topics() -> None:
    """The flow is the one of the design."""
    app = create_app(Settings(topic_prefix="p.", metrics_port=0))
    reads = {name: sorted(agent.channel.topics) for name, agent in app.agents.items()}
    assert reads == {
        "clean": ["p.articles.raw"],
        "dedupe": ["p.articles.clean"],
        "code": ["p.articles.unique"],
        "resolve": ["p.articles.verdicts", "p.events.mentions"],
    }
    assert all(agent.concurrency == 1 for agent in app.agents.values())


def test_a_worker_can_run_some_of_the_steps() -> None:
    """An app of one step has its agent and no other, and only the tables of that step."""
    settings = Settings(metrics_port=0)
    dedupe = FLOW[1]
    app = create_app(settings, flow=[dedupe], stages={"dedupe": make_stages(settings)["dedupe"]})
    assert (list(app.agents), list(app.tables)) == (["dedupe"], ["dedupe"])


def test_two_stages_have_state_in_a_table() -> None:
    """Their changelogs have the names that the catalogue provisions."""
    app = create_app(Settings(topic_prefix="p.", metrics_port=0))
    changelogs = {name: table.changelog_topic_name for name, table in app.tables.items()}
    assert changelogs == {"dedupe": "p.dragoman-dedupe-changelog", "resolve": "p.dragoman-resolve-changelog"}


def test_faust_creates_no_topics_and_serves_nothing() -> None:
    """Topics come from the catalogue; no port is opened but ours."""
    conf = create_app(Settings(metrics_port=0)).conf
    assert (conf.topic_allow_declare, conf.topic_disable_leader, conf.web_enabled) == (False, True, False)


@pytest.mark.parametrize(("store", "standbys"), [("disk://", 0), ("memory://", 0), ("rocksdb://", 1)])
def test_a_state_that_is_read_anew_is_not_followed_by_others(store: str, standbys: int) -> None:
    """A standby copy is kept where it is still there when the partition comes, and costs nothing elsewhere."""
    conf = create_app(Settings(store=store, metrics_port=0)).conf
    assert conf.table_standby_replicas == standbys


def test_several_brokers_are_all_named() -> None:
    """A cluster is given by several addresses."""
    app = create_app(Settings(broker="a:1, b:2", metrics_port=0))
    assert [(url.host, url.port) for url in app.conf.broker] == [("a", 1), ("b", 2)]


def test_security_settings_reach_faust() -> None:
    """SASL user and mechanism are handed over; without security nothing is."""
    given = {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_username": "u",
        "sasl_password": "p",
    }
    credentials = create_app(Settings.model_validate(given | {"metrics_port": 0})).conf.broker_credentials
    assert (credentials.username, credentials.password, credentials.mechanism.value) == ("u", "p", "PLAIN")
    assert create_app(Settings(metrics_port=0)).conf.broker_credentials is None


def test_the_app_of_the_module_is_made_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the module makes no app; asking twice gives one."""
    monkeypatch.delitem(vars(streams.app), "app", raising=False)
    assert streams.app.app is streams.app.app
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        streams.app.other  # noqa: B018 - the look-up is the test


def test_faust_finds_the_app() -> None:
    """`faust -A streams.app` finds it by Faust's own look-up."""
    assert find_app("streams.app") is streams.app.app
