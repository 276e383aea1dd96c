"""What Pygments takes the tokens at the places in PLACES for: a line in GROUPS for each. Called by highlight.mjs."""
import os
import sys

sys.path.insert(0, os.path.join(os.environ["EDITORS"], "pygments"))
from depot_lexer import DepotLexer  # noqa: E402

known = {}


def types_of(file):
    """(line, column) of each character, both from 1: the type of its token."""
    if file not in known:
        with open(file, encoding="utf-8-sig", newline="") as source:
            text = source.read().replace("\r\n", "\n").replace("\r", "\n")
        found = {}
        line, column = 1, 1
        for kind, part in DepotLexer(stripnl=False, ensurenl=False).get_tokens(text):
            for character in part:
                found[line, column] = str(kind)
                line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
        known[file] = found
    return known[file]


with open(os.environ["PLACES"], encoding="utf-8") as places, open(os.environ["GROUPS"], "w", encoding="utf-8") as groups:
    for place in places:
        file, line, column = place.rstrip("\n").split("\t")
        groups.write(types_of(file).get((int(line), int(column)), "") + "\n")
