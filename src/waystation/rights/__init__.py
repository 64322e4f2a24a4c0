"""Status and protection: what States signed, what they say, what they do, and which door is open in a matter.

The four are kept apart, each dated and each with its source: being a party protects nobody by itself, and a custom can
end overnight. Nothing here decides; it says what is known, how long ago somebody looked, and what is missing.
"""
