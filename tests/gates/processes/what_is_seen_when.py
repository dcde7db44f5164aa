"""What one process sees of another depends on when it looks: at an event, a queue, a pipe, and whether it lives."""

import multiprocessing as mp


def child(ev, q, c):
    q.put(1)
    ev.set()
    c.send("x")


def main():
    ev, q = mp.Event(), mp.Queue()
    a, b = mp.Pipe()
    p = mp.Process(target=child, args=(ev, q, b))
    p.start()
    b.close()
    out = [ev.is_set(), q.empty(), a.poll(), p.is_alive()]
    try:
        a.recv()
        a.recv()
    except EOFError:
        out.append("eof")
    out.append(p.is_alive())
    q.get()
    p.join()
    return out


if __name__ == "__main__":
    main()
