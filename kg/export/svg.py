"""A static picture as SVG: text stays text, so it needs a font with Hangul where it is shown, and searches find it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export.characters import one_line, xml_attribute, xml_content
from kg.export.files import write_text
from kg.export.looks import COLOURS, DASHES, STATUS_COLOURS, look_of
from kg.export.picture import LETTERS, SHOWN, Line, Picture, picture, shortened, width
from kg.export.vocabulary import STATUS_LABELS
from kg.model import STATUSES, Status
from kg.schema import Labels, Schema

FONTS = "'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',NanumGothic,sans-serif"
OUTLINES = (
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
    "M8 .8 15.2 8 8 15.2.8 8z",
    "M1 2.5h14L8 15z",
    "M2 2h12v12H2z",
    "M4.5 1.9h7L15 8l-3.5 6.1h-7L1 8z",
    "m8 .8 2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z",
)
"""Shapes of types in a square of 16, by the number of their look, as on the page."""
MARGIN, HEAD, FOOT = 28.0, 66.0, 44.0
LEAST = 640.0
"""Pixels that a picture has in width at least, for its title and legend."""
BEND = 34.0
"""Pixels between the lines of two statuses of one pair."""
QUOTED = 3
"""Sentences that the tooltip of a line quotes."""
TITLES = {"ko": "한국 뉴스 지식 그래프", "en": "Knowledge graph of Korean news"}
GAP = 18.0
"""Pixels between two entries of the legend."""
SMALL = 10.5
"""Size of the words on lines in pixels."""
HALO = 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
Box = tuple[complex, complex]
"""Upper left and lower right corner."""
TEXT, MUTED = "#1d2733", "#5a6675"


def write_svg(
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    path: Path,
    *,
    title: str | None = None,
    language: str = "ko",
    shown: int = SHOWN,
) -> None:
    """Write a picture of the `shown` most connected entities; `language`, of the labels, is ko or en."""
    write_text(path, svg_picture(graph, schema, title=title, language=language, shown=shown))


def svg_picture(graph: nx.MultiDiGraph[Any], schema: Schema, *, title: str | None, language: str, shown: int) -> str:
    """Return the text of the picture; see `write_svg`."""
    language = language if language == "en" else "ko"
    return "\n".join(_Drawn(picture(graph, schema, shown), schema, language).elements(title or TITLES[language])) + "\n"


@dataclass(frozen=True)
class _Drawn:
    shown: Picture
    schema: Schema
    language: str

    def elements(self, title: str) -> Iterator[str]:
        """Yield the lines of the file."""
        wide, high = self.size()
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}" height="{high:g}"'
            f' viewBox="0 0 {wide:g} {high:g}" font-family="{FONTS}" font-size="{LETTERS:g}" fill="{TEXT}">'
            f"<title>{xml_content(one_line(title))}</title>"
        )
        yield '<rect width="100%" height="100%" fill="#ffffff"/>'
        yield f'<text x="{MARGIN:g}" y="34" font-size="20" font-weight="700">{xml_content(one_line(title))}</text>'
        yield f'<text x="{MARGIN:g}" y="54" fill="{MUTED}">{xml_content(self.said())}</text>'
        yield '<g id="relations" fill="none">'
        for line in self.shown.lines:
            yield from self.line(line)
        yield '</g>\n<g id="words" font-size="10.5" text-anchor="middle">'
        yield from self.words()
        yield '</g>\n<g id="entities" text-anchor="middle" font-weight="500">'
        for node in reversed(self.shown.nodes):
            yield self.node(node)
        yield '</g>\n<g id="legend" font-size="12">'
        x = MARGIN
        for mark, room, label in self.legend():
            text = f'<text x="{room:g}">{xml_content(label)}</text>'
            yield f'<g transform="translate({x:.1f} {high - FOOT / 2 + 4:g})">{mark}{text}</g>'
            x += room + width(label, 12) + GAP
        yield "</g>\n</svg>"

    def size(self) -> tuple[float, float]:
        """Return width and height of the picture in pixels."""
        named = 2 * MARGIN + sum(room + width(label, 12) + GAP for _, room, label in self.legend())
        rights, lows = [LEAST, named], [HEAD + MARGIN]
        for node in self.shown.nodes:
            (x, y), half = self.at(node), width(self.name(node)) / 2
            rights.append(x + max(half, self.shown.radius(node)) + MARGIN)
            lows.append(y + self.shown.radius(node) + LETTERS + MARGIN)
        return math.ceil(max(rights)), math.ceil(max(lows) + FOOT)

    def at(self, node: str) -> tuple[float, float]:
        """Return the middle of an entity's shape."""
        place = self.shown.places[node]
        return MARGIN + place.x, HEAD + place.y

    def name(self, node: str) -> str:
        """Return the name of an entity as written below it."""
        return shortened(one_line(self.shown.graph.nodes[node]["name"]))

    def label(self, labels: Labels) -> str:
        """Return a label in the language of the picture."""
        return labels.en if self.language == "en" else labels.ko

    def said(self) -> str:
        """Return what is shown of what."""
        graph, shown = self.shown.graph, len(self.shown.nodes)
        entities, relations = graph.number_of_nodes(), graph.number_of_edges()
        drawn = self.shown.relations
        if self.language == "en":
            part = (
                f"the {shown:,} best connected of {entities:,} entities" if shown < entities else f"{shown:,} entities"
            )
            of = f"{drawn:,} of {relations:,}" if drawn < relations else f"{drawn:,}"
            return f"{part}, {of} relations, {len(graph.graph['articles']):,} articles"
        part = f"개체 {entities:,}개 중 관계가 많은 {shown:,}개" if shown < entities else f"개체 {shown:,}개"
        of = f"관계 {relations:,}개 중 출처가 많은 {drawn:,}개" if drawn < relations else f"관계 {drawn:,}개"
        return f"{part} · {of} · 기사 {len(graph.graph['articles']):,}건"

    def line(self, line: Line) -> Iterator[str]:
        """Yield a line with its arrow heads; what it states shows as a tooltip."""
        colour, thick = STATUS_COLOURS[line.status], min(1.3 + 0.8 * math.log2(max(1, line.sources)), 5.0)
        start, bend, end = self.course(line)
        yield (
            f'<path d="M{_point(start)}Q{_point(bend)} {_point(end)}" stroke="{colour}" stroke-width="{thick:.1f}"'
            f"{_dashes(line.status)}><title>{xml_content(self.tooltip(line))}</title></path>"
        )
        for node, tip in ((line.first, start), (line.last, end)):
            if node in line.towards and line.first != line.last:
                yield f'<path d="{_arrow(bend, tip, 6 + thick)}" fill="{colour}"/>'

    def course(self, line: Line) -> tuple[complex, complex, complex]:
        """Return where a line starts and ends, at the rims of its entities, and the point it bends towards."""
        first, last = complex(*self.at(line.first)), complex(*self.at(line.last))
        if line.first == line.last:
            reach = self.shown.radius(line.first)
            return first - reach, first - 1.5 * reach - 3j * reach * (1 + abs(line.curve)), first - 1j * reach
        across = (last - first) / abs(last - first) * 1j
        bend = (first + last) / 2 + across * BEND * 2 * line.curve
        return self.rim(line.first, first, bend), bend, self.rim(line.last, last, bend)

    def rim(self, node: str, middle: complex, towards: complex) -> complex:
        """Return where a line leaves an entity: outside its shape and, where it goes that way, its name."""
        step = (towards - middle) / max(abs(towards - middle), 1e-9)
        distance, (low, high) = self.shown.radius(node) + 3, self.boxes(node)[1]
        for _ in range(30):
            point = middle + step * distance
            if not (low.real <= point.real <= high.real and low.imag <= point.imag <= high.imag):
                break
            distance += 3
        return middle + step * distance

    def stated(self, line: Line) -> str:
        """Return the labels of the relations of a line, and its status where that is not actual."""
        labels = [self.label(self.schema.relation(type).labels) for type in line.types]
        said = ", ".join(labels[:2]) + ("…" if len(labels) > 2 else "")
        return said if line.status == "actual" else f"{said} ({self.status(line.status)})"

    def status(self, status: str) -> str:
        """Return the label of a status."""
        return STATUS_LABELS[status][self.language == "en"]

    def words(self) -> Iterator[str]:
        """Yield the words on the lines where they cover nothing, those of most sources first; white behind them."""
        taken = [box for node in self.shown.nodes for box in self.boxes(node)]
        for line in sorted(self.shown.lines, key=lambda line: -line.sources):
            start, bend, end = self.course(line)
            half = complex(width(self.stated(line), SMALL) / 2, SMALL * 0.6)
            for part in (0.5, 0.4, 0.6, 0.3, 0.7):
                middle = (1 - part) ** 2 * start + 2 * part * (1 - part) * bend + part**2 * end
                box = (middle - half, middle + half)
                if not any(_overlap(box, other) for other in taken):
                    taken.append(box)
                    yield (
                        f'<text x="{middle.real:.1f}" y="{middle.imag + 3.5:.1f}" fill="{STATUS_COLOURS[line.status]}"'
                        f" {HALO}>{xml_content(self.stated(line))}</text>"
                    )
                    break

    def boxes(self, node: str) -> tuple[Box, Box]:
        """Return the corners of an entity's shape and of its name."""
        middle, reach = complex(*self.at(node)), self.shown.radius(node)
        half = width(self.name(node)) / 2
        shape = (middle - reach * (1 + 1j), middle + reach * (1 + 1j))
        return shape, (middle + complex(-half, reach), middle + complex(half, reach + LETTERS + 4))

    def tooltip(self, line: Line) -> str:
        """Return what a line states and on what it rests."""
        names = (one_line(self.shown.graph.nodes[node]["name"]) for node in (line.first, line.last))
        quoted = [f"“{one_line(text)}”" for text in line.evidence[:QUOTED]]
        return "\n".join([f"{' – '.join(names)}: {self.stated(line)}", *quoted])

    def node(self, node: str) -> str:
        """Return the shape and name of an entity."""
        (x, y), reach, found = self.at(node), self.shown.radius(node), self.shown.graph.nodes[node]
        look = look_of(found["type"], self.schema)
        names = ", ".join(one_line(name) for name in [found["name"], *found["aliases"]])
        return (
            f'<g id="{xml_attribute(node)}"><title>{xml_content(names)}</title>'
            f'<path transform="translate({x - reach:.1f} {y - reach:.1f}) scale({reach / 8:.4g})" d="{OUTLINES[look]}"'
            f' fill="{COLOURS[look]}" stroke="#ffffff"/><text x="{x:.1f}" y="{y + reach + LETTERS:.1f}"'
            f" {HALO}>{xml_content(self.name(node))}</text></g>"
        )

    def legend(self) -> Iterator[tuple[str, float, str]]:
        """Yield the types and statuses that the picture shows: mark, its width, and label."""
        used = {self.shown.graph.nodes[node]["type"] for node in self.shown.nodes}
        for type in sorted(used, key=lambda type: (look_of(type, self.schema), type)):
            look = look_of(type, self.schema)
            mark = f'<path transform="translate(0 -12)" d="{OUTLINES[look]}" fill="{COLOURS[look]}"/>'
            yield mark, 21.0, self.label(self.schema.entity(type).labels)
        for status in (s for s in STATUSES if any(line.status == s for line in self.shown.lines)):
            mark = f'<path d="M0 -4h28" stroke="{STATUS_COLOURS[status]}" stroke-width="2.2"{_dashes(status)}/>'
            yield mark, 35.0, self.status(status)


def _point(point: complex) -> str:
    return f"{point.real:.1f} {point.imag:.1f}"


def _overlap(a: Box, b: Box) -> bool:
    return a[0].real < b[1].real and b[0].real < a[1].real and a[0].imag < b[1].imag and b[0].imag < a[1].imag


def _dashes(status: Status) -> str:
    return f' stroke-dasharray="{",".join(map(str, DASHES[status]))}"' if DASHES[status] else ""


def _arrow(origin: complex, tip: complex, size: float) -> str:
    """Return the outline of an arrow head at the end of a line that comes from a point."""
    back = (origin - tip) / max(abs(origin - tip), 1e-9) * size
    return f"M{_point(tip)}L{_point(tip + back + back * 0.42j)}L{_point(tip + back - back * 0.42j)}Z"
