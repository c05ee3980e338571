"""Find attributions: who is said to say what, in which words, and what kind of source and cue that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from verify.extract import attribution_rules
from verify.extract.attribution_frames import Frame
from verify.extract.attribution_types import cue_type, head_of, source_kind
from verify.extract.doc import char_pieces
from verify.extract.quotations import Quotation, find_quotations
from verify.models import Attribution, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
FIRST_PERSON: Final = frozenset({"i", "we", "my", "our", "me", "us"})


def find_attributions(
    doc: Doc, mentions: Sequence[Mention], resolved: Mapping[int, Mention | None], *, use_model: bool = True
) -> list[Attribution]:
    """Return the attributions of a parsed document, in the order of their cues.

    Source, cue and content follow the PARC annotation scheme (Pareti 2012): the source with its titles and
    appositions, the cue with its auxiliaries, adverbs and particles, the content in one or more pieces.

    Args:
        doc: A parsed document.
        mentions: Its names in text order, from `entities.find_mentions`.
        resolved: What its pronouns and descriptions stand for, from `coreference.resolve`, by token index.
        use_model: Whether to use the trained model, or the rules alone.

    Returns:
        Attributions with offsets in characters of `doc.text`.
    """
    quotations = find_quotations(doc)
    frames = attribution_rules.find_frames(doc, quotations)
    names = _Names(doc, mentions, resolved)
    return [_attribution(doc, frame, names, quotations) for frame in frames]


class _Names:
    """Looks up the name that a token belongs to or stands for."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], resolved: Mapping[int, Mention | None]) -> None:
        self.doc, self.resolved = doc, resolved
        self.mentions = sorted(mentions, key=lambda mention: mention.span)
        self.starts = [mention.span.start for mention in self.mentions]

    def of(self, head: Token) -> Mention | None:
        """Return the name of a source by its main word, of its apposition, or of what its pronoun stands for."""
        if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"} and head.head.dep_ == "relcl":
            head = head.head.head
        direct = self._at(head) or self.resolved.get(head.i)
        if direct is not None:
            return direct
        beside = (self._at(node) for node in head.children if node.dep_ == "appos" and node.pos_ == "PROPN")
        return next(beside, None)

    def _at(self, token: Token) -> Mention | None:
        index = bisect_right(self.starts, token.idx) - 1
        if index >= 0 and self.mentions[index].span.overlaps(Span(token.idx, token.idx + len(token))):
            return self.mentions[index]
        return None


def _attribution(doc: Doc, frame: Frame, names: _Names, quotations: Sequence[Quotation]) -> Attribution:
    """Make the record of one frame."""
    source, cue, content = (char_pieces(doc, role) for role in (frame.source, frame.cue, frame.content))
    mention = names.of(doc[head_of(doc, frame.source)]) if frame.source else None
    cue_class, factivity, is_hedge = cue_type(doc, frame.head)
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        source_text=_words(doc, source),
        cue_text=_words(doc, cue),
        source_name=mention.name if mention is not None else "",
        source_kind=source_kind(doc, frame.source, mention),
        cue_class=cue_class,
        factivity=factivity,
        is_hedge=is_hedge,
        is_inferred=mention is not None and mention.is_inferred,
        is_direct=_is_direct(frame, quotations),
        score=frame.score,
    )


def _words(doc: Doc, pieces: Sequence[Span]) -> str:
    return " ".join(doc.text[piece.start : piece.end] for piece in pieces)


def _is_direct(frame: Frame, quotations: Sequence[Quotation]) -> bool:
    """Say whether all of the content stands in quotation marks."""
    quoted = {i for q in quotations if q.start <= frame.content[-1] for i in range(q.start, q.end)}
    return quoted.issuperset(frame.content)
