"""Kill runs at random moments and check that what is published is always a whole dataset: make torture.

Before each kill the articles change, so that the dataset of before and the one of after differ; what each state of
the articles must give comes from runs that nobody disturbed, in folders of their own. A third of the kills falls at
any moment of a run, a third at any moment of its publication, and a third right before a touch of the output folder.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import Progress

from tests import victim
from tests.referee import UNFINISHED, faults, leftovers, published
from verify.settings import Settings

WAIT = 300  # seconds until a second run that has not ended is taken for a waiting one
OVER = "(over before the kill)"
MOST_RUNS = 3  # for each kill: some runs are over before theirs, and all of them would be if something were wrong
MOMENTS = ("any moment", "publication", "a touch of the folder")
STATES = (
    {"quay.txt": "The council approved the quay on Tuesday. Two engineers said it may cost 40 million dollars.\n"},
    {
        "quay.txt": "The council approved the quay on Tuesday. Two engineers said it may cost 45 million dollars.\n",
        "port.md": "# Port to close\n\nThe port of Ardel will close in June, the mayor said. Officials denied it.\n",
    },
    {
        "renamed.txt": "The council rejected the quay on 3 May 2024. Experts allege that the bridge is unsafe.\n",
        "port.md": "# Port to close\n\nThe port of Ardel will close in June, the mayor said. Officials denied it.\n",
        "votes.jsonl": '{"text": "Parliament passed the bill by 40 votes to 12, the speaker said."}\n',
    },
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a run that nobody disturbs does with one state of the articles."""

    content: str  # hash of its tables
    names: frozenset[str]  # what stands in the output folder afterwards
    touches: int  # of the output folder
    seconds: float
    publishing: float  # seconds, from the start of the last stage to the end of the process


@dataclass(slots=True)
class Tally:
    """What has been seen so far."""

    by_stage: Counter[tuple[str, str]] = field(default_factory=Counter)  # stage and outcome
    by_moment: Counter[tuple[str, str]] = field(default_factory=Counter)
    swept: int = 0  # repairs that had something unfinished to remove
    repaired: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        """How many runs there were, before those that repaired."""
        return self.by_moment.total()

    @property
    def kills(self) -> int:
        """How many of them were killed, not over before."""
        return sum(number for (stage, _), number in self.by_stage.items() if stage != OVER)


