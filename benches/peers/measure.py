"""Owns the runs: each peer in turn, round after round, each in a process of its own whose time and memory are taken."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import checks
from install import environment
from letters import write_inputs
from peers import HERE, command_line

SHORT = 7


def note(text):
    """Tells the person at the terminal how it goes."""
    print(text, file=sys.stderr, flush=True)


def run(peer, setup, count):
    """One run: seconds by the wall and of the processors, memory of the largest process (of both, where two do the work)."""
    out = setup.scratch / "out" / peer.name
    for folder in (out, setup.scratch / "work"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    command = command_line(peer, setup.python, setup.scratch, count, out, setup.programs)
    log, errors = setup.scratch / "stdout.txt", setup.scratch / "stderr.txt"
    with open(log, "w") as stdout, open(errors, "w") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, env=environment(setup.scratch))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        lines = (log.read_text(errors="replace") + errors.read_text(errors="replace")).strip().splitlines()
        raise ValueError(f"ended with {process.returncode}: {lines[-1] if lines else 'nothing said'}")
    took = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory_kib": usage.ru_maxrss}
    # A worker tells how long its loop took; what is left of the wall's time went into starting.
    if not peer.command:
        took |= json.loads(log.read_text().splitlines()[-1])
    return {key: round(value, 4) for key, value in took.items()}


def seconds_for(took, count, whole, start):
    """The seconds that a run of `whole` letters takes, from one of `count`: starting is counted once."""
    return took["wall"] if count == whole else start + (took["wall"] - start) * whole / count


def starting(peer, took, count, short):
    """The seconds of a run that do not grow with the letters; from a short run where the loop hides them."""
    if peer.hidden_start and count > SHORT:
        each = (took["wall"] - short["wall"]) / (count - SHORT)
        return max(0.0, short["wall"] - SHORT * each)
    return took["wall"] - took["loop"] if "loop" in took else 0.0


def measure(setup, peers, counts, rounds, whole, validator, save):
    """Runs all peers in turn; a peer that fails or makes the wrong letters is left out from there on, and why is kept."""
    results, failed, short = {}, {}, {}
    for count in {*counts.values(), SHORT}:
        write_inputs(setup.scratch / "data", count)

    def attempt(peer, what):
        try:
            return what()
        except (ValueError, OSError, subprocess.SubprocessError) as error:
            note(f"{peer.name}: {error}")
            failed[peer.name] = str(error)
            results.pop(peer.name, None)
            return None

    def warm_up(peer):
        run(peer, setup, SHORT)
        short[peer.name] = run(peer, setup, SHORT) if peer.hidden_start else None
        out = setup.scratch / "out" / peer.name
        read = checks.check(peer, out, SHORT, everything=True)
        verdict, faults = checks.tagged(setup.python, HERE / "worker.py", out, validator)
        if peer.tagged and verdict == "no":
            raise ValueError("its files are not PDF/UA-1")
        results[peer.name] = {"letters": counts[peer.name], "runs": [], "tagged": verdict, "faults": faults, "read": read}
        note(f"warm-up: {peer.name}, {read} letters read, PDF/UA-1: {verdict}{f' ({faults})' if faults else ''}")

    def one_round(peer, number):
        count = counts[peer.name]
        took = run(peer, setup, count)
        took["start"] = round(starting(peer, took, count, short[peer.name]), 4)
        took["rate"] = round(whole / seconds_for(took, count, whole, took["start"]), 3)
        last = number == rounds
        read = checks.check(peer, setup.scratch / "out" / peer.name, count, everything=last)
        results[peer.name]["read"] = max(read, results[peer.name]["read"])
        results[peer.name]["runs"].append(took)
        note(f"round {number} of {rounds}: {peer.name}, {count} letters, {took['wall']:.2f} s, {took['rate']:.1f} a second")

    for peer in peers:
        attempt(peer, lambda: warm_up(peer))
    for number in range(1, rounds + 1):
        for peer in peers:
            if peer.name in results:
                attempt(peer, lambda: one_round(peer, number))
        save({name: summed(result) for name, result in results.items() if result["runs"]}, failed)
    return failed


def summed(result):
    """The median of a peer's runs, the range they lie in, the most memory that any of them took."""
    rates = [took["rate"] for took in result["runs"]]
    return {
        **result,
        "rate": round(statistics.median(rates), 2),
        "least": round(min(rates), 2),
        "most": round(max(rates), 2),
        "cores": round(statistics.median(took["cpu"] / took["wall"] for took in result["runs"]), 2),
        "memory_mb": round(max(took["memory_kib"] for took in result["runs"]) * 1024 / 1e6),
    }
