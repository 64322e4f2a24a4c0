"""The page of figures: a picture with its table, accounts side by side, no estimate as one number, and all of it to take along."""

import csv
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from waystation_web.figures import pages

pytestmark = pytest.mark.once


@pytest.mark.refuses("W-16")
def test_figures_stand_with_source_and_doubt_and_can_be_taken_along_as_picture_and_table(office):
    client = office.sign_in(office.person(roles={"researcher"}, handle="counts"))
    page = re.sub(r"\s+", " ", client.get(reverse("figures")).content.decode())
    for said in ("2,706", "2,500", "We work with 2,706", "Nobody can say yet which of them is right", "50,000–300,000", "80,000–120,000", "overstated",
                 "34,259", "80.3", "At least 730", "2012", "로기완", "[author known by a handle only]"):
        assert said in page, said
    picture = client.get(reverse("figures-picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    bars = [one for one in ElementTree.fromstring(picture.content).iter() if one.tag.endswith("rect")]
    assert len(bars) == 2 * len(pages.page().bars) and all(float(one.get("x")) + float(one.get("width")) <= 340 for one in bars)
    rows = list(csv.DictReader(StringIO(client.get(reverse("figures-table")).content.decode())))
    women = next(row for row in rows if row["indicator"] == "arrivals, women" and row["period"] == "2011")
    assert (women["low"], women["status"]) == ("1911", "reported") and women["sources"]
    assert all(row["sources"] and row["mark"] for row in rows)
    assert all(int(row["low"]) < int(row["high"]) for row in rows if row["estimate"] == "yes")