class Torture:
    """A folder of articles, an output folder, and the kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir()
        self.raw, self.out, self.log = folder / "raw", folder / "out", folder / "log.txt"
        self.random = random.Random(seed)
        self.settings = Settings(input=(self.raw,), output=self.out, publishers=folder / "publishers.csv")
        self.references: list[Reference] = []
        self.tally = Tally()

    def refer(self, folder: Path) -> None:
        """See what undisturbed runs do with each state of the articles."""
        self.references = [self._refer(folder / f"reference-{number}", number) for number in range(len(STATES))]

    def _refer(self, out: Path, number: int) -> Reference:
        """Run undisturbed into a folder of its own."""
        self.put(number)
        settings = self.settings.model_copy(update={"output": out})
        first = self.undisturbed(settings)
        names = frozenset(path.name for path in out.iterdir())
        content, _ = published(out)
        shutil.rmtree(out)
        return Reference(content, names, first.touches, first.seconds, first.in_stage)

    def undisturbed(self, settings: Settings) -> victim.Ending:
        ending = victim.run(settings, self.log)
        if ending.code:
            raise RuntimeError(f"a run that nobody disturbed ended with {ending.code}:\n{self.log.read_text()}")
        return ending

    def put(self, number: int) -> None:
        """Bring the articles into one of their states: files are added, changed, renamed and removed."""
        shutil.rmtree(self.raw, ignore_errors=True)
        self.raw.mkdir(parents=True)
        for name, text in STATES[number].items():
            (self.raw / name).write_text(text, "utf-8")

    def kill(self, moment: str, old: int, new: int) -> None:
        """Change the articles, kill a run, look at what is published, and run again."""
        self.put(new)
        before, after = self.references[old].content, self.references[new].content
        ending = victim.run(self.settings, self.log, self._when(moment, self.references[new]))
        stage = ending.stage if ending.code else OVER
        if ending.code not in (0, -9):
            self._fault(f"killed in {stage}, the run ended with {ending.code}: {self.log.read_text()[-500:]}")
        content, _ = published(self.out)
        outcome = {before: "old", after: "new"}.get(content, "neither")
        self._faults(f"killed in {stage} ({moment})", outcome)
        self.tally.by_stage[stage, outcome] += 1
        self.tally.by_moment[moment, outcome] += 1
        self._repair(stage, self.references[new])

    def _when(self, moment: str, expected: Reference) -> victim.Moment:
        if moment == "publication":
            return victim.Moment(publishing=self.random.uniform(0, expected.publishing))
        if moment == "any moment":
            return victim.Moment(after=self.random.uniform(0, expected.seconds))
        return victim.Moment(touch=self.random.randint(1, expected.touches))

    def _repair(self, stage: str, expected: Reference) -> None:
        """Run again, undisturbed: the new dataset stands, and nothing is left of the killed run."""
        self.tally.swept += bool(leftovers(self.out))
        self.undisturbed(self.settings)
        content, _ = published(self.out)
        self._faults(f"the run after a kill in {stage}", "new" if content == expected.content else "neither")
        left = leftovers(self.out)
        strays = {path.name for path in self.out.iterdir()} - expected.names
        if left or strays:
            self._fault(f"the run after a kill in {stage} left {left or strays}")
        self.tally.repaired += not (left or strays)

    def _faults(self, when: str, outcome: str) -> None:
        if outcome == "neither":
            self._fault(f"{when}: the dataset is neither the old nor the new one")
        for fault in faults(self.out):
            self._fault(f"{when}: {fault}")

    def _fault(self, fault: str) -> None:
        self.tally.faults.append(fault)


def torture(folder: Path, kills: int, seed: int, minutes: float = 0) -> Tally:
    """Start runs until so many have been killed, and return what was seen.

    Args:
        folder: An empty folder to work in.
        kills: How many.
        seed: Of the random moments and changes.
        minutes: No further run is killed after so many; 0 for no limit.

    Raises:
        RuntimeError: A run that nobody disturbed failed.
    """
    ground = Torture(folder, seed)
    ground.refer(folder)
    ground.put(0)
    ground.undisturbed(ground.settings)
    old, end = 0, time.monotonic() + 60 * minutes if minutes else math.inf
    with Progress(disable=not sys.stderr.isatty()) as bars:
        bar = bars.add_task("kills", total=kills)
        for number in range(MOST_RUNS * kills):
            if ground.tally.kills == kills or time.monotonic() > end:
                break
            new = ground.random.choice([state for state in range(len(STATES)) if state != old])
            ground.kill(MOMENTS[number % len(MOMENTS)], old, new)
            old = new
            bars.update(bar, completed=ground.tally.kills)
    return ground.tally


def two_at_once(folder: Path) -> str:
    """Stop a run in the middle of its publication, let another run, and go on with the first.

    Returns:
        What the second run did: it waited, or left with a message.

    Raises:
        RuntimeError: The first did not publish, or what is published is not whole.
    """
    ground = Torture(folder, seed=0)
    ground.put(0)
    first = victim.Victim(ground.settings, ground.log)
    first.wait_until(lambda: any((ground.out / "runs").glob(UNFINISHED)))
    first.send(signal.SIGSTOP)
    second = victim.Victim(ground.settings, folder / "second.txt")
    deadline = time.monotonic() + WAIT
    is_waiting = second.wait_until(lambda: time.monotonic() > deadline)
    first.send(signal.SIGCONT)
    ended = first.end(), second.end()
    said = (folder / "second.txt").read_text().strip().rpartition("\n")[2]
    wrong = [*faults(ground.out), *leftovers(ground.out)]
    if ended[0].code or wrong or bool(ended[1].code) is is_waiting:
        raise RuntimeError(
            f"the runs ended with {ended}; the second said {said!r}; what is published: {wrong or 'whole'}"
        )
    return "waited and published after it" if is_waiting else f"left with: {said}"


def table(tally: Tally) -> str:
    """Return what was seen as Markdown."""
    lines = []
    for head, counts, order in (
        ("killed in", tally.by_stage, [*victim.STAGES, OVER]),
        ("moment", tally.by_moment, MOMENTS),
    ):
        lines += [f"| {head} | runs | old dataset stays | new dataset stands | neither |", "|---|---|---|---|---|"]
        for name in order:
            row = [counts[name, outcome] for outcome in ("old", "new", "neither")]
            lines += [f"| {name} | {sum(row)} | {' | '.join(map(str, row))} |"] if sum(row) else []
        lines.append("")
    lines.append(
        f"{tally.kills} kills in {tally.runs} runs; {tally.repaired} of the next runs repaired everything, "
        f"{tally.swept} had a half-written publication to remove; {len(tally.faults)} faults."
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Kill, print the table, and leave with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="kill no further run after so many")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tally = torture(Path(folder).resolve() / "kills", options.kills, options.seed, options.minutes)
        said = two_at_once(Path(folder).resolve() / "two")
    print(table(tally))
    print(f"Two runs at once: one published, the other {said}")
    for fault in tally.faults:
        print(f"FAULT: {fault}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
