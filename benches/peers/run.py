#!/usr/bin/env python3
"""Owns the command: sets up the peers, has each make the same letters, and writes what came out as JSON and as a table."""

import sys

sys.dont_write_bytecode = True

import argparse
import datetime
import json
import os
import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path

import table
from install import fonts_of_machine, prepare, quiet
from measure import SHORT, measure, note
from peers import HERE, PEERS, WHOLE, outside


@dataclass
class Setup:
    """Where and with what the peers run."""

    scratch: Path
    python: Path
    programs: dict


def options():
    """The command line."""
    parser = argparse.ArgumentParser(description="Makes the same letters with Handbill and its peers, and tells how fast each is.")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "handbill-peers",
                        help="where the peers are installed and the letters go (default: %(default)s)")
    parser.add_argument("--fonts", type=Path, default=HERE / "../../templates/shared/fonts", help="the folder with Source Serif 4")
    parser.add_argument("--install", action="store_true", help="install missing Debian packages, where apt-get and root are there")
    parser.add_argument("--handbill", help="the handbill program; without it, only its peers are measured")
    parser.add_argument("--bare", help="the bare engine loop, likewise")
    parser.add_argument("--command", action="append", default=[], metavar="NAME=LINE", help="another command line for handbill-files and the like")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this peer; may be given several times")
    parser.add_argument("--letters", type=int, default=WHOLE, help="letters of a whole run; slow peers make fewer (default: %(default)s)")
    parser.add_argument("--letters-for", action="append", default=[], metavar="NAME=N", help="letters that this peer makes in a run")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each peer (default: %(default)s)")
    parser.add_argument("--validator", help="a PDF/UA checker: called with files, its exit code is 0 where all are good")
    parser.add_argument("--json", type=Path, help="where the results go (default: results.json in the scratch folder)")
    parser.add_argument("--docs", type=Path, help="the page whose table is written anew")
    parser.add_argument("--from", dest="results", type=Path, help="measure nothing; write the table from these results")
    return parser.parse_args()  # fmt: skip


def pairs(given, what):
    """Options of the form NAME=VALUE."""
    wrong = [item for item in given if "=" not in item]
    if wrong:
        sys.exit(f"{what} needs NAME=VALUE, not {wrong[0]!r}")
    return dict(item.split("=", 1) for item in given)


def machine():
    """What the figures hold for."""
    def field(path, name):
        lines = Path(path).read_text().splitlines() if Path(path).exists() else []
        return next((line.split(":" if ":" in line else "=", 1)[1].strip().strip('"') for line in lines if line.startswith(name)), "")
    return {
        "processor": field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int((field("/proc/meminfo", "MemTotal") or "0").split()[0]) * 1024 / 1e9),
        "system": field("/etc/os-release", "PRETTY_NAME") or platform.system(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }  # fmt: skip


def choose(asked, python_peers, others, left_out):
    """The peers to run, in order; those that could not be set up or whose program is not given are left out."""
    known = {peer.name: peer for peer in [*others, *python_peers]}
    unknown = [name for name in asked if name not in known]
    if unknown:
        sys.exit(f"no peer `{unknown[0]}` here; there are: {', '.join(known)}")
    return [peer for name, peer in known.items() if (not asked or name in asked) and name not in left_out]


def counts_of(peers, whole, given):
    """How many letters each peer makes in a run: what is asked for, else its own number but no more than a whole run."""
    try:
        given = {name: int(value) for name, value in given.items()}
    except ValueError as error:
        sys.exit(f"--letters-for needs a number: {error}")
    counts = {peer.name: given.get(peer.name, min(peer.letters if peer.letters != WHOLE else whole, whole)) for peer in peers}
    wrong = [f"{name}={count}" for name, count in counts.items() if count < SHORT or count % SHORT]
    if wrong:
        sys.exit(f"letters are made by sevens, one to each member of the board: {wrong[0]}")
    return counts


def main():
    """Measures, or writes the table of what was measured."""
    asked = options()
    if asked.results:
        results = json.loads(asked.results.read_text(encoding="utf-8"))
    else:
        results = measured(asked)
    if asked.docs:
        table.write(asked.docs, results)
    print(table.markdown(results))
    sys.exit(1 if results["failed"] else 0)


def measured(asked):
    """Sets up, runs and saves after every round, so that a run that is broken off is not lost."""
    scratch = asked.scratch.resolve()
    started = machine()
    others, programs = outside(asked.handbill, asked.bare, pairs(asked.command, "--command"))
    python, versions, left_out = prepare(scratch, asked.fonts.resolve(), asked.install)
    peers = choose(asked.only, PEERS, others, left_out)
    counts = counts_of(peers, asked.letters, pairs(asked.letters_for, "--letters-for"))
    if asked.handbill:
        text, good = quiet([asked.handbill, "--version"])
        versions |= {"handbill": text} if good else {}
    results = {
        "date": datetime.date.today().isoformat(),
        "machine": {**started, "fonts": fonts_of_machine(python)},
        "versions": {name: text for name, text in versions.items() if any(peer.name.startswith(name) for peer in peers)},
        "letters": asked.letters, "rounds": asked.rounds, "left_out": left_out, "failed": {}, "peers": {},
    }  # fmt: skip
    path = asked.json or scratch / "results.json"
    titles = {peer.name: peer.title for peer in peers}

    def save(reached, failed):
        results["peers"] = {name: {"title": titles[name], **peer} for name, peer in reached.items()}
        results["failed"] = failed
        results["left_out"] = {**left_out, **failed}
        path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    for name, reason in left_out.items():
        note(f"{name} is left out: {reason}")
    setup = Setup(scratch, python, programs)
    measure(setup, peers, counts, asked.rounds, asked.letters, asked.validator, save)
    note(f"results: {path}")
    return results


if __name__ == "__main__":
    main()
