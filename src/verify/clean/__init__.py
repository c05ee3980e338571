"""Raw text to blocks: what is title, heading, table of contents, running text, quotation and page furniture.

    lines        the lines of a text and the marks they begin with; hard-wrapped lines joined again
    headings     what a heading looks like, also where one is glued to the sentence before it
    contents     tables of contents
    datelines    place, day and agency at the beginning of a report
    boilerplate  calls to share and subscribe, links, image addresses, credits
    blocks       all of these put together

The rules need no markup tree, which is where they differ from boilerplate removal on HTML (Kohlschütter et al. 2010).
"""

from verify.clean.blocks import find_blocks, has_prose

__all__ = ["find_blocks", "has_prose"]
