"""A page in a window of Chromium."""

SIZES = {"desk": {"width": 1200, "height": 900}, "phone": {"width": 400, "height": 800}}


class Opened:
    """The page in a window.

    Attributes:
        page: Playwright's.
        told (list of str): what the browser's console said, errors that nobody caught, and dialogs.
        asked_for (list of str): the addresses of all that was loaded.
    """

    def __init__(self, browser, path, size="desk", scheme="light"):
        self.told, self.asked_for = [], []
        self.page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.told.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.page.close()

    def boxes(self, selector):
        script = "nodes => nodes.map(node => node.getBoundingClientRect().toJSON())"
        return self.page.eval_on_selector_all(selector, script)

    def brightness(self):
        """Of the paper, from 0 to 255."""
        color = self.page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, color.strip("rgb()").split(", "))) // 3
