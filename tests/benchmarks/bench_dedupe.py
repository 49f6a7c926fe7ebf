"""Deduplication at scale: verdicts per second and memory, in steps up to `--articles`, beside datasketch's MinHash LSH.

    python tests/benchmarks/bench_dedupe.py --articles 1000000

Sketches are made up with the sizes of those of real articles of about 450 words, for making a million real ones takes longer
than judging them: one in five is an exact copy of an earlier article, one in ten a near copy, the others are new. The cost of
`make_sketch` is measured apart on made-up text. datasketch, if it is installed, gets the same stream as MinHashes of 128
permutations, with its threshold at 0.5. Times are CPU times of this process; memory is its resident set beyond what it was
before the first article.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from processors.dedupe import Deduper, make_sketch
from schemas.article import ArticleHead, RawPosition
from schemas.sketch import BINS, Sketch

START = datetime(2025, 3, 1, tzinfo=UTC)
EXACT, NEAR, RECENT = 0.2, 0.3, 5000
KEYS, SENTENCES, NAMES, NUMBERS, RECURRING = 10, 20, 22, 10, 14


def resident() -> float:
    """Return the resident set of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def made_up(rng: random.Random) -> Sketch:
    """Return a sketch of a text that shares nothing with any other."""
    number = rng.getrandbits
    return Sketch(
        digest=rng.randbytes(16),
        signature=rng.randbytes(BINS),
        words=450,
        shingles=440,
        headline=number(32),
        script="latin",
        cased=True,
        update=False,
        keys=tuple(sorted(number(32) for _ in range(KEYS))),
        sentences=tuple((number(32), number(16), number(16), 22) for _ in range(SENTENCES)),
        names=tuple(sorted(number(16) for _ in range(NAMES))),
        numbers=tuple(sorted(number(16) for _ in range(NUMBERS))),
        recurring=tuple((t, 2, 9) for t in sorted(number(16) for _ in range(RECURRING))),
    )


def edited(sketch: Sketch, rng: random.Random) -> Sketch:
    """Return the sketch of a light edit: one bin in ten, two keys and two sentences are other ones."""
    other = made_up(rng)
    signature = bytes(
        b if rng.random() < 0.1 else a for a, b in zip(sketch.signature, other.signature, strict=True)
    )
    return Sketch(
        digest=other.digest,
        signature=signature,
        words=445,
        shingles=435,
        headline=sketch.headline,
        script="latin",
        cased=True,
        update=False,
        keys=tuple(sorted(sketch.keys[2:] + other.keys[:2])),
        sentences=sketch.sentences[2:] + other.sentences[:2],
        names=sketch.names,
        numbers=sketch.numbers,
        recurring=sketch.recurring,
    )


def stream(count: int, seed: int = 1) -> Iterator[tuple[ArticleHead, Sketch]]:
    """Give `count` articles, one a quarter of a second."""
    rng = random.Random(seed)  # noqa: S311 - a fixed stream
    recent: list[Sketch] = []
    for n in range(count):
        draw = rng.random()
        sketch = made_up(rng) if draw > NEAR or not recent else rng.choice(recent)
        if EXACT < draw <= NEAR:
            sketch = edited(sketch, rng)
        if len(recent) < RECENT:
            recent.append(sketch)
        else:
            recent[n % RECENT] = sketch
        moment = START + timedelta(milliseconds=250 * n)
        head = ArticleHead.model_construct(
            article_id=str(UUID(int=rng.getrandbits(128), version=5)),
            version=rng.randbytes(32).hex(),
            raw_id=f"feed-{n}",
            url=f"https://example.org/news/{n}",
            source="example.org",
            published_at=moment,
            record_time=moment,
            agency=None,
            withdrawn=False,
            raw=RawPosition.model_construct(partition=n % 6, offset=n // 6),
        )
        yield head, sketch


def batches(count: int, size: int) -> Iterator[list[tuple[ArticleHead, Sketch]]]:
    """Give the stream in lists of `size`, so that making it up is not measured."""
    batch = []
    for item in stream(count):
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []


BATCH, FIRST = 2000, 10_000


def ours(count: int, step: int) -> tuple[float, Deduper]:
    """Judge the stream; print a line after the first 10,000 and every `step` articles. Returns (verdicts per second, the deduper)."""
    deduper = Deduper(window=None)
    before, spent, done = resident(), 0.0, 0
    since, last = 0.0, 0
    for batch in batches(count, BATCH):
        begin = time.process_time()
        for head, sketch in batch:
            deduper.judge(head, sketch)
        since += time.process_time() - begin
        done += len(batch)
        if done % step < BATCH or done == FIRST:
            rate = (done - last) / since
            print(
                f"  {done:>9,} articles  {rate:>7,.0f} verdicts/s  {resident() - before:>6,.0f} MB",
                flush=True,
            )
            spent, since, last = spent + since, 0.0, done
    return done / (spent + since), deduper


def full_window(count: int) -> float:
    """Return verdicts per second where the window holds `count` articles and each new one pushes one out."""
    deduper = Deduper(window=timedelta(milliseconds=250 * count))
    spent, done = 0.0, 0
    for batch in batches(2 * count, min(BATCH, count)):
        begin = time.process_time()
        for head, sketch in batch:
            deduper.judge(head, sketch)
        done += len(batch)
        if done > count:
            spent += time.process_time() - begin
    return count / spent


def recovery(deduper: Deduper) -> float:
    """Restore another deduper from the changes of this one; return articles per second."""
    items = [(key, value) for key, value in deduper.changes() if value is not None]
    begin = time.process_time()
    Deduper(window=None).restore(items)
    return len(items) / (time.process_time() - begin)


def prose(count: int) -> list[str]:
    """Return made-up texts of about 4 kB: one in five an exact copy of an earlier one, one in ten with a sentence changed."""
    rng = random.Random(2)  # noqa: S311 - a fixed text
    vocabulary = [
        "".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randrange(2, 11))) for _ in range(8000)
    ]
    texts: list[str] = []

    def sentence() -> str:
        return " ".join(rng.choices(vocabulary, k=22)).capitalize() + f" Paris {rng.randrange(99)}."

    for _ in range(count):
        draw = rng.random()
        if draw > NEAR or not texts:
            texts.append(" ".join(sentence() for _ in range(26)))
        else:
            old = rng.choice(texts)
            texts.append(old if draw <= EXACT else f"{sentence()} {old}")
    return texts


