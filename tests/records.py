"""Small articles with hand-made records, for tests of what comes after the language work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pandas import DataFrame

from verify.corroboration import agree
from verify.flags import Elsewhere, Wordings, confidence, counterparts, said_in, wordings_of
from verify.models import (
    Agreement,
    AnalysedArticle,
    Analysis,
    Article,
    Attribution,
    Claim,
    Hedge,
    Issue,
    Match,
    Mention,
    Participant,
    Phrase,
    Quantity,
    RaisedFlag,
    Span,
    Time,
    claim_ids,
    content_id,
)
from verify.quality import QualityReport, places_of
from verify.quality.issues import Place
from verify.schema import TABLES
from verify.tables import Census, build_part, count, issues_frame, matches_frame
from verify.terms import (
    ActorKind,
    ActorRole,
    ClaimKind,
    CueClass,
    Factuality,
    Flag,
    HedgeClass,
    Holder,
    IssueReason,
    IssueSeverity,
    MatchKind,
    SourceKind,
    TimePrecision,
    TimeType,
)

HARBOUR = "Norway opened the harbour on 4 May 2021. Officials said Norway may have paid 30 million euros."
QUAY = "=The quay of Oslo was opened by Norway, according to 'None'."


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def norway(text: str, occurrence: int = 0) -> Mention:
    start = text.index("Norway", occurrence)
    return Mention(Span(start, start + 6), "Norway", "GPE", ActorKind.COUNTRY, "Norway", "NOR")


def taking_part(*mentions: Mention, role: ActorRole = ActorRole.ACTOR) -> tuple[Participant, ...]:
    return tuple(Participant(mention, role) for mention in mentions)


def article(name: str, text: str, publisher: str | None = "harbour-news") -> Article:
    return Article(
        article_id=content_id("d", name),
        path=f"{name}.txt",
        text=text,
        url=f"https://example.org/{name}",
        title=f"About {name}",
        publisher_id=publisher,
        published_at=date(2021, 5, 6),
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def harbour(publisher: str | None = "harbour-news", name: str = "harbour") -> AnalysedArticle:
    """Two claims: a dated event in the author's voice, and a hedged one with an unnamed source."""
    text = HARBOUR
    time = Time(
        find(text, "4 May 2021"),
        "4 May 2021",
        TimeType.DATE,
        "2021-05-04",
        "2021-05-04",
        date(2021, 5, 4),
        date(2021, 5, 4),
        TimePrecision.DAY,
    )
    scope = (find(text, "have paid 30 million euros"),)
    hedge = Hedge(find(text, "may"), "may", HedgeClass.EPISTEMIC, scope, Holder.AUTHOR, 0.2, 0.8)
    said = Attribution(
        (find(text, "Officials"),),
        (find(text, "said"),),
        (find(text, "Norway may have paid 30 million euros"),),
        "Officials",
        "said",
        "",
        SourceKind.UNNAMED_GROUP,
        CueClass.SAYS,
    )
    amount = Quantity(find(text, "30 million euros"), "30 million euros", 30e6, unit="EUR")
    opened = Claim(
        sentence=0,
        spans=(find(text, "Norway opened the harbour on 4 May 2021"),),
        text="Norway opened the harbour on 4 May 2021",
        head=find(text, "opened"),
        proposition="Norway opened the harbour on 4 May 2021",
        subject=Phrase((find(text, "Norway"),), "Norway"),
        predicate=Phrase((find(text, "opened"),), "opened"),
        object=Phrase((find(text, "the harbour"),), "the harbour"),
        kind=ClaimKind.EVENT,
        times=(time,),
        mentions=(norway(text),),
        participants=taking_part(norway(text)),
    )
    paid = Claim(
        sentence=1,
        spans=(find(text, "Norway may"), find(text, "have paid 30 million euros")),
        text="Norway may have paid 30 million euros",
        head=find(text, "paid"),
        proposition="Norway may have paid 30 million euros",
        subject=Phrase((Span(text.index("Norway", 5), text.index("Norway", 5) + 6),), "Norway"),
        predicate=Phrase((find(text, "may have paid"),), "may have paid"),
        object=Phrase((find(text, "30 million euros"),), "30 million euros"),
        kind=ClaimKind.STATISTIC,
        factuality=Factuality.POSSIBLE,
        hedges=(hedge,),
        attributions=(said,),
        mentions=(norway(text, 5),),
        quantities=(amount,),
        participants=taking_part(norway(text, 5)),
    )
    analysis = Analysis(
        text=text,
        sentences=(Span(0, 40), Span(41, len(text))),
        claims=(opened, paid),
        attributions=(said,),
        times=(time,),
        mentions=(norway(text), norway(text, 5)),
        hedges=(hedge,),
        quantities=(amount,),
    )
    return AnalysedArticle(article(name, text, publisher), analysis)


