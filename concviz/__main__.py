"""`python -m concviz`: the same as the command `concviz`."""

import sys

from concviz.cli import main

sys.exit(main())
