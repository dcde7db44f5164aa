"""Two processes write into a dictionary that a manager's process has."""

import multiprocessing


def write(notes, key):
    notes[key] = True


def main():
    with multiprocessing.Manager() as manager:
        notes = manager.dict()
        processes = [multiprocessing.Process(target=write, args=(notes, key)) for key in "ab"]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        assert dict(notes) == {"a": True, "b": True}


if __name__ == "__main__":
    main()
