"""Grey pictures in files, a byte for each point, and how to shrink one."""

import os

PICTURES = int(os.environ.get("PICTURES", 6))
SIDE = int(os.environ.get("SIDE", 480))  # points


def paint(folder):
    """Make the pictures; gives their paths."""
    paths = [folder / f"picture {number}.grey" for number in range(PICTURES)]
    for path in paths:
        path.write_bytes(os.urandom(SIDE * SIDE))
    return paths


def shrink(path):
    """Read a picture, make it a quarter as wide and as high, and write it beside the first."""
    points = path.read_bytes()
    small = bytearray()
    for top in range(0, SIDE, 4):
        for left in range(0, SIDE, 4):
            block = [points[(top + down) * SIDE + left + right] for down in range(4) for right in range(4)]
            small.append(sum(block) // 16)
    path.with_suffix(".small").write_bytes(small)
    print(f"{path.stem}: {len(points)} bytes, small {len(small)}")
