"""Owns the proof that a run made what it was to make: so many letters, one page each, each with its own words."""

import json
import re
import shlex
import subprocess
from collections import Counter
from pathlib import Path

from install import quiet
from letters import expected_words, letters, words

# Labels that Handbill prints beside a line to write on, and no peer needs to.
LABELS = Counter(words("signature printed name"))
SAMPLE = 7


def files_in(out):
    """The PDF files of a run, in the order of their names."""
    return sorted(out.rglob("*.pdf"))


def spread(items, count):
    """Some of the items, the first and the last among them."""
    if len(items) <= count:
        return items
    return [items[round(at * (len(items) - 1) / (count - 1))] for at in range(count)]


def pages(path):
    """The text of each page; the reason where the file cannot be read."""
    text, good = quiet(["pdftotext", "-q", "-enc", "UTF-8", str(path), "-"])
    if not good:
        raise ValueError(f"{path.name} cannot be read")
    return text.split("\f")[:-1] if text.endswith("\f") else text.split("\f")


def read_letter(text, expected):
    """Which letter a page is, by signer and district; complains where its words are not those of that letter."""
    signer, district = re.search(r"Signer (\d+)", text), re.search(r"District (\d)", text)
    if not signer or not district:
        raise ValueError("a page names no signer or no district")
    key = (signer[0], district[1])
    if key not in expected:
        raise ValueError(f"a letter from {key[0]} to district {key[1]} was not asked for")
    found, wanted = Counter(words(text)), Counter(expected_words(expected[key]))
    lacks, has = wanted - found, found - wanted - LABELS
    if lacks or has:
        raise ValueError(
            f"the letter from {key[0]} to district {key[1]} has other words: lacks {sorted(lacks)}, has {sorted(has)}"
        )
    return key


def check(peer, out, count, everything):
    """Looks at what a run made, at all of it or at a sample; gives how many letters were read, or raises ValueError."""
    found = files_in(out)
    if peer.makes == "any" and not found:
        return 0
    expected = {(letter["name"], letter["district"]): letter for letter in letters(count)}
    if peer.makes == "stack" or (peer.makes == "any" and len(found) < count):
        texts = [text for path in found for text in pages(path)]
        if len(texts) != count:
            raise ValueError(f"{len(texts)} pages in {len(found)} files, not {count}")
        texts = texts if everything else spread(texts, SAMPLE)
    else:
        if len(found) != count:
            raise ValueError(f"{len(found)} files, not {count}")
        texts = []
        for path in found if everything else spread(found, SAMPLE):
            own = pages(path)
            if len(own) != 1:
                raise ValueError(f"{path.name} has {len(own)} pages")
            texts += own
    keys = {read_letter(text, expected) for text in texts}
    if len(keys) != len(texts):
        raise ValueError(f"{len(texts) - len(keys)} letters are there twice")
    paper(found[0])
    return len(texts)


def paper(path):
    """Complains where a file is not for US Letter."""
    text, _ = quiet(["pdfinfo", str(path)])
    if "612 x 792" not in text:
        raise ValueError(f"{path.name} is not US Letter")


def tagged(python, worker, out, validator):
    """What a sample of the files is: "no" PDF/UA-1, "yes" by what is in it, or "claimed" where a validator finds faults."""
    sample = [str(path) for path in spread(files_in(out), SAMPLE)]
    if not sample:
        return "not looked at", None
    done = subprocess.run([str(python), str(worker), "conformance", *sample], check=True, capture_output=True, text=True)
    if not all(json.loads(done.stdout).values()):
        return "no", None
    if validator:
        text, good = quiet([*shlex.split(validator), *sample[:2]])
        if not good:
            return "claimed", text
    return "yes", None
