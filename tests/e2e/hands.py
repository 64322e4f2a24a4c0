"""How a person reaches a thing on a page: with the mouse, or by the Tab key alone."""

import re

MOST = 250  # presses of Tab after which a thing cannot be reached


class Hands:
    """One pair of hands at one tab. Without a mouse, what Tab does not reach cannot be used."""

    def __init__(self, tab, *, keyboard):
        self.tab, self.keyboard = tab, keyboard

    def reach(self, thing):
        """Tab until the thing has the focus."""
        thing.wait_for()
        for _press in range(MOST):
            if thing.evaluate("one => one === document.activeElement"):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"{MOST} presses of Tab do not reach {thing}")

    def press(self, thing, to=None):
        """A button, a link, a summary; `to` is how the address ends to which it leads."""
        if to:
            with self.tab.expect_navigation(url=re.compile(re.escape(to) + "$")):
                self.press(thing)
        elif self.keyboard:
            self.reach(thing)
            self.tab.keyboard.press("Enter")
        else:
            thing.click()

    def write(self, where, said):
        """Words into a field."""
        if self.keyboard:
            self.reach(where)
            self.tab.keyboard.press("Control+a")
            self.tab.keyboard.insert_text(said)
        else:
            where.click()
            where.fill(said)

    def choose(self, where, value):
        """One of a list, by its code."""
        if not self.keyboard:
            where.select_option(value)
            return
        self.reach(where)
        self.tab.keyboard.press("Home")
        for _press in range(where.locator("option").count()):
            if where.input_value() == value:
                return
            self.tab.keyboard.press("ArrowDown")
        assert where.input_value() == value

    def tick(self, box):
        """A box."""
        if self.keyboard:
            self.reach(box)
            self.tab.keyboard.press("Space")
        else:
            box.click()
        assert box.is_checked()

    def bring(self, where, file):
        """A file, through the window in which one chooses it."""
        with self.tab.expect_file_chooser() as window:
            self.press(where)
        window.value.set_files(file)
