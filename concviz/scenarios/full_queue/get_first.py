"""Main first takes the result out of the queue, then it waits for the child."""

import multiprocessing


def work(results):
    print("the result is put", flush=True)
    results.put("x" * 1_000_000)


if __name__ == "__main__":
    results = multiprocessing.Queue()
    child = multiprocessing.Process(target=work, args=(results,), name="child")
    child.start()

    result = results.get()
    child.join()
    print(f"the result has {len(result)} characters")
