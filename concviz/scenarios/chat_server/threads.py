"""A chat server with a thread for each guest: whatever one of them says is sent to all."""

import socket
import threading
import time

GUESTS = ("Anna", "Ben", "Carl")

writers = []
door = threading.Lock()
complete = threading.Barrier(len(GUESTS))


def serve(connection):
    with connection, connection.makefile("r") as reader:
        with door:
            writers.append(connection)
        complete.wait()  # nobody speaks before all are there
        for line in reader:
            with door:
                for writer in writers:
                    writer.sendall(line.encode())


def chat(name, address):
    with socket.create_connection(address) as connection, connection.makefile("r") as reader:
        time.sleep(0.2)
        connection.sendall(f"{name}: hello\n".encode())
        heard = [next(reader) for _ in GUESTS]
        print(f"{name} has heard {len(heard)} greetings")


with socket.create_server(("127.0.0.1", 0)) as server:
    guests = [threading.Thread(target=chat, args=(name, server.getsockname()), name=name) for name in GUESTS]
    for guest in guests:
        guest.start()
    for number in range(len(GUESTS)):
        connection, _ = server.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # send each line at once
        threading.Thread(target=serve, args=(connection,), name=f"serves {number}").start()
    for guest in guests:
        guest.join()
