"""What earlier runs found, kept in one file, so that a run costs what changed.

    records   frozen records to bytes and back; nothing but records can come out
    store     bytes by key in an SQLite file; a damaged file is begun anew
    memory    articles by the bytes of their file, analyses and what is made of them by the article

A key is a hash of everything that the value depends on, the pipeline's fingerprint included. So nothing is ever out of
date: what depends on something that changed has another key, is found anew, and the old value is swept.
"""

from verify.memory.memory import Known, Memory
from verify.memory.records import apart, decode, encode, together
from verify.memory.store import Store

__all__ = ["Known", "Memory", "Store", "apart", "decode", "encode", "together"]