def quay() -> AnalysedArticle:
    """One claim by a source called None, in words that a spreadsheet would take for a formula."""
    text = QUAY
    oslo = Mention(find(text, "Oslo"), "Oslo", "GPE", ActorKind.PLACE, "Oslo")
    none = Mention(find(text, "None"), "None", "PERSON", ActorKind.PERSON, "None")
    said = Attribution(
        (find(text, "None"),),
        (find(text, "according to"),),
        (find(text, "=The quay of Oslo was opened by Norway"),),
        "None",
        "according to",
        "None",
        SourceKind.NAMED_PERSON,
        CueClass.SAYS,
    )
    claim = Claim(
        sentence=0,
        spans=(find(text, "=The quay of Oslo was opened by Norway"),),
        text="=The quay of Oslo was opened by Norway",
        head=find(text, "opened"),
        proposition="The quay of Oslo was opened by Norway",
        subject=Phrase((find(text, "The quay of Oslo"),), "The quay of Oslo"),
        predicate=Phrase((find(text, "was opened"),), "was opened"),
        object=None,
        kind=ClaimKind.EVENT,
        attributions=(said,),
        mentions=(oslo, norway(text), none),
        participants=taking_part(oslo, norway(text), none) + taking_part(none, role=ActorRole.SOURCE),
    )
    analysis = Analysis(
        text=text,
        sentences=(Span(0, len(text)),),
        claims=(claim,),
        attributions=(said,),
        mentions=(oslo, norway(text), none),
    )
    return AnalysedArticle(article("quay", text, "port-post"), analysis)


def raised(analysed: AnalysedArticle) -> list[RaisedFlag]:
    """The flags that belong to the claims of one of these articles."""
    ids = claim_ids(analysed)
    flags = [RaisedFlag(key, Flag.SINGLE_PUBLISHER, "nobody else") for key in ids]
    if len(ids) == 1:
        return [*flags, RaisedFlag(ids[0], Flag.UNDATED, "no time expression")]
    return [
        *flags,
        RaisedFlag(ids[0], Flag.AUTHOR_VOICE, "no source"),
        RaisedFlag(ids[1], Flag.HEDGED, "may", find(HARBOUR, "may")),
        RaisedFlag(ids[1], Flag.UNNAMED_SOURCE, "Officials", find(HARBOUR, "Officials")),
        RaisedFlag(ids[1], Flag.UNDATED, "no time expression"),
    ]


UNSUPPORTED = Issue("broken.pdf", IssueReason.UNSUPPORTED, IssueSeverity.ERROR, "a .pdf; expected text")


def sample(
    articles: Sequence[AnalysedArticle] = (),
    *,
    matches: Iterable[Match] = (),
    issues: Iterable[Issue] = (UNSUPPORTED,),
) -> dict[str, DataFrame]:
    """All tables of these articles, with the flags that belong to them."""
    articles = articles or [harbour(), quay()]
    flags = [flag for analysed in articles for flag in raised(analysed)]
    return all_tables(articles, issues=issues, matches=matches, flags=flags)


def all_tables(
    articles: Sequence[AnalysedArticle],
    *,
    matches: Iterable[Match] = (),
    flags: Iterable[RaisedFlag] = (),
    issues: Iterable[Issue] = (),
) -> dict[str, DataFrame]:
    """All tables of these articles, made at once."""
    census, agreement = Census(), agreed(articles, matches)
    for analysed in articles:
        census.add(analysed.article, count(analysed), analysed.syndicated_from)
    part = build_part(articles, flags=flags, agreement=agreement, grade=confidence)
    frames = census.frames() | part | {"matches": matches_frame(agreement.matches), "issues": issues_frame(issues)}
    return {name: frames[name] for name in TABLES}


def agreed(articles: Iterable[AnalysedArticle], matches: Iterable[Match]) -> Agreement:
    """What these articles say of each other's claims, by these matches."""
    claims = [(key, analysed) for analysed in articles for key in claim_ids(analysed)]
    makers = {key: one.article.publisher_id for key, one in claims if one.syndicated_from is None}
    known = {key: publisher for key, publisher in makers.items() if publisher}
    return agree(matches, known, {key: one.article.article_id for key, one in claims})


def elsewhere(articles: Iterable[AnalysedArticle], matches: Iterable[Match]) -> Elsewhere:
    """What the flags of these articles' claims see of other articles."""
    articles, agreement, wordings = list(articles), agreed(articles, matches), Wordings()
    claims = {}
    for analysed in articles:
        wordings.add(analysed.article, wordings_of(analysed))
        claims |= dict(zip(claim_ids(analysed), analysed.analysis.claims, strict=True))
    disputed = {key: said_in(claims[key]) for key in agreement.disputed}
    return Elsewhere(agreement, counterparts(agreement, disputed), wordings.repeated())


def match(first: AnalysedArticle, second: AnalysedArticle, kind: MatchKind = MatchKind.SAME) -> Match:
    """Say that the first claims of two articles match."""
    low, high = sorted((claim_ids(first)[0], claim_ids(second)[0]))
    return Match(low, high, kind, 0.9)


def places_in(report: QualityReport, tables: Mapping[str, DataFrame]) -> dict[tuple[str, str], Place]:
    """Where all rows come from that a report calls failed."""
    found: dict[tuple[str, str], Place] = {}
    for outcome in report.failed:
        found |= places_of(outcome.table, outcome.failing_ids, tables)
    return found
