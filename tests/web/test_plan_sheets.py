"""The sheets of a plan bring their own style: the office's sheet of style takes itself back from every element in them."""

import re
from pathlib import Path

from waystation.report.inset import FRAME, inset_style
from waystation_web.plans.sheets import ELEMENTS

OFFICE = Path(__file__).resolve().parents[2] / "src" / "waystation_web" / "static" / "office" / "office.css"
TAKEN_BACK = re.compile(rf"\.{FRAME} :is\(([^)]*)\) {{ &, &::before, &::after {{ all: revert; }} }}")
# Drawings have no rule of the office, and `all: revert` would take the colours from them; a break has no look.
DRAWN = {"circle", "clipPath", "defs", "feGaussianBlur", "filter", "g", "image", "line", "linearGradient", "mask", "path",
         "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "svg", "text", "textPath", "tspan", "use", "br"}


def left_styled(css):
    """Elements that may stand in a plan and on which the office's rules would still act."""
    found = TAKEN_BACK.search(css)
    taken = {name.strip() for name in found[1].split(",")} if found else set()
    return sorted(ELEMENTS - DRAWN - taken)


def test_every_element_of_a_plan_is_free_of_the_office_s_rules():
    css = OFFICE.read_text("utf-8")
    assert left_styled(css) == []
    assert left_styled(css.replace("section, header", "header")) == ["section"]
    assert left_styled("main p { max-width: 68ch }") == sorted(ELEMENTS - DRAWN)


def test_the_taking_back_comes_after_all_other_rules_and_before_the_plan_s_own():
    css = OFFICE.read_text("utf-8")
    order = [name.strip() for name in re.search(r"@layer ([^;]+);", css)[1].split(",")]
    assert order[-2:] == ["sheets", "paper"]  # what is for paper hides whole pages, and comes last
    assert "@layer" not in inset_style()  # a rule in no layer is above every layer


def test_no_rule_of_the_office_names_what_is_drawn():
    css = re.sub(r"/\*.*?\*/", "", OFFICE.read_text("utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{};]+)\{", css))
    named = set(re.findall(r"(?<![\w.#-])([a-zA-Z]+)(?![\w-])", selectors))
    assert (DRAWN - {"br"}) & named == set()
