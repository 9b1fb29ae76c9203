"""Owns the list of peers: what each is called, how many letters it makes in a run, and the command that runs it."""

import shlex
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CAMPAIGN = HERE / "campaign"
DATE = "2026-11-21"

# The letters that a whole run stands for: 143 signers, each to the seven members of the board.
WHOLE = 1001


@dataclass
class Peer:
    """One way to make the letters."""

    name: str
    title: str
    # Letters in a measured run; slow peers make fewer. Multiples of seven.
    letters: int
    # Whether its files say that they are PDF/UA-1.
    tagged: bool
    # Whether its letters are files, pages of one or a few files, or whatever it leaves (a bare loop may leave nothing).
    makes: str = "files"
    # What a run runs, for the commands from outside; the others are loops in worker.py.
    command: str = ""
    # Whether starting it is hidden in the loop, so that it must be found from a short run.
    hidden_start: bool = False


PEERS = [
    Peer("typst-kept", "`typst` for Python, one compiler kept, `sys_inputs`", WHOLE, True),
    Peer("typst-kept-text", "`typst` for Python, one compiler kept, the data in the source instead of `sys_inputs`", WHOLE, True),
    Peer("typst-kept-2", "`typst` for Python, two processes with half the letters each", WHOLE, True),
    Peer("typst-new", "`typst` for Python, a new compiler for each letter", 280, True),
    Peer("typst-new-lean", "`typst` for Python, a new compiler for each letter, the machine's fonts left aside", 280, True),
    Peer("weasyprint", "WeasyPrint, style and fonts kept", 140, True),
    Peer("libreoffice", "LibreOffice, a filled template, one process for all", 280, True, hidden_start=True),
    Peer("pdflatex", "pdfLaTeX, a process a letter", 70, False),
]

# The commands from outside. Slots: {handbill} and {bare}, the programs given; {n}, letters; {data}, the signers as CSV
# (name, street, city, state, zip, paragraph); {campaign}, the campaign's folder; {date}; {out}, a new empty folder.
# `--command NAME='...'` replaces one of them for a run.
OUTSIDE = [
    Peer(
        "handbill-files", "Handbill, a file per letter", WHOLE, True,
        command="{handbill} build {campaign} -d letter-commissioner --signers {data} --date {date} -o {out}",
    ),
    Peer(
        "handbill-stack", "Handbill, one stack", WHOLE, True, makes="stack",
        command="{handbill} build {campaign} -d letter-commissioner --signers {data} --date {date} --stack -o {out}",
    ),
    Peer(
        "bare-sorted", "bare engine loop, the same order as Handbill", WHOLE, True, makes="any",
        command="{bare} sorted {n} 2 100 {campaign} {data}",
    ),
    Peer(
        "bare-given", "bare engine loop, the records as given", WHOLE, True, makes="any",
        command="{bare} given {n} 2 100 {campaign} {data}",
    ),
]  # fmt: skip


def outside(handbill, bare, commands):
    """The commands from outside whose program is known; `commands` replaces command lines by name."""
    programs = {"handbill": handbill, "bare": bare}
    for peer in OUTSIDE:
        peer.command = commands.get(peer.name, peer.command)
    return [peer for peer in OUTSIDE if programs[peer.name.split("-")[0]] or peer.name in commands], programs


def command_line(peer, python, scratch, count, out, programs):
    """The words of the command that makes `count` letters in `out`."""
    data = scratch / "data"
    if not peer.command:
        return [str(python), str(HERE / "worker.py"), peer.name, str(data / f"letters-{count}.json"), str(out), str(scratch)]
    slots = {
        **programs, "n": count, "data": data / f"members-{count}.csv", "campaign": CAMPAIGN, "date": DATE, "out": out,
    }  # fmt: skip
    return [word.format(**slots) for word in shlex.split(peer.command)]
