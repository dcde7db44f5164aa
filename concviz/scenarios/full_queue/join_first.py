"""The child cannot end before its result has gone through the pipe, and main reads only after the child has ended."""

import multiprocessing


def work(results):
    print("the result is put", flush=True)
    results.put("x" * 1_000_000)


if __name__ == "__main__":
    results = multiprocessing.Queue()
    child = multiprocessing.Process(target=work, args=(results,), name="child")
    child.start()

    child.join()
    result = results.get()
    print(f"the result has {len(result)} characters")
