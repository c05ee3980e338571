"""Train the attribution model: python training/attribution.py TRAIN.jsonl [--out WEIGHTS.npz] [--parses FILE].

TRAIN.jsonl holds one article a line: `text`, and `attributions` with `source`, `cue` and `content` as lists of
[start, end]. The weights follow the pipeline that parses the articles, so train again when the pipeline changes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from attribution_data import read
from attribution_fit import cue_examples, fit_cues, fit_roles, role_examples
from verify.extract.features.hashed_model import pack
from verify.nlp import describe, load

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "verify" / "weights" / "attribution.npz"
THRESHOLD = 0.42  # best linked F1 on the development articles, which are not trained on


def main(arguments: list[str] | None = None) -> int:
    """Train on a file of articles and write the weights."""
    options = _parser().parse_args(arguments)
    nlp = load(options.model)
    articles = read(options.train, nlp, options.parses)
    print(f"{len(articles)} articles, {sum(len(gold) for _, gold in articles)} attributions")
    cue = fit_cues(*cue_examples(articles))
    role = fit_roles(role_examples(articles))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    pipeline = " ".join(describe(nlp).values())
    arrays = pack("cue", cue) | pack("role", role)
    arrays |= {"threshold": np.array(options.threshold, np.float32), "pipeline": np.array(pipeline)}
    np.savez_compressed(options.out, allow_pickle=False, **arrays)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, parses of {pipeline}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--parses", type=Path, help="keep the parses in this file and use them when it is there")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="how likely a cue must be")
    return parser


if __name__ == "__main__":
    sys.exit(main())
