"""Owns the letters of the measurement: who signs them, whom they are for, and their words in each peer's own form."""

import csv
import html
import json
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEMBERS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
COLUMNS = ["name", "street", "city", "state", "zip", "paragraph"]

# What a signer adds in their own words. Some hold characters that mean something to TeX, HTML or Typst.
OWN_WORDS = [
    "I have lived on Example Street for {years} years, and I vote in every county election.",
    "I run a small shop with {years} neighbors on the payroll. They & their families should feel at home here.",
    "My household is #{n} on our block. I would rather see $100 spent on roads than on this.",
    "I have served on {years} juries, and I want people to come forward as witnesses.",
    "If even 1% of calls for help are not made, that is too many. I have made {years} of them.",
]


def signers(count):
    """The first `count` signers: plainly made up, each with an address and a paragraph of their own."""
    return [
        {
            "name": f"Signer {n}",
            "street": f"{n} Example Street",
            "city": "Exampleville",
            "state": "MN",
            "zip": "56299",
            "paragraph": OWN_WORDS[n % len(OWN_WORDS)].format(n=n, years=2 + n % 37),
        }
        for n in range(1, count + 1)
    ]


def letters(count):
    """The first `count` letters as a person would list them: each signer in turn, to each of the seven members of the board."""
    made = []
    for signer in signers(-(-count // len(MEMBERS))):
        for district, member in enumerate(MEMBERS, 1):
            made.append(
                {**signer, "official": f"Member {member}", "district": str(district), "salutation": f"Commissioner {member}"}
            )
    return made[:count]


def write_inputs(folder, count):
    """Writes what the peers read: the letters as JSON, and the signers as the table that Handbill reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"letters-{count}.json").write_text(json.dumps(letters(count), ensure_ascii=False), encoding="utf-8")
    with open(folder / f"members-{count}.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(signers(-(-count // len(MEMBERS))))


def plain(text):
    """Text as it is."""
    return text


def tex(text):
    """Text with the characters escaped that TeX would read as commands."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\~^#$%&_{}]", lambda found: special.get(found[0], "\\" + found[0]), text)


def template(name):
    """One of the hand-written forms of the letter."""
    return (HERE / "letters" / name).read_text(encoding="utf-8")


def filled(text, letter, escape=html.escape):
    """A form of the letter with one letter's data in its slots."""
    return re.sub(r"\{(" + "|".join(letter) + r")\}", lambda slot: escape(letter[slot[1]]), text)


def words(text):
    """The words of a text, sorted: the same for two pages that say the same, however they are laid out."""
    return sorted(re.findall(r"[A-Za-z0-9]+", unicodedata.normalize("NFKC", text)))


def expected_words(letter):
    """The words that the page of this letter must have, neither more nor fewer."""
    return words(filled(template("letter.txt"), letter, plain))
