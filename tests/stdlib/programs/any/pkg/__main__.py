"""Run by -m: relative imports, and what the package knows of itself."""

import sys

from . import X
from .other import Y

print("imports:", X, Y)
print("argv:", sys.argv)
print("names:", __name__, __package__, __spec__.name, __file__)
print("path:", sys.path)
