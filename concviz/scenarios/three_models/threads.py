"""Two threads: one squares a number, the other cubes it."""

import threading


def print_square(number):
    print(f"Square: {number * number}")


def print_cube(number):
    print(f"Cube: {number * number * number}")


square = threading.Thread(target=print_square, args=(10,))
cube = threading.Thread(target=print_cube, args=(10,))

square.start()
cube.start()

square.join()
cube.join()

print("Done!")
