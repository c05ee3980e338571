"""Worker processes give what one process gives, and outlive the death of any of them."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from verify import articles, errors, pipeline, workers
from verify.articles import Corpus
from verify.context import Run
from verify.models import AnalysedArticle, Issue
from verify.publishers import Publishers
from verify.settings import Settings
from verify.terms import IssueReason
from verify.workers import logs, process

TEXTS = {
    "bridge.txt": "Mayor Ada Quill said on Monday that the bridge would open in May. Critics doubt it.",
    "ferry.txt": "The ferry company cut eleven jobs, according to its own report. It denied any pressure.",
    "poison.txt": "Minister Orla Benn said the OCELOT programme had failed. Nobody answered her letters.",
    "quarry.txt": "The quarry may close next year, two officials said. Its owner has not spoken.",
    "school.txt": "Teachers allegedly warned the council in 2019. The council did not reply to them.",
}
# Runs in every process that starts with this on its path: a text with the word ends the process that parses it.
POISON = """
import os, signal
import verify.stages as stages
real = stages.annotate
def annotate(batch, run):
    if any("OCELOT" in one.article.text for one in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(batch, run)
stages.annotate = annotate
"""


@pytest.fixture(scope="module")
def run(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("raw")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return Run(Settings(input=(folder,), processes=2), nlp, Publishers())


@pytest.fixture(scope="module")
def pool(run: Run) -> Iterator[workers.Pool]:
    pool = workers.Pool(run, 2)
    yield pool
    pool.close()


def extracted(corpus: Corpus, run: Run, crew: workers.Crew) -> tuple[list[AnalysedArticle], list[Issue]]:
    found = pipeline.extract(corpus, run, crew)
    return list(found), found.issues


def test_two_processes_give_what_one_gives(run: Run, pool: workers.Pool) -> None:
    alone = workers.Alone(run)
    corpus = pipeline.read(run, alone)
    assert pipeline.read(run, pool) == corpus
    assert len(corpus) == len(TEXTS)
    assert extracted(corpus, run, pool) == extracted(corpus, run, alone)


def test_a_process_that_is_killed_costs_no_article(
    run: Run, pool: workers.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    corpus = pipeline.read(run, pool)
    for pid in pool.pids:
        os.kill(pid, signal.SIGKILL)
    assert extracted(corpus, run, pool) == extracted(corpus, run, workers.Alone(run))
    assert "ended by SIGKILL" in caplog.text


def test_an_article_that_ends_its_process_becomes_an_issue(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    corpus = pipeline.read(run, workers.Alone(run))
    pool = workers.Pool(run, 1)
    try:
        found = pool.extract(corpus.articles)
    finally:
        pool.close()
    assert [one.article.path for one in found.articles] == [name for name in TEXTS if name != "poison.txt"]
    [issue] = found.issues
    assert (issue.path, issue.reason) == ("poison.txt", IssueReason.EXTRACTION_FAILED)
    assert "SIGKILL" in issue.detail


def test_an_article_that_hangs_becomes_an_issue(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON.replace("os.kill(os.getpid(), signal.SIGKILL)", "signal.pause()"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr(process, "PATIENCE", 0.1)
    monkeypatch.setattr(process, "BUSY", 0)
    corpus = pipeline.read(run, workers.Alone(run))
    pool = workers.Pool(run, 1)
    try:
        found = pool.extract([article for article in corpus if article.path == "poison.txt"])
    finally:
        pool.close()
    assert not found.articles
    assert "gave no answer for 0.1 s" in found.issues[0].detail


@pytest.mark.parametrize("deaths", [2, 3])
def test_a_process_that_dies_while_it_starts_is_started_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deaths: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        f"import os, pathlib\nnotes = pathlib.Path({str(tmp_path)!r}, 'starts')\n"
        "notes.open('a').write('x')\n"
        f"if len(notes.read_text()) <= {deaths}:\n    os._exit(7)\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    pool = workers.Pool(run, 1)
    try:
        if deaths < process.STARTS:
            assert len(pool.read([])) == 0
        else:
            with pytest.raises(errors.WorkerError, match=r"while it was starting: exit code 7.*fewer processes"):
                pool.read([])
    finally:
        pool.close()


def test_a_file_that_ends_its_process_becomes_an_issue() -> None:
    corpus = workers.READ.give_up(articles.InputFile("a.txt", Path("a.txt")), "the process ended by SIGKILL")
    assert corpus.issues[0].reason is IssueReason.UNREADABLE
    assert "SIGKILL" in corpus.issues[0].detail


def test_log_lines_of_a_worker_are_logged_here(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with logs.kept() as records:
        try:
            raise ValueError("no such verb")
        except ValueError:
            logging.getLogger("verify.stages").exception("the extraction raised an error on %s", "a.txt")
    assert not caplog.records
    logs.replay(pickle.loads(pickle.dumps(records)))
    assert "raised an error on a.txt" in caplog.text
    assert "no such verb" in caplog.text


def test_a_worker_with_another_program_or_pipeline_refuses(run: Run) -> None:
    told = workers.brief(run)
    assert workers.open_run(told).settings.model == run.settings.model
    with pytest.raises(errors.WorkerError, match="another version of the program"):
        workers.open_run(replace(told, fingerprint="0" * 64))


def test_a_brief_holds_no_secret_and_no_place(run: Run) -> None:
    settings = run.settings.model_copy(update={"output": Path("/srv/elsewhere"), "dask_address": "tcp://10.0.0.1:1"})
    sent = pickle.dumps(workers.brief(Run(settings, run.nlp, run.publishers)))
    assert b"elsewhere" not in sent
    assert b"10.0.0.1" not in sent


def test_a_cluster_is_for_the_flow(tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigError, match=r"'runner' is 'dask'.*make run"):
        pipeline.run(Settings(input=(tmp_path,), output=tmp_path / "out", runner="dask"))


def test_an_interrupt_ends_the_run_and_its_workers(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(40):
        (raw / f"{number}.txt").write_text(" ".join(TEXTS.values()) + f" It was report {number}.")
    command = [sys.executable, "-m", "verify.cli", "run", str(raw), "-o", str(tmp_path / "out"), "--processes", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, process_group=0)
    children: list[str] = []
    deadline = time.monotonic() + 600
    while len(children) < 2 and time.monotonic() < deadline:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "nothing was published" in said
    assert "Traceback" not in said
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert not (tmp_path / "out" / "latest").exists()


def test_workers_end_when_their_parent_is_killed(run: Run) -> None:
    code = (
        "import os, signal, time; from verify import pipeline, workers; from verify.settings import Settings\n"
        "from multiprocessing import Pipe\n"
        "from verify.workers.process import Process\n"
        "p = Process(workers.brief(pipeline.prepare(Settings())))\n"
        "p.do('read', []); print(p.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    worker = int(done.stdout)
    deadline = time.monotonic() + 120
    while Path(f"/proc/{worker}").exists() and "zombie" not in Path(f"/proc/{worker}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    "error",
    [
        errors.ConfigError("limit", -1, "at least 0", "verify.toml"),
        errors.InputError("raw", "there is no such file"),
        errors.ModelError("en", "not found"),
        errors.SchemaError("claims", "text", "a string", "7"),
        errors.ValidationFailed(["one", "two"]),
        errors.DatasetError("curated", "is locked"),
        errors.WorkerError("ended"),
    ],
)
def test_every_error_comes_through_a_pickle(error: errors.VerifyError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


@given(st.lists(st.integers(1, 1000)), st.integers(1, 20), st.integers(1, 8))
def test_batches_are_the_whole_in_order_and_no_longer_than_allowed(sizes: list[int], most: int, at_once: int) -> None:
    batches = workers.cut(sizes, most, at_once, lambda size: size)
    assert [size for batch in batches for size in batch] == sizes
    assert all(1 <= len(batch) <= most for batch in batches)


@given(st.lists(st.integers(1, 100), min_size=200, max_size=300))
def test_batches_are_balanced_by_length(sizes: list[int]) -> None:
    batches = workers.cut(sizes, 1000, 4, lambda size: size)
    share = sum(sizes) / 4
    assert len(batches) == 4
    assert all(abs(sum(batch) - share) <= 100 for batch in batches)
