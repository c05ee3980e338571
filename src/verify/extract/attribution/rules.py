"""Attribution by rules over the parse: a word list of cues, and for each where its source and content stand.

The kinds follow the PARC annotation (Pareti 2012, 2015): verbs with a clause, a quotation or an object, verbs
set beside the clause they report, passives, "according to", nouns with a that-clause, participles and adverbs
that mark hearsay, and the colon of headlines and of dialogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from verify import lexicon
from verify.extract.attribution.frames import (
    CLAUSAL,
    SUBJECTS,
    Frame,
    child,
    noun_phrase,
    subject,
    subtree,
    trimmed,
    verb_phrase,
)
from verify.extract.attribution.quotations import Quotation
from verify.extract.doc import sentence_kinds
from verify.terms import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

EXPLETIVE: Final = frozenset({"it", "there"})
COMMENTS: Final = frozenset({"advcl", "acl"})  # where a parser hangs "as confirmed by both": on the verb or a noun
COLON_TOKENS: Final = 9  # the longest name before a headline's colon: "Former Deputy Prime Minister Nick Clegg at UN:"
TITLES: Final = frozenset({BlockKind.TITLE, BlockKind.HEADING})


@cache
def cues(pos: str) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of the cue list for one kind of word, by lemma."""
    return MappingProxyType({row["lemma"]: row for row in lexicon.load("cues") if row["pos"] == pos})


def find_frames(doc: Doc, quotations: Sequence[Quotation]) -> list[Frame]:
    """Return what the rules find, in order of the cue.

    Args:
        doc: A parsed document.
        quotations: Its quotations, as `find_quotations` gives them.
    """
    frames = [*sure_frames(doc, quotations)]
    verbs, nouns = cues("VERB"), cues("NOUN")
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in verbs and token.dep_ != "amod" and not is_comment(token):
            frames.extend(verb_frame(doc, token, verbs[lemma]["complement"], quotations))
        elif token.pos_ == "NOUN" and lemma in nouns:
            frames.extend(_noun_frame(doc, token))
    return in_order(frames)


def in_order(frames: Iterable[Frame]) -> list[Frame]:
    """Sort frames by their cue and leave out those that report nothing."""
    return sorted((frame for frame in frames if frame.content), key=lambda frame: (frame.cue, frame.content))


def sure_frames(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Frame]:
    """Yield the attributions whose form leaves no doubt: hearsay, comments with "as", "according to", colons.

    A trained model can miss them, because they are rare in what it was trained on.

    Args:
        doc: A parsed document.
        quotations: Its quotations.
    """
    verbs, adjectives, adverbs = cues("VERB"), cues("ADJ"), cues("ADV")
    yield from _colon_frames(doc, quotations)
    for token in doc:
        lower = token.lower_
        if lower == "according":
            yield from _according_frame(doc, token)
        elif lower in adjectives and token.dep_ == "amod" and token.head.i > token.i:
            yield from _hearsay_noun(doc, token)
        elif lower in adverbs and token.dep_ == "advmod":
            yield Frame(token.i, (), (token.i,), trimmed(doc, subtree(token.head, [token])))
        elif token.dep_ in COMMENTS and token.lemma_.lower() in verbs and is_comment(token):
            yield from verb_frame(doc, token, "", quotations)


def _hearsay_noun(doc: Doc, adjective: Token) -> Iterator[Frame]:
    """Yield the attribution to nobody in "alleged cooperation", which does not reach what is coordinated with it."""
    noun = adjective.head
    beside = [node for node in noun.children if node.dep_ in {"relcl", "appos", "conj", "cc", "acl"}]
    content = (index for index in subtree(noun, beside) if index > adjective.i)
    yield Frame(adjective.i, (), (adjective.i,), trimmed(doc, content))


def verb_frame(doc: Doc, verb: Token, complement: str, quotations: Sequence[Quotation]) -> Iterator[Frame]:
    """Yield the attribution of a reporting verb, if it has something to report."""
    cue = verb_phrase(verb)
    passive = child(verb, "auxpass") is not None or (verb.tag_ == "VBN" and child(verb, "agent") is not None)
    comments = is_comment(verb)
    source = _comment_source(verb) if comments and verb.tag_ == "VBN" else _verb_source(verb, passive)
    content = _clause_content(verb, complement, passive, comments)
    content = _with_quotations(doc, verb, content, quotations)
    words = trimmed(doc, content - cue - source)
    if words:
        yield Frame(verb.i, trimmed(doc, source), tuple(sorted(cue)), words)


