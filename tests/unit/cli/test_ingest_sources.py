"""What files, folders and pipes become as raw records."""

import gzip
from pathlib import Path

import orjson
import pytest

from streams.failure import Failure
from streams.ingest import find_sources
from streams.ingest.formats import Format, key_of, split_json

ARTICLE = b'{"id": "a-1", "body": "Two ministers met."}'


def values(*paths: Path, form: Format | None = None) -> list[bytes]:
    """Return the record values that the paths give."""
    sources, _ = find_sources(paths, form)
    return [item.value for source in sources for item in source.items()]


def test_json_lines_go_verbatim(tmp_path: Path) -> None:
    """Each line is a record, whatever it holds; blank lines, line ends and a byte-order mark are not."""
    broken = b'{"id": \xff'
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + ARTICLE + b"\r\n\n  \n" + broken + b"\n[1]\n  " + ARTICLE)
    assert values(path) == [ARTICLE, broken, b"[1]", b"  " + ARTICLE]


def test_places_name_file_and_line(tmp_path: Path) -> None:
    """Places count the lines of the file, blank ones too."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(ARTICLE + b"\n\n" + ARTICLE)
    (source,), _ = find_sources([path])
    assert [item.place for item in source.items()] == ["a.jsonl line 1", "a.jsonl line 3"]


def test_gzip_is_read_through(tmp_path: Path) -> None:
    """A gzipped file is what is in it."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(ARTICLE + b"\n" + ARTICLE))
    assert values(path) == [ARTICLE, ARTICLE]


def test_truncated_gzip_is_a_failure(tmp_path: Path) -> None:
    """A damaged archive ends with one line that names it."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(ARTICLE * 1000)[:-20])
    with pytest.raises(Failure, match=r"^a\.jsonl\.gz: "):
        values(path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ARTICLE, [ARTICLE]),
        (b"\n " + ARTICLE + b"\n", [ARTICLE]),
        (b"[" + ARTICLE + b", 7]", [orjson.dumps(orjson.loads(ARTICLE)), b"7"]),
        (ARTICLE + b"\n" + ARTICLE, [ARTICLE, ARTICLE]),
        (b"{\n not json", [b"{\n not json"]),
        (b"[]", [b"[]"]),
    ],
    ids=["object", "spaces", "array", "lines", "broken", "empty-array"],
)
def test_json_file(tmp_path: Path, content: bytes, expected: list[bytes]) -> None:
    """An object is one record, an array one for each element, and lines are lines under another name."""
    path = tmp_path / "a.json"
    path.write_bytes(content)
    assert values(path) == expected


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.txt", b"Two ministers met.", "text/plain"),
        ("a.html", b"<p>Two ministers met.</p>", "text/html"),
        ("unnamed", b"  <!DOCTYPE html><html><body>Two ministers met.</body></html>", "text/html"),
        ("unnamed", b"Two ministers met.", "text/plain"),
    ],
)
def test_text_and_pages_become_articles(tmp_path: Path, name: str, content: bytes, content_type: str) -> None:
    """A text or page is the body of one article, whose id is the file's name."""
    path = tmp_path / name
    path.write_bytes(content)
    (value,) = values(path)
    assert orjson.loads(value) == {"id": name, "body": content.decode(), "content_type": content_type}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", '<meta charset="windows-1251"><p>Переговоры'.encode("cp1251")),
        ("a.txt", "Переговоры".encode("utf-16")),
        ("a.txt", "\ufeffПереговоры".encode()),
    ],
    ids=["meta", "utf-16", "bom"],
)
def test_encodings(tmp_path: Path, name: str, content: bytes) -> None:
    """Byte-order marks and the charset of a page are followed."""
    path = tmp_path / name
    path.write_bytes(content)
    body = orjson.loads(values(path)[0])["body"]
    assert body.endswith("Переговоры")
    assert not body.startswith("\ufeff")


def test_undecodable_text_goes_verbatim(tmp_path: Path) -> None:
    """What can't be decoded is still produced, and ends in the dead letters with these bytes."""
    content = b"\xff\x00\xfe\x00\xff broken \x00"
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert values(path) == [content]


def test_folder_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """Files of a folder come sorted, hidden ones are left out, and what is no text is named."""
    for name in ("b/2.jsonl", "a/1.jsonl", "b/1.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'{"id": "%s"}' % name.encode())
    (tmp_path / ".hidden.jsonl").write_bytes(ARTICLE)
    (tmp_path / "photo").write_bytes(b"\x89PNG\0\0")
    sources, skipped = find_sources([tmp_path])
    assert [source.name for source in sources] == ["a/1.jsonl", "b/1.jsonl", "b/2.jsonl"]
    assert skipped == ["photo: no text, passed over"]


def test_forced_format_wins(tmp_path: Path) -> None:
    """`--format` is stronger than the name."""
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE)
    assert values(path, form=Format.JSON_LINES) == [ARTICLE]


def test_missing_path_is_a_failure(tmp_path: Path) -> None:
    """A path that isn't there ends the command before anything is sent."""
    with pytest.raises(Failure, match="no such file or folder"):
        find_sources([tmp_path / "nothing"])


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (b'{"url": "https://a.example/1", "id": "x"}', b"https://a.example/1"),
        (b'{"url": null, "id": "x"}', b"x"),
        (b'{"url": "", "id": ""}', None),
        (b'{"url": 7}', None),
        (b"[1]", None),
        (b"{", None),
    ],
)
def test_key(value: bytes, key: bytes | None) -> None:
    """The key is the url, else the id, else none."""
    assert key_of(value) == key


@pytest.mark.parametrize(
    ("name", "told"), [("a.jsonl.gz", "a.jsonl.gz line 1: longer"), ("a.txt.gz", "a.txt.gz: more than")]
)
def test_a_small_file_that_unpacks_to_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    """No more is unpacked than one record may have, and one line says which file it was."""
    monkeypatch.setattr("streams.ingest.sources.MOST_BYTES", 10_000)
    (tmp_path / name).write_bytes(gzip.compress(b"x" * 1_000_000))
    ((source,), _) = find_sources([tmp_path / name])
    with pytest.raises(Failure, match=told):
        list(source.items())


def test_an_array_nested_too_deep_goes_on_as_it_stands() -> None:
    """What can be read and not written again is left to the clean stage, which refuses it with these bytes."""
    value = b'[{"body": "x", "more": ' + b"[" * 900 + b"]" * 900 + b"}]"
    assert list(split_json(value)) == [value]
