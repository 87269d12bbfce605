"""Turns a drawing into a picture."""

import hashlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from coopctl.report.charts.colours import COLOURS, Role, variable
from coopctl.report.charts.drawing import Disc, Drawing, Outline, Stroke, Words
from coopctl.report.charts.form import Form
from coopctl.report.charts.lettering import OWN_FONT, css_fonts, found_fonts
from coopctl.report.charts.library import needs_matplotlib

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

POINTS_PER_INCH: Final = 72
PIXELS_PER_INCH: Final = 200
WIDEST: Final = "36rem"
"""In a page; wider than this, letters would be larger than those around."""

SVG: Final = "http://www.w3.org/2000/svg"

SETTINGS: Final = {"svg.fonttype": "none", "svg.hashsalt": "coopctl", "text.usetex": False}
NO_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}

ROLES: Final[dict[str, Role]] = {colour.light: role for role, colour in COLOURS.items()}
ATTRIBUTES: Final = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "font-size",
    "font-weight",
    "text-anchor",
)
"""All that is kept of the styles that matplotlib writes; the rest says nothing or is said once for all."""


def picture(drawing: Drawing, form: Form) -> bytes:
    """Return a drawing as a picture; the same drawing gives the same bytes.

    Raises `CoopctlError` where matplotlib is not installed.
    """
    with needs_matplotlib():
        import matplotlib.style
    # Whatever somebody has set up for their own drawings is not to show in a report. Warnings are about characters
    # that a font lacks: `lacks_glyphs` tells, and an SVG takes its fonts from where it is looked at.
    with matplotlib.style.context(["default", SETTINGS]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if form == "png":
            return _png(_figure(drawing, found_fonts(drawing.language)))
        return _svg(drawing, _figure(drawing, [OWN_FONT]), form)


def _figure(drawing: Drawing, fonts: list[str]) -> "Figure":
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    inches = drawing.width / POINTS_PER_INCH, drawing.height / POINTS_PER_INCH
    figure = Figure(figsize=inches, dpi=POINTS_PER_INCH, facecolor=COLOURS["paper"].light)
    place = Affine2D().scale(1 / POINTS_PER_INCH, -1 / POINTS_PER_INCH).translate(0, inches[1]) + figure.dpi_scale_trans
    for number, shape in enumerate(drawing.shapes):
        artist = _artist(shape, place, fonts)
        artist.set_gid(shape.name or None)
        artist.set_zorder(number)
        figure.add_artist(artist)
    return figure


def _artist(shape: Outline | Disc | Words, place: "Transform", fonts: list[str]) -> "Artist":
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    from matplotlib.text import Text

    if isinstance(shape, Words):
        x, y = shape.place
        return Text(
            x,
            y,
            shape.text,
            transform=place,
            color=COLOURS[shape.colour].light,
            fontfamily=fonts,
            fontsize=shape.size,
            fontweight="bold" if shape.bold else "normal",
            horizontalalignment=shape.anchor,
            verticalalignment="baseline",
            parse_math=False,  # names are shown as they are typed, dollar signs and all
        )
    if isinstance(shape, Disc):
        path = Path.circle(shape.centre, shape.radius)
    else:
        pieces = [[*piece, piece[0]] if shape.closed else piece for piece in shape.pieces]
        path = Path.make_compound_path(*(Path(piece, closed=shape.closed) for piece in pieces))
    return PathPatch(
        path,
        transform=place,
        facecolor=COLOURS[shape.fill].light if shape.fill else "none",
        **_stroke(shape.stroke),
    )


def _stroke(stroke: Stroke | None) -> dict[str, Any]:
    if stroke is None:
        return {"edgecolor": "none", "linewidth": 0}
    return {
        "edgecolor": COLOURS[stroke.colour].light,
        "linewidth": stroke.width,
        "linestyle": (0, stroke.dashes) if stroke.dashes else "solid",
        "capstyle": "butt",
        "joinstyle": "round",
    }


def _png(figure: "Figure") -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = io.BytesIO()
    FigureCanvasAgg(figure).print_figure(file, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
    return file.getvalue()


def _svg(drawing: Drawing, figure: "Figure", form: Form) -> bytes:
    """Write an SVG that has nothing of matplotlib's but its paths and texts.

    Left out are its document type (an outside address), metadata, style sheet (it would hold for the whole page) and
    its own ids.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure.patch.set_visible(False)
    file = io.BytesIO()
    FigureCanvasSVG(figure).print_figure(file, format="svg", dpi=POINTS_PER_INCH, metadata=NO_METADATA)
    own = _own_prefix(drawing)
    content = _frame(drawing, form, own)
    named = {shape.name for shape in drawing.shapes if shape.name}
    for group in ElementTree.fromstring(file.getvalue()).iter(f"{{{SVG}}}g"):
        for child in group:
            tag = child.tag.removeprefix(f"{{{SVG}}}")
            if tag in ("path", "text"):
                element = ElementTree.SubElement(content, tag, _attributes(child, form))
                element.text = child.text
                if (name := group.get("id", "")) in named:
                    element.set("id", f"{own}-{name}")
    text = ElementTree.tostring(content, encoding="unicode")
    prolog = '<?xml version="1.0" encoding="utf-8"?>\n' if form == "svg" else ""
    return f"{prolog}{text}\n".encode()


def _frame(drawing: Drawing, form: Form, own: str) -> ElementTree.Element:
    """Return the root: how big it is, in which fonts, and what it says to somebody who cannot see it."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    frame = ElementTree.Element(
        "svg",
        {
            "xmlns": SVG,
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "lang": drawing.language,
            "font-family": css_fonts(drawing.language),
            "stroke-linejoin": "round",
        },
    )
    if form == "inline-svg":
        frame.set("width", "100%")
        frame.set("style", f"max-width:{WIDEST};height:auto")
    else:
        frame.set("width", width)
        frame.set("height", height)
    if form == "svg":
        frame.set("aria-labelledby", f"{own}-title {own}-desc")
        for tag, text in (("title", drawing.title), ("desc", drawing.description)):
            ElementTree.SubElement(frame, tag, {"id": f"{own}-{tag}"}).text = text
        paper = COLOURS["paper"].light
        ElementTree.SubElement(frame, "rect", {"width": width, "height": height, "rx": "6", "fill": paper})
    else:  # in a page a title would pop up over the chart
        frame.set("aria-label", f"{drawing.title}. {drawing.description}" if drawing.description else drawing.title)
    return frame


def _own_prefix(drawing: Drawing) -> str:
    """Return how the ids of a drawing begin: its content decides, so those of a page differ."""
    return f"chart-{hashlib.sha256(repr(drawing).encode('utf-8', 'backslashreplace')).hexdigest()[:10]}"


def _attributes(element: ElementTree.Element, form: Form) -> dict[str, str]:
    """Return what is kept of an element: attributes, which every reader knows, and variables where a page has them."""
    styles = dict(re.findall(r"([\w-]+): ([^;]+)", element.get("style", "")))
    kept = {name: element.get(name, "") for name in ("d", "x", "y") if element.get(name)}
    if "d" in kept:
        kept["d"] = " ".join(kept["d"].split())
    kept |= {name: styles[name] for name in ATTRIBUTES if name in styles}
    if form == "inline-svg":
        colours = {name: ROLES[kept[name]] for name in ("fill", "stroke") if kept.get(name) in ROLES}
        if colours:
            kept["style"] = ";".join(f"{name}:var({variable(role)},{kept[name]})" for name, role in colours.items())
    return kept
