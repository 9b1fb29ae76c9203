"""Owns the table that the docs show: written from the results, between two marks, the rest of the page left alone."""

import statistics

BEGIN, END = "<!-- peers: begin; written by benches/peers/run.py -->", "<!-- peers: end -->"

# What the program set itself: this against that, at least so many times.
GOALS = [
    ("handbill-files", "bare-sorted", 0.95),
    ("handbill-files", "bare-given", 1.4),
    ("handbill-files", "typst-kept", 3),
    ("handbill-stack", "typst-kept", 6),
    ("handbill-files", "typst-new", 11),
    ("handbill-files", "weasyprint", 100),
    ("handbill-files", "pdflatex", 50),
    ("handbill-files", "libreoffice", 50),
    ("handbill-stack", "handbill-files", 2),
]


def times(results, this, that):
    """How many times as fast: the median of what each round gave, since its runs stood next to each other."""
    peers = results["peers"]
    if this not in peers or that not in peers:
        return None
    pairs = zip(peers[this]["runs"], peers[that]["runs"])
    return statistics.median(mine["rate"] / theirs["rate"] for mine, theirs in pairs)


def figure(value):
    """A number with as many digits as it is worth."""
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def rows(cells):
    """Rows of a Markdown table, the first its head; columns after the first are aligned to the right."""
    head, *body = cells
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *body])


def main_table(results):
    """What each peer reached, the fastest first."""
    peers = results["peers"]
    ours = [name for name in ("handbill-files", "handbill-stack") if name in peers]
    heads = {"handbill-files": "Handbill's files, times", "handbill-stack": "Handbill's stack, times"}
    cells = [["What makes them", "letters a second", "times `typst-kept`", *(heads[name] for name in ours), "memory, MB", "PDF/UA-1"]]
    for name, peer in sorted(peers.items(), key=lambda item: -item[1]["rate"]):
        cells.append([
            f"{peer['title']} (`{name}`)", figure(peer["rate"]), figure(times(results, name, "typst-kept")),
            *(figure(times(results, our, name)) for our in ours), str(peer["memory_mb"]), peer["tagged"],
        ])  # fmt: skip
    return rows(cells)


def goals_table(results):
    """The goals whose two sides were measured, and whether they were reached; nothing where none was."""
    cells = []
    for this, that, goal in GOALS:
        reached = times(results, this, that)
        if reached is not None:
            verdict = "reached" if reached >= goal else f"short by {(1 - reached / goal) * 100:.0f} %"
            cells.append([f"`{this}` against `{that}`", f"{goal:g}", figure(reached), verdict])
    return rows([["Goal", "at least", "measured", ""], *cells]) if cells else ""


def notes(results):
    """How it was measured, in sentences."""
    machine, peers = results["machine"], results["peers"]
    fewer = [f"`{name}` {peer['letters']}" for name, peer in peers.items() if peer["letters"] != results["letters"]]
    versions = results["versions"].values()
    said = [
        f"Measured on {results['date']}: {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}, Python {machine['python']}.",
        f"{results['letters']:,} letters, median of {results['rounds']} runs, taken in turn; "
        "a ratio is the median of the ratios of each round.",
    ]
    if fewer:
        said.append(f"Some made another number of letters ({', '.join(fewer)}), and starting them is counted once for the whole.")
    if versions:
        said.append(f"Versions: {', '.join(versions)}.")
    if results["rounds"] < 5:
        said.append("Fewer than five rounds: a trial, not a measurement.")
    if "typst-new" in peers and machine["fonts"]:
        said.append(f"`typst-new` looks through the fonts of the machine for each letter: {machine['fonts']} faces.")
    if machine["load"] > 0.5:
        said.append(f"The machine was not at rest when it began (load {machine['load']:.1f}).")
    if any(peer["tagged"] == "claimed" for peer in peers.values()):
        said.append("PDF/UA-1 is \"claimed\" where the files say so and a validator finds faults.")
    said += [f"`{name}` is left out: {' '.join(reason.split()).rstrip('.')}." for name, reason in results["left_out"].items()]
    return "\n".join(said)


def markdown(results):
    """Everything that stands between the marks."""
    return "\n\n".join(part for part in (main_table(results), goals_table(results), notes(results)) if part)


def write(path, results):
    """Puts the table into a page; one that has no marks yet gets them at its end."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    new = f"{BEGIN}\n\n{markdown(results)}\n\n{END}"
    if BEGIN in text and END in text.split(BEGIN, 1)[1]:
        before, rest = text.split(BEGIN, 1)
        text = before + new + rest.split(END, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n{new}\n".lstrip()
    path.write_text(text, encoding="utf-8")
