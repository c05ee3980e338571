"""Find attributions: who is said to say what, in which words, and what kind of source and cue that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from verify.extract.attribution import model as attribution_model
from verify.extract.attribution import rules as attribution_rules
from verify.extract.attribution.frames import Frame
from verify.extract.attribution.groups import find_pair
from verify.extract.attribution.plausible import is_plausible
from verify.extract.attribution.quotations import Quotation, find_quotations
from verify.extract.attribution.types import cue_type, head_of, source_kind
from verify.extract.attribution.unseen import nested_frames, view_frames
from verify.extract.doc import char_pieces
from verify.extract.plain import once
from verify.models import Attribution, Mention, Span
from verify.terms import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RELATIVE: Final = frozenset({"who", "which", "that", "whom"})


def find_attributions(
    doc: Doc,
    mentions: Sequence[Mention],
    resolved: Mapping[int, Mention | None],
    *,
    use_model: bool = True,
    nested: bool = False,
) -> list[Attribution]:
    """Return the attributions of a parsed document, in the order of their cues.

    Source, cue and content follow the PARC annotation scheme (Pareti 2012): the source with its titles and
    appositions, the cue with its auxiliaries, adverbs and particles, the content in one or more pieces.

    Args:
        doc: A parsed document.
        mentions: Its names in text order, from `entities.find_mentions`.
        resolved: What its pronouns and descriptions stand for, from `coreference.resolve`, by token index.
        use_model: Whether to use the trained model, or the rules alone.
        nested: Whether to look inside reported words for further sources ("said Peru believes that ..."), which
            PolNeAR's annotators did not mark.

    Returns:
        Attributions with offsets in characters of `doc.text`.
    """
    quotations = once(find_quotations, doc)
    frames = _model_frames(doc, quotations) if use_model else attribution_rules.find_frames(doc, quotations)
    frames += nested_frames(doc, frames, quotations) if nested and use_model else ()
    maker = RecordMaker(doc, quotations, mentions, resolved)
    return [maker.make(frame) for frame in attribution_rules.in_order(frames)]


def _model_frames(doc: Doc, quotations: Sequence[Quotation]) -> list[Frame]:
    """Return what the model finds, and what the rules are sure of where it finds no cue."""
    quoted = {token for quotation in quotations for token in range(quotation.start, quotation.end)}
    frames = [frame for frame in attribution_model.find_frames(doc) if is_plausible(doc, frame, quoted)]
    taken = {token for frame in frames for token in frame.cue}
    sure = attribution_rules.sure_frames(doc, quotations)
    sure_too = (frame for frame in sure if not taken.intersection(frame.cue))
    return attribution_rules.in_order([*frames, *sure_too, *view_frames(doc, taken)])


class RecordMaker:
    """Makes records of frames; what all frames of a document share is looked up once.

    Args:
        doc: A parsed document.
        quotations: Its quotations.
        mentions: Its names.
        resolved: What its pronouns and descriptions stand for, by token index.
    """

    def __init__(
        self,
        doc: Doc,
        quotations: Sequence[Quotation],
        mentions: Sequence[Mention],
        resolved: Mapping[int, Mention | None],
    ) -> None:
        self.doc, self.text, self.resolved = doc, doc.text, resolved
        self.mentions = sorted(mentions, key=lambda mention: mention.span)
        self.starts = [mention.span.start for mention in self.mentions]
        self.quoted = frozenset(token for quotation in quotations for token in range(quotation.start, quotation.end))

    def make(self, frame: Frame) -> Attribution:
        """Make the record of one frame."""
        speaker = () if self._is_empty(frame.source) else frame.source
        source, cue, content = (char_pieces(self.doc, role) for role in (speaker, frame.cue, frame.content))
        kind, mention = self.source(speaker)
        cue_class, factivity, is_hedge = cue_type(self.doc, frame.head, frame.cue)
        return Attribution(
            source=source,
            cue=cue,
            content=content,
            source_text=self._words(source),
            cue_text=self._words(cue),
            source_name=mention.name if mention is not None else "",
            source_kind=kind,
            cue_class=cue_class,
            factivity=factivity,
            is_hedge=is_hedge,
            is_inferred=mention is not None and mention.is_inferred,
            is_direct=self.quoted.issuperset(frame.content),
            score=frame.score,
        )

    def _is_empty(self, tokens: Sequence[int]) -> bool:
        """Say whether a source is the "it" of "it is said that", which is nobody."""
        token = self.doc[tokens[0]] if len(tokens) == 1 else None
        if token is None or token.lower_ not in attribution_rules.EXPLETIVE:
            return False
        return token.dep_ in {"nsubjpass", "expl"} or any(node.dep_ == "auxpass" for node in token.head.children)

    def source(self, tokens: Sequence[int]) -> tuple[SourceKind, Mention | None]:
        """Return what kind of source some tokens are, and the name that they hold or stand for."""
        mention = self._name(self.doc[head_of(self.doc, tokens)]) if tokens else None
        return source_kind(self.doc, tokens, mention), mention

    def _name(self, head: Token) -> Mention | None:
        """Return the name of a source by its main word, of its apposition, or of what its pronoun stands for."""
        if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"} and head.head.dep_ == "relcl":
            head = head.head.head
        direct = self._mention(head) or self.resolved.get(head.i)
        if direct is not None:
            return direct
        beside = (self._mention(node) for node in head.children if node.dep_ == "appos" and node.pos_ == "PROPN")
        return next(beside, None) or find_pair(head, self.mentions)

    def _mention(self, token: Token) -> Mention | None:
        index = bisect_right(self.starts, token.idx) - 1
        if index >= 0 and self.mentions[index].span.overlaps(Span(token.idx, token.idx + len(token))):
            return self.mentions[index]
        return None

    def _words(self, pieces: Sequence[Span]) -> str:
        return " ".join(self.text[piece.start : piece.end] for piece in pieces)
