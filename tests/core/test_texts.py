"""What free text gives away, as a person would see it, and what it may say."""

import pytest

from waystation.texts import found_in, has_hidden, starts_formula


@pytest.mark.parametrize(
    "text",
    ["010-1234-5678", "call +82 2 123 4567", "(02) 123 45 67", "0044 20 7946 0000", "tel. 1234567", "0101 234 5678",
     "０１０１２３４５６７８", "٠١٠١٢٣٤٥٦٧٨", "010\u200b1234\u200b5678", "2019-1234-5678", "19 98 20 04 34 12"],
)
def test_phone_numbers(text):
    assert found_in(text) == "phone"


@pytest.mark.parametrize("text", ["desk@example.org", "write to @desk", "t.me/desk", "desk ＠ example"])
def test_addresses(text):
    assert found_in(text) == "address"


@pytest.mark.parametrize("text", ["15.2512, 101.1234", "15.2512N 101.1234E", "15° 15' N", "8FVC9G8F+6X"])
def test_positions(text):
    assert found_in(text) == "position"


@pytest.mark.parametrize(
    "text",
    ["", "a burnt bridge", "seen 2011-2014, 34 cases", "2030-02-08 06:00 and 2030-02-09", "2011 2012 2013", "08.02.2030",
     "about 1,200,000 people", "12 of 100", "1/2 of the way", "at 06:15:30", "two or three (2-3) days", "stage 3.5",
     "a province's middle", "다리 2030년", "(2011-2014)"],
)
def test_what_may_be_said(text):
    assert found_in(text) == ""


@pytest.mark.parametrize("text", ["=1+1", "+82", "-3", "@x", "#REF!", "#N/A"])
def test_formulas(text):
    assert starts_formula(text)


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\x00", "\ud800", "a\u202eb", "a\u2028b", "\u2066a", "a\uffff"])
def test_hidden_characters(text):
    assert has_hidden(text)


@pytest.mark.parametrize("text", ["plain", "naïve", "다리", "a\u00a0b", "👍"])
def test_seen_characters(text):
    assert not has_hidden(text)
