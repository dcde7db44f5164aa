"""pytest with two xdist workers."""

import sys
import tempfile
from pathlib import Path

import pytest

with tempfile.TemporaryDirectory() as folder:
    tests = Path(folder) / "test_some.py"
    tests.write_text("import pytest\n\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n):\n    assert n < 5\n")
    code = pytest.main(["-n", "2", "-q", "--no-header", "-p", "no:cacheprovider", "--tb=no", str(tests)])
print("code", int(code))
