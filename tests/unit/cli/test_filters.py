"""The filter commands, as processes on a pipe and in-process."""

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

DRAGOMAN = [sys.executable, "-m", "streams.cli"]

VISIT = "Kenyan President William Ruto visited Paris on Monday and met French President Emmanuel Macron."
STRIKE = (
    "Sudanese troops shelled a market in Omdurman on Tuesday, killing nine people, the health ministry said."
)


def call(
    command: str, *lines: bytes | dict[str, Any], args: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a filter over the lines, in a process of its own."""
    text = b"\n".join(line if isinstance(line, bytes) else orjson.dumps(line) for line in lines) + b"\n"
    return subprocess.run(
        [*DRAGOMAN, command, *args], input=text, capture_output=True, check=False, timeout=120
    )


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """Return the lines of standard output."""
    return [orjson.loads(line) for line in done.stdout.splitlines()]


def test_clean_keeps_order_and_ids() -> None:
    """Each line is answered in its place, under its own id, with text and title apart."""
    page = "<html><head><title>Visit</title></head><body><article><h1>Visit</h1>" + f"<p>{VISIT}</p>" * 3
    done = call(
        "clean",
        {"id": "b", "url": None, "content_type": "text/html", "body": page},
        {"id": "a", "content_type": "text/plain", "body": VISIT, "published_at": "2025-02-03"},
    )
    assert done.returncode == 0, done.stderr
    first, second = answers(done)
    assert [first["id"], second["id"]] == ["b", "a"]
    assert VISIT in first["text"]
    assert "Visit\n" not in first["text"]
    assert second["text"] == VISIT
    assert second["published_at"] == "2025-02-03T00:00:00Z"


def test_clean_without_id_answers_with_the_article_id() -> None:
    """An article that has no id goes by the one that is made of its content, the same at every run."""
    ids = {answers(call("clean", {"body": VISIT}))[0]["id"] for _ in range(2)}
    assert len(ids) == 1
    assert len(ids.pop()) == 36


@pytest.mark.parametrize("command", ["clean", "dedupe", "code", "process"])
def test_lines_that_cannot_be_used_are_named(command: str) -> None:
    """A bad line is one line on standard error with its number and the reason; the others are answered; the status is 2."""
    bad: list[bytes | dict[str, Any]] = [
        b"not json",
        b"[1, 2]",
        b'{"id": "x"}',
        {"id": "x", "body": 7},
        {"id": "x", "body": VISIT, "published_at": "2025-02-30"},
        b'{"id": "x", "body": "\xff"}',
        b'{"a":' * 50 + b"1" + b"}" * 50,
    ]
    lines: list[bytes | dict[str, Any]] = []
    for line in bad:
        lines += [line, b"", {"id": f"good-{len(lines)}", "body": STRIKE}]
    done = call(command, *lines)
    assert done.returncode == 2
    errors = done.stderr.decode().splitlines()
    assert len(errors) == len(bad)
    for number, error in enumerate(errors):
        assert error.startswith(f"dragoman: line {number * 3 + 1}: ")
        assert len(error) > len("dragoman: line 10: ")
    if command in ("clean", "dedupe"):
        assert [a["id"] for a in answers(done)] == [f"good-{n * 3}" for n in range(len(bad))]


@pytest.mark.parametrize("command", ["clean", "dedupe", "code", "process"])
@pytest.mark.parametrize("body", ["", " \n ", "\x00\x01\u200b"])
def test_no_text_is_no_error(command: str, body: str) -> None:
    """An article without text is answered, with nothing where there is nothing to say."""
    done = call(command, {"id": "empty", "body": body})
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(answers(done)) == (1 if command in ("clean", "dedupe") else 0)


def test_dedupe_speaks_in_the_ids_of_the_input() -> None:
    """Copies name the first copy by the id of its line."""
    copy = VISIT * 3
    done = call(
        "dedupe",
        *({"id": i, "body": body} for i, body in (("one", copy), ("two", STRIKE * 3), ("three", copy))),
    )
    assert done.returncode == 0
    rows = answers(done)
    assert set(rows[0]) == {"id", "kind", "duplicate_of", "revision_of", "contains", "similarity"}
    assert [(r["id"], r["kind"], r["duplicate_of"]) for r in rows] == [
        ("one", "unique", None),
        ("two", "unique", None),
        ("three", "exact", "one"),
    ]


def test_dedupe_tells_what_a_revision_changed() -> None:
    """A new version of a URL comes with its diff: offsets into the cleaned text, and the number that is new."""
    url, later = "https://a.example/market", f"{STRIKE.replace('nine', '14')} {VISIT}"
    old, new = (f"{text} The market is the largest in the city." for text in (STRIKE, later))
    done = call("dedupe", *({"id": i, "url": url, "body": body} for i, body in (("one", old), ("two", new))))
    row = answers(done)[1]
    assert (row["kind"], row["revision_of"]) == ("revision", "one")
    diff = row["diff"]
    assert [diff[name] for name in ("same", "added", "changed", "removed")] == [1, 1, 1, 0]
    toll, visit = diff["changes"]
    assert (new[toll["start"] : toll["end"]], toll["numbers"]) == (STRIKE.replace("nine", "14"), ["14"])
    assert (new[visit["start"] : visit["end"]], visit["kind"]) == (VISIT, "added")


def test_dedupe_window_forgets() -> None:
    """With --window an article is unique again when its copy is older than that."""
    lines = [
        {"id": str(n), "body": VISIT * 3, "published_at": day}
        for n, day in enumerate(("2025-01-01", "2025-03-01"))
    ]
    assert [a["kind"] for a in answers(call("dedupe", *lines))] == ["unique", "exact"]
    assert [a["kind"] for a in answers(call("dedupe", *lines, args=("--window", "7")))] == [
        "unique",
        "unique",
    ]


def test_code_answers_mention_by_mention() -> None:
    """A single sentence is an article; each mention carries the id of its line and its sentence."""
    done = call(
        "code", {"id": "s1", "content_type": "text/plain", "body": STRIKE, "published_at": "2025-02-05"}
    )
    rows = answers(done)
    assert done.returncode == 0
    assert rows
    for row in rows:
        assert row["article_id"] == "s1"
        assert {"type", "cameo", "plover_event", "source", "target", "symmetric", "modality"} <= set(row)
        assert row["evidence"]["sentence"] == STRIKE


def test_process_gives_the_last_revision_of_each_event() -> None:
    """Two outlets on one event are one line, corroborated; every event carries its sentences."""
    bodies = (
        "Kenyan President William Ruto met French President Emmanuel Macron in Paris on Monday.",
        "In Paris, French President Emmanuel Macron met Kenyan President William Ruto on Monday.",
    )
    lines = [
        {"id": o, "url": f"https://{o}.example/1", "source": o, "body": body, "published_at": "2025-02-04"}
        for o, body in zip("ab", bodies, strict=True)
    ]
    done = call("process", *lines)
    events = answers(done)
    assert done.returncode == 0
    assert len({e["event_id"] for e in events}) == len(events)
    (met,) = [e for e in events if {"KEN", "FRA"} <= {a["country"] for a in e["source"] + e["target"]}]
    assert (met["revision"], met["independent_sources"], met["status"]) == (2, 2, "corroborated")
    assert tuple(e["sentence"] for e in met["evidence"]) == bodies


def test_process_is_reproducible_at_a_given_time() -> None:
    """With --received the same input gives the same bytes."""
    line = {"id": "a", "body": STRIKE, "published_at": "2025-02-05"}
    first, second = (
        call("process", line, args=("--received", "2025-02-06T00:00:00Z")).stdout for _ in range(2)
    )
    assert first
    assert first == second


def test_withdrawn_article_takes_its_events_back() -> None:
    """`process` ends with the retraction, `code` has nothing to say of a withdrawal."""
    told = {"id": "a", "url": "https://a.example/1", "body": STRIKE, "published_at": "2025-02-05"}
    gone = {"url": "https://a.example/1", "withdrawn": True}
    assert {e["status"] for e in answers(call("process", told, gone))} == {"retracted"}
    assert answers(call("code", gone)) == []


def test_files_instead_of_standard_input(tmp_path: Path) -> None:
    """Files are read in their order, gzipped ones too, and messages name them."""
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_bytes(b'{"id": "1", "body": "One minister met another."}\nnothing\n')
    packed.write_bytes(gzip.compress(b'{"id": "2", "body": "Two ministers met."}'))
    done = call("clean", args=(str(plain), str(packed)))
    assert [a["id"] for a in answers(done)] == ["1", "2"]
    assert done.stderr.decode().startswith(f"dragoman: {plain} line 2: ")
    missing = call("clean", args=(str(tmp_path / "none.jsonl"),))
    assert missing.returncode == 1
    assert missing.stderr.decode().splitlines() == [
        f"dragoman: {tmp_path}/none.jsonl: No such file or directory"
    ]


def test_answers_come_while_the_input_goes_on() -> None:
    """A line is answered before the next one is read, so that a filter can stand in a live pipe."""
    child = subprocess.Popen([*DRAGOMAN, "clean"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    child.stdin.write(b'{"id": "1", "body": "One minister met another."}\n')
    child.stdin.flush()
    assert orjson.loads(child.stdout.readline())["id"] == "1"
    child.stdin.close()
    child.stdout.close()
    assert child.wait(30) == 0


def test_closed_pipe_ends_quietly() -> None:
    """`| head -1` ends the filter without a word."""
    child = subprocess.Popen(
        [*DRAGOMAN, "clean"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    try:
        for _ in range(2000):
            child.stdin.write(b'{"id": "1", "body": "One minister met another."}\n')
        child.stdin.close()
    except BrokenPipeError:
        pass
    assert child.stderr.read() == b""
    assert child.wait(30) == 0
    child.stderr.close()
