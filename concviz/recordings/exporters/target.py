"""Files that are being made: each appears whole at its end, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from concviz.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


def check(path: Path, *, force: bool) -> None:
    """TargetError for a file that exists, unless `force`, or whose folder does not."""
    if path.is_dir():
        raise TargetError(f"{path} is a folder", "name a file in it")
    if path.exists() and not force:
        raise TargetError(f"{path} exists", "choose another name, or add --force to replace it")
    if not path.absolute().parent.is_dir():
        raise TargetError(f"there is no folder {path.parent}", "make it first")


@contextlib.contextmanager
def made(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """What is written to it stands in `path` afterwards; after an error `path` is as it was. TargetError when that cannot be."""
    check(path, force=force)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            yield out
        (os.replace if force else os.link)(beside, path)
    except FileExistsError as error:
        raise TargetError(f"{path} exists", "choose another name, or add --force to replace it") from error
    except OSError as error:
        raise TargetError(f"{path} cannot be written: {error.strerror or error}", "choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
