"""Files to articles: `.txt`, `.md`, `.html`, `.json`, `.jsonl` and `.csv`, with their metadata.

    inputs    the files of the folders that the user names
    decode    bytes to text
    records   texts with their fields, as each format holds them
    html      the main text and the metadata of a page
    metadata  fields to title, url, publisher, byline and publication date
    dates     a publication date as it is written, or the reason why it cannot be used
    language  whether a text is English
    read      one file to articles: all of these put together
    corpus    the articles of many files: duplicates and order

Nothing in an input stops a run: what cannot be read becomes an `Issue` with its path, reason and place.
"""

from verify.articles.corpus import Corpus, combine, join
from verify.articles.inputs import InputFile, find_inputs
from verify.articles.read import read_articles, read_file, read_text

__all__ = [
    "Corpus",
    "InputFile",
    "combine",
    "find_inputs",
    "join",
    "read_articles",
    "read_file",
    "read_text",
]
