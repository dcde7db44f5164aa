"""A method that has the lock calls another one that wants it: an RLock counts how often its owner has it."""

import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.RLock()

    def pay_in(self, amount):
        with self.lock:
            self.balance += amount

    def pay_in_with_bonus(self, amount):
        with self.lock:
            print("the thread has the lock, and asks for it again", flush=True)
            self.pay_in(amount)
            self.pay_in(1)


account = Account()
customer = threading.Thread(target=account.pay_in_with_bonus, args=(100,), name="customer")
customer.start()
customer.join()

print(f"balance {account.balance}")
