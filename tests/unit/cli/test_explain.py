"""`dragoman explain`: why a text was coded as it was."""

import subprocess
import sys

import orjson

RECALL = "France recalled its ambassador from Niger."


def explain(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", "explain", *args],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_text_shows_the_rule_that_fired_and_what_it_made() -> None:
    """A person reads actor, event, rule and trigger of a text given on the command line."""
    done = explain(RECALL)
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    assert f"text 0-{len(RECALL)}  {RECALL}" in out
    assert "seen    France = FRA" in out
    assert "rule sanction.recall  trigger 'recalled'" in out


def test_a_rule_that_almost_fired_says_what_it_missed() -> None:
    """A verb whose object is no sanction, and a noun that no verb makes an act, each name what is wanting."""
    (one,) = [
        orjson.loads(line)
        for line in explain("--json", "Canada imposed silence in its libraries.").stdout.splitlines()
    ]
    assert one["mentions"] == []
    assert {m["rule"]: m["reason"] for m in one["missed"]}["sanction.impose"].startswith("its object is not")
    (two,) = [
        orjson.loads(line) for line in explain("--json", "The sanctions hurt Iran.").stdout.splitlines()
    ]
    assert "no verb that makes it an act" in {m["rule"]: m["reason"] for m in two["missed"]}["sanction.noun"]


def test_articles_come_as_lines_and_say_the_same_as_code() -> None:
    """Read from a pipe, every mention that `dragoman code` gives is there under its sentence."""
    article = orjson.dumps({"id": "a", "title": "Row with Niger", "body": f"{RECALL} It rained in Paris."})
    done = explain("--json", stdin=article)
    sentences = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert [s["field"] for s in sentences] == ["title", "text", "text"]
    coded = subprocess.run(
        [sys.executable, "-m", "streams.cli", "code"],
        input=article,
        capture_output=True,
        check=True,
        timeout=120,
    )
    wanted = [orjson.loads(line) for line in coded.stdout.splitlines()]
    assert [m["mention_id"] for s in sentences for m in s["mentions"]] == [m["mention_id"] for m in wanted]


def test_the_date_decides_who_held_an_office() -> None:
    """One name is an opposition leader in one year and a head of government in another."""
    sectors = []
    for day in ("2022-03-01", "2025-03-01"):
        line = explain("--json", "--published", day, "Keir Starmer met Emmanuel Macron.").stdout
        sectors.append(orjson.loads(line)["actors"][0]["sector"])
    assert sectors == ["OPP", "GOV"]


def test_another_language_is_named() -> None:
    """No rule is tried on an article that is not English, and the command says so."""
    body = "La France a rappelé son ambassadeur au Niger, a annoncé mardi soir le ministère des affaires étrangères à Paris."
    done = explain(stdin=orjson.dumps({"id": "f", "body": body}))
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"language fr" in done.stderr
