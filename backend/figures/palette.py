"""The colours of all figures, by the role of what is drawn: Okabe-Ito, told apart by the colour-blind.

A page repaints by role (`meta.role` of a trace) from its own CSS properties, so that one figure serves the light theme,
the dark theme, a notebook and a report.
"""

BLACK = "#000000"
ORANGE = "#E69F00"
SKY_BLUE = "#56B4E9"
GREEN = "#009E73"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#767676"
WHITE = "#FFFFFF"

COLOURS = {
    "best": BLUE,
    "median": GREEN,
    "band": "rgba(0, 158, 115, 0.18)",
    "invalid": VERMILLION,
    "failed": VERMILLION,
    "baseline": GREY,
    # The further ones, where there are several.
    "baseline_2": ORANGE,
    "baseline_3": PURPLE,
    "baseline_4": BLACK,
    "new": BLUE,
    "seen": SKY_BLUE,
    "cannot_train": ORANGE,
    "distinct": BLACK,
    "training": BLUE,
    "validation": VERMILLION,
    "rate": GREEN,
}

# Cividis: lightness alone orders it, for every kind of sight; its ends stand out from white and from black.
FITNESS_SCALE = "Cividis"

# How much of what lies behind a band is hidden.
_BAND_OPACITY = 0.16


def banded(role: str) -> str:
    """Return the colour of a band around the line of that role."""
    red, green, blue = (int(COLOURS[role][place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {_BAND_OPACITY})"
