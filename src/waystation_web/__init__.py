"""The office: what people do, in a browser, on the organisation's own machine.

It imports the core; never the other way.
"""