def is_comment(verb: Token) -> bool:
    """Say whether a verb comments on the clause above it: "as the mayor noted", "as confirmed by both ministries"."""
    has_as = any(node.lower_ == "as" and node.dep_ in {"mark", "advmod"} for node in verb.children)
    return has_as and verb.dep_ in COMMENTS and child(verb, "ccomp", "xcomp", "dobj") is None


def _verb_source(verb: Token, passive: bool) -> set[int]:
    """Return the tokens of who reports; empty for "it is said"."""
    if passive:
        agent = child(verb, "agent")
        who = child(agent, "pobj") if agent is not None else None
    else:
        who = subject(verb) or _inverted(verb)
    if who is None or who.lower_ in EXPLETIVE or who.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}:
        return set()
    if verb in who.subtree:
        return noun_phrase(who)
    return subtree(who, [node for node in who.children if passive and node.lower_ == "as"])


def _inverted(verb: Token) -> Token | None:
    """Return the noun after a verb whose clause stands before it, which parsers take for an object."""
    clause, after = child(verb, "ccomp"), child(verb, "dobj")
    return after if clause is not None and after is not None and clause.i < verb.i < after.i else None


def _comment_source(verb: Token) -> set[int]:
    """Return who stands in "as confirmed by both ministries" and "as indicated in various reports"."""
    for node in verb.children:
        if node.dep_ in {"agent", "prep"} and node.lower_ in {"by", "in", "from"}:
            return {index for thing in node.children if thing.dep_ == "pobj" for index in subtree(thing)}
    return set()


def _clause_content(verb: Token, complement: str, passive: bool, comments: bool) -> set[int]:
    """Return the words that the parse gives a reporting verb as what is reported."""
    if comments or (verb.dep_ == "parataxis" and verb.head.pos_ in CLAUSAL):
        return subtree(verb.head, [verb])
    clauses = [node for node in verb.children if node.dep_ == "ccomp"]
    if not clauses and "x" in complement:
        has_object = passive or child(verb, "dobj") is not None
        clauses = [node for node in verb.children if node.dep_ == "xcomp" or (node.dep_ == "oprd" and has_object)]
        raised = _raised(verb, passive) if clauses else []
        clauses += raised
    if not clauses and "o" in complement:
        wanted = {"nsubjpass", "oprd"} if passive else {"dobj", "oprd"}
        objects = [node for node in verb.children if node.dep_ in wanted]
        as_of = [node for node in verb.children if node.dep_ == "prep" and node.lower_ in {"as", "of", "for"}]
        is_reported = not passive or as_of or child(verb, "agent") is not None  # not "the engineer was dismissed"
        clauses = objects + as_of if objects and is_reported else []
    return {index for clause in clauses for index in subtree(clause)}


def _raised(verb: Token, passive: bool) -> list[Token]:
    """Return what is said to do something: "HE is expected to go", "THE DRONES, officials said, crossed"."""
    if passive:
        return [node for node in verb.children if node.dep_ == "nsubjpass"]
    own = subject(verb)
    return [node for node in verb.children if node.dep_ in {"dobj", "nsubj"} and node != own]


def _with_quotations(doc: Doc, verb: Token, content: set[int], quotations: Sequence[Quotation]) -> set[int]:
    """Add the quotations of the verb's sentence and those that go on with them in the same paragraph."""
    if any(verb.i in quotation for quotation in quotations):
        return content
    sent = verb.sent
    near = [q for q in quotations if q.start < sent.end and q.end > sent.start]
    added = [q for q in near if _belongs(verb, q, content)]
    if (not added and doc[sent.end - 1].text == ":") or _ends_with_colon(sent):
        added = [q for q in quotations if 0 <= q.start - sent.end <= 1][:1]
    if added and (direct := _is_sentence(doc, added[-1])):
        added += _continued(doc, added[-1], quotations) if direct else []
    return content | {index for quotation in added for index in range(quotation.start, quotation.end)}


