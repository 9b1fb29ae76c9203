"""Owns the loops of the peers: `worker.py PEER LETTERS.json OUT SCRATCH` makes every letter and prints the seconds it took."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from letters import HERE, filled, plain, template, tex

DATE = 1795219200  # Midnight of November 21, 2026, as in the letter.


def target(out, number):
    """Where the letter of this number goes."""
    return str(out / f"letter-{number:05}.pdf")


def typst_kept(letters, out, scratch):
    """One compiler for all letters; each letter's data in `sys_inputs`."""
    import typst

    compiler = typst.Compiler(str(HERE / "letters/letter.typ"), font_paths=[str(scratch / "fonts")], ignore_system_fonts=True)
    yield
    for number, letter in letters:
        compiler.compile(
            output=target(out, number), format="pdf", sys_inputs=letter, pdf_standards=["ua-1"], timestamp=DATE
        )


def typst_kept_text(letters, out, scratch):
    """One compiler for all letters; each letter's data written into the source, so that the compiler knows again what stays."""
    import typst

    compiler = typst.Compiler(font_paths=[str(scratch / "fonts")], ignore_system_fonts=True)
    before, after = template("letter.typ").split("#let data = sys.inputs\n")
    yield
    for number, letter in letters:
        # A JSON string within a string of Typst's: both escape quotes and backslashes alike.
        data = f"#let data = json(bytes({json.dumps(json.dumps(letter))}))\n"
        compiler.compile(
            (before + data + after).encode(), output=target(out, number), format="pdf", pdf_standards=["ua-1"], timestamp=DATE
        )


def compile_new(letters, out, **more):
    """`typst.compile` for each letter, which sets up a compiler each time."""
    import typst

    yield
    for number, letter in letters:
        typst.compile(
            str(HERE / "letters/letter.typ"), output=target(out, number), format="pdf", sys_inputs=letter,
            pdf_standards=["ua-1"], timestamp=DATE, **more,
        )  # fmt: skip


def typst_new(letters, out, scratch):
    """A new compiler with what the package does by itself: it looks through the machine's fonts each time."""
    return compile_new(letters, out, font_paths=[str(scratch / "fonts")])


def typst_new_lean(letters, out, scratch):
    """A new compiler that is told to look at the letter's fonts only."""
    return compile_new(letters, out, font_paths=[str(scratch / "fonts")], ignore_system_fonts=True)


def weasyprint(letters, out, scratch):
    """HTML filled by text replacement; style sheet and font configuration read once."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(HERE / "letters/letter.css", font_config=fonts)
    page = template("letter.html")
    yield
    for number, letter in letters:
        HTML(string=filled(page, letter)).write_pdf(
            target(out, number), stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
        )


def libreoffice(letters, out, scratch):
    """A flat document filled by text replacement; one process of LibreOffice turns all of them into PDF."""
    page = template("letter.fodt")
    yield
    files = []
    for number, letter in letters:
        files.append(str(scratch / "work" / f"letter-{number:05}.fodt"))
        Path(files[-1]).write_text(filled(page, letter), encoding="utf-8")
    options = {"PDFUACompliance": {"type": "boolean", "value": "true"}, "UseTaggedPDF": {"type": "boolean", "value": "true"}}
    profile = (scratch / "libreoffice-profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to",
         "pdf:writer_pdf_Export:" + json.dumps(options), "--outdir", str(out), *files],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def pdflatex(letters, out, scratch):
    """A process of pdfLaTeX for each letter."""
    page = template("letter.tex")
    yield
    for number, letter in letters:
        job = f"letter-{number:05}"
        (scratch / "work" / f"{job}.tex").write_text(filled(page, letter, tex), encoding="utf-8")
        subprocess.run(
            ["pdflatex", "-interaction=batchmode", "-halt-on-error", "-output-directory", str(out), f"{job}.tex"],
            cwd=scratch / "work", check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def two_halves(peer, letters_file, out, scratch):
    """Runs a peer as two processes, each with half the letters; gives the memory of both together, in KiB."""
    halves = [
        subprocess.Popen([sys.executable, __file__, peer, str(letters_file), str(out), str(scratch), str(part)],
                         stdout=subprocess.DEVNULL)
        for part in (0, 1)
    ]  # fmt: skip
    memory = 0
    for half in halves:
        _, status, usage = os.wait4(half.pid, 0)
        half.returncode = os.waitstatus_to_exitcode(status)
        memory += usage.ru_maxrss
    if any(half.returncode for half in halves):
        sys.exit("one of the two processes failed")
    return memory


def conformance(files):
    """Whether each PDF claims PDF/UA-1 and has what the claim stands on: tags, a language, a title that is shown."""
    import pikepdf

    def claims(path):
        with pikepdf.open(path) as pdf:
            root = pdf.Root
            meta = pdf.open_metadata()
            return (
                str(meta.get("pdfuaid:part", "")) == "1"
                and bool(root.get("/MarkInfo", {}).get("/Marked", False))
                and len(root.get("/StructTreeRoot", {}).get("/K", [])) > 0
                and bool(str(root.get("/Lang", "")))
                and bool(str(meta.get("dc:title", "")))
            )

    return {path: claims(path) for path in files}


def main(arguments):
    """Makes the letters, or looks at finished ones (`conformance FILE...`)."""
    if arguments[0] == "conformance":
        print(json.dumps(conformance(arguments[1:])))
        return
    peer, letters_file, out, scratch = arguments[0], *map(Path, arguments[1:4])
    if peer == "typst-kept-2":
        start = time.perf_counter()
        memory = two_halves("typst-kept", letters_file, out, scratch)
        print(json.dumps({"loop": time.perf_counter() - start, "memory_kib": memory}))
        return
    part = slice(int(arguments[4]), None, 2) if len(arguments) > 4 else slice(None)
    letters = list(enumerate(json.loads(letters_file.read_text(encoding="utf-8")), 1))[part]
    steps = globals()[peer.replace("-", "_")](letters, out, scratch)
    next(steps)
    start = time.perf_counter()
    next(steps, None)
    print(json.dumps({"loop": time.perf_counter() - start}))


if __name__ == "__main__":
    main(sys.argv[1:])
