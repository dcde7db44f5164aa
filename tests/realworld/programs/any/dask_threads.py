"""A graph of Dask's, on its threaded scheduler."""

import dask


@dask.delayed
def double(number):
    return 2 * number


print(dask.delayed(sum)([double(n) for n in range(20)]).compute(scheduler="threads", num_workers=3))
