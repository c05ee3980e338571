"""The same claim elsewhere: independent, copied, contradicted, or with another number."""

from verify.corroboration.clusters import agree, clusters
from verify.corroboration.digest import Digest
from verify.corroboration.gist import Gist, find_gists
from verify.corroboration.numbers import Amount, amounts_of, find_conflict
from verify.corroboration.syndication import find_copies

__all__ = ["Amount", "Digest", "Gist", "agree", "amounts_of", "clusters", "find_conflict", "find_copies", "find_gists"]