def _belongs(verb: Token, quotation: Quotation, content: set[int]) -> bool:
    """Say whether a quotation in the verb's sentence is what the verb reports."""
    inside = set(range(quotation.start, quotation.end))
    if content:
        return bool(content & inside)
    between = verb.doc[min(verb.i, quotation.end) : max(verb.i + 1, quotation.start)]
    return verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"} and len(between) < 25


def _ends_with_colon(sent: DocSpan) -> bool:
    words = [token for token in sent if not token.is_space]
    return bool(words) and words[-1].text == ":"


def _is_sentence(doc: Doc, quotation: Quotation) -> bool:
    """Say whether a quotation has a verb of its own, and is no scare quote."""
    return any(token.pos_ in CLAUSAL for token in doc[quotation.start : quotation.end])


def _continued(doc: Doc, last: Quotation, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotation that opens the very next sentence of the paragraph, if there is one."""
    end = doc[last.end - 1].sent.end
    after = next((q for q in quotations if q.start >= last.end), None)
    if after is None or after.start != end or "\n" in doc[last.end - 1 : end].text:
        return []
    return [after]


def _noun_frame(doc: Doc, noun: Token) -> Iterator[Frame]:
    """Yield the attribution of "the claim that ...", "his belief that ..."."""
    clause = next(
        (node for node in noun.children if node.dep_ in {"acl", "ccomp", "relcl"} and _opens_with_that(node)), None
    )
    if clause is None:
        return
    owner = child(noun, "poss") or next(
        (child(node, "pobj") for node in noun.children if node.lower_ in {"by", "of", "from"}), None
    )
    if owner is None and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        owner = subject(noun.head)
    source = subtree(owner) if owner is not None and clause not in owner.subtree else set()
    yield Frame(noun.i, trimmed(doc, source), (noun.i,), trimmed(doc, subtree(clause)))


def _opens_with_that(clause: Token) -> bool:
    """Say whether "that" begins the clause without being its subject or object."""
    first = next(clause.subtree)
    return first.lower_ == "that" and first.dep_ not in SUBJECTS | {"dobj", "pobj"}


def _according_frame(doc: Doc, token: Token) -> Iterator[Frame]:
    """Yield the attribution of "according to NAME" to the clause it stands in."""
    to = doc[token.i + 1] if token.i + 1 < len(doc) else token
    who = child(to, "pobj") or child(token, "pobj")
    if to.lower_ != "to" or who is None:
        return
    clause = token.head
    while clause.pos_ not in CLAUSAL and clause.head.i != clause.i:
        clause = clause.head
    content = subtree(clause, [token]) - {to.i} - subtree(who)
    yield Frame(token.i, trimmed(doc, subtree(who)), (token.i, to.i), trimmed(doc, content))


def _colon_frames(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Frame]:
    """Yield "NAME: ..." at the start of a line, and "...: NAME" in headlines."""
    for sent, kind in zip(doc.sents, sentence_kinds(doc), strict=True):
        if ":" not in sent.text:
            continue
        words = [token for token in sent if not token.is_space]
        colon = next((n for n, token in enumerate(words) if token.text == ":"), 0)
        if not 0 < colon < len(words) - 1:
            continue
        before, after = words[:colon], words[colon + 1 :]
        if _is_speaker(before, kind) and any(token.pos_ in CLAUSAL for token in after):
            yield _colon_frame(doc, before, words[colon], after)
        elif kind in TITLES and _is_speaker(after, kind) and any(token.pos_ in CLAUSAL for token in before):
            yield _colon_frame(doc, after, words[colon], before)


def _is_speaker(words: Sequence[Token], kind: BlockKind) -> bool:
    """Say whether the words beside a colon can be a name: short, no verb; outside headlines all capitals or a name."""
    if len(words) > COLON_TOKENS or any(token.pos_ in CLAUSAL for token in words):
        return False
    if kind in TITLES:
        return any(token.pos_ == "PROPN" for token in words)
    return all(token.text.isupper() or token.is_punct for token in words) or all(
        token.ent_type_ in {"PERSON", "ORG"} for token in words
    )


def _colon_frame(doc: Doc, source: Sequence[Token], colon: Token, content: Sequence[Token]) -> Frame:
    pieces = [trimmed(doc, [token.i for token in role]) for role in (source, content)]
    return Frame(colon.i, pieces[0], (colon.i,), pieces[1])
