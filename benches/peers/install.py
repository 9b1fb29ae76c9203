"""Owns what the peers need: a virtual environment from PyPI, Debian's packages where asked for, the letter's font."""

import ctypes.util
import json
import os
import shutil
import subprocess
import sys

# Versions are fixed, so that figures from two days can be compared.
PYPI = {"typst": "typst==0.15.2", "weasyprint": "weasyprint==70.0", "pikepdf": "pikepdf==10.17.0"}
DEBIAN = {
    "libreoffice": ["libreoffice-writer-nogui"],
    "pdflatex": ["texlive-latex-base", "texlive-latex-recommended", "texlive-fonts-recommended"],
    # WeasyPrint's own manual lists the last one: without it fonts are subset in Python, many times slower.
    "weasyprint": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    "checks": ["poppler-utils"],
}
TYPST = ["typst-kept", "typst-kept-text", "typst-kept-2", "typst-new", "typst-new-lean"]
FACES = ["SourceSerif4_400Regular.ttf", "SourceSerif4_700Bold.ttf"]


def quiet(command, **more):
    """Runs a command with its output caught; gives what it printed and whether it did well."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    except OSError as error:
        return str(error), False
    return done.stdout.strip(), done.returncode == 0


def said(text):
    """The last line of what a command printed."""
    return (text.splitlines() or ["no reason given"])[-1]


def debian(wanted):
    """Installs the Debian packages; gives the reason where that cannot be done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return "apt-get or the right to use it is missing"
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *wanted]):
        text, good = quiet(["nice", "apt-get", *command], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if not good:
            return said(text)
    return None


def virtual_environment(scratch):
    """Sets up the Python packages, each by itself; gives the Python and why any of them is missing."""
    python = scratch / "venv/bin/python"
    missing = {}
    if not python.exists():
        text, good = quiet([sys.executable, "-m", "venv", str(scratch / "venv")])
        if not good:
            return python, dict.fromkeys(PYPI, said(text))
    for name, package in PYPI.items():
        if installed(python).get(name) == package.split("==")[1]:
            continue
        text, good = quiet(["nice", str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package])
        if not good:
            missing[name] = f"pip: {said(text)}"
    return python, missing


def installed(python):
    """The packages in the virtual environment and their versions."""
    text, good = quiet([str(python), "-m", "pip", "list", "--format=json", "--disable-pip-version-check"])
    return {package["name"]: package["version"] for package in json.loads(text)} if good else {}


def font(scratch, fonts):
    """Copies the two faces of the letter, so that no peer looks through more than it needs, and tells fontconfig of them."""
    folder = scratch / "fonts"
    folder.mkdir(exist_ok=True)
    for face in FACES:
        shutil.copy(fonts / face, folder / face)
    (scratch / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"  <dir>{folder}</dir>\n  <cachedir>{scratch / 'fontconfig'}</cachedir>\n</fontconfig>\n",
        encoding="utf-8",
    )


def environment(scratch):
    """The environment that every peer runs in."""
    return {
        **os.environ,
        "FONTCONFIG_FILE": str(scratch / "fonts.conf"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SAL_USE_VCLPLUGIN": "svp",
        "LC_ALL": "C.UTF-8",
    }


def fonts_of_machine(python):
    """How many faces the typst package finds on this machine by itself."""
    text, good = quiet([str(python), "-c", "import typst; print(len(typst.Fonts(include_embedded_fonts=False).fonts()))"])
    return int(text) if good else None


def prepare(scratch, fonts, install):
    """Sets up all that can be set up: the Python to run with, versions by peer, and by peer why it is left out."""
    for folder in ("data", "out", "work"):
        (scratch / folder).mkdir(parents=True, exist_ok=True)
    font(scratch, fonts)
    lacking = {
        "libreoffice": not shutil.which("soffice"),
        "pdflatex": not shutil.which("pdflatex"),
        "weasyprint": not ctypes.util.find_library("harfbuzz-subset") or not ctypes.util.find_library("pangoft2-1.0"),
        "checks": not shutil.which("pdftotext"),
    }
    lacking = [name for name, lacks in lacking.items() if lacks]
    left_out = {}
    if lacking:
        wanted = [package for name in lacking for package in DEBIAN[name]]
        reason = debian(wanted) if install else "not installed; --install installs it where apt-get and root are there"
        left_out = {name: f"{', '.join(DEBIAN[name])}: {reason}" for name in lacking if reason}
    if "checks" in left_out:
        sys.exit(f"cannot check what is made without {left_out['checks']}")
    python, missing = virtual_environment(scratch)
    if "pikepdf" in missing:
        sys.exit(f"cannot look into PDF files without pikepdf: {missing['pikepdf']}")
    if "typst" in missing:
        left_out |= dict.fromkeys(TYPST, missing["typst"])
    if "weasyprint" in missing:
        left_out["weasyprint"] = missing["weasyprint"]
    packages = installed(python)
    named = {"typst": "typst for Python", "weasyprint": "WeasyPrint"}
    versions = {name: f"{title} {packages[name]}" for name, title in named.items() if name in packages}
    for name, program in (("libreoffice", "soffice"), ("pdflatex", "pdflatex")):
        text, good = quiet([program, "--version"])
        if good and text:
            versions[name] = text.splitlines()[0].strip()
    return python, versions, left_out
