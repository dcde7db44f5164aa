"""Jobs in a pool of processes, of either kind."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def square(number):
    return number * number


def main():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        assert pool.submit(square, 2).result() == 4
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(square, [1, 2, 3]) == [1, 4, 9]


if __name__ == "__main__":
    main()