def from_text(count: int) -> None:
    """Print articles per second from the text on, for us and for datasketch, and the ratio.

    Ours: words, facts, MinHash and the rest of the sketch, look-up, comparison, verdict, storing. datasketch: lower case, split at spaces,
    shingles of four words, MinHash of 128 permutations, query, insert; it returns candidates, nothing is compared.
    """
    texts, heads = prose(count), [head for head, _ in stream(count)]
    deduper = Deduper(window=None)
    for text in texts[:100]:
        make_sketch(None, text, None)
    begin = time.process_time()
    sketches = [make_sketch("A headline", text, "en") for text in texts]
    sketched = time.process_time() - begin
    begin = time.process_time()
    for head, sketch in zip(heads, sketches, strict=True):
        deduper.judge(head, sketch)
    ours_spent = sketched + time.process_time() - begin
    print(
        f"from text, ours: sketch {sketched / count * 1e6:,.0f} us, all {ours_spent / count * 1e6:,.0f} us an article"
    )
    try:
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - not needed by the rest
    except ImportError:
        print("datasketch is not installed: nothing to compare with")
        return
    lsh = MinHashLSH(threshold=0.5, num_perm=BINS)
    begin = time.process_time()
    for n, text in enumerate(texts):
        words = text.lower().split()
        shingles = {" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)}
        minhash = MinHash(num_perm=BINS)
        minhash.update_batch(shingles)
        lsh.query(minhash)
        lsh.insert(n, minhash)
    spent = time.process_time() - begin
    print(f"from text, datasketch: {spent / count * 1e6:,.0f} us an article, ratio {spent / ours_spent:.1f}")


def datasketch(count: int) -> float | None:
    """Return articles per second of datasketch's LSH on the same stream, None if it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - not needed by the rest
    except ImportError:
        return None
    lsh = MinHashLSH(threshold=0.5, num_perm=BINS)
    before, spent, done = resident(), 0.0, 0
    for batch in batches(count, count):
        hashes = [
            MinHash(
                num_perm=BINS,
                hashvalues=np.frombuffer(s.signature, np.uint8).astype(np.uint64),
                scheme="legacy",
            )
            for _, s in batch
        ]
        begin = time.process_time()
        for n, minhash in enumerate(hashes):
            lsh.query(minhash)
            lsh.insert(n, minhash)
        spent, done = spent + time.process_time() - begin, done + len(batch)
    print(f"  datasketch: {done:,} articles  {resident() - before:,.0f} MB")
    return done / spent


def main() -> int:
    """Run all of it and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--compare", type=int, default=20_000, help="articles given to datasketch; 0 = none")
    args = parser.parse_args()
    from_text(1000)
    rate, deduper = ours(args.articles, min(args.articles, max(10_000, args.articles // 10)))
    print(f"verdicts: {rate:,.0f}/s")
    print(f"verdicts with a full window: {full_window(max(BATCH, args.articles // 10)):,.0f}/s")
    print(f"recovery: {recovery(deduper):,.0f} articles/s")
    del deduper
    theirs = datasketch(args.compare) if args.compare else None
    if theirs:
        print(
            f"datasketch, bare look-ups of ready MinHashes: {theirs:,.0f}/s; our verdicts are {rate / theirs:.1f} of that"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
