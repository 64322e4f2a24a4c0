"""`python -m waystation_web.office` is `waystation-office`."""

import sys

from . import main

sys.exit(main())
