"""How far two points of the earth lie apart.

    d = 2 R asin sqrt( sin^2((lat2 - lat1)/2) + cos lat1 cos lat2 sin^2((lon2 - lon1)/2) ),   R = 6371 km

(Sinnott, Virtues of the haversine, Sky and Telescope 68, 1984.)
"""

import math

EARTH_KM = 6371.0


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points, each its latitude and longitude in degrees, in km.

    >>> round(great_circle_km((0.0, 0.0), (0.0, 90.0)))
    10008
    """
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
