"""Two tasks read, await, and write."""

import asyncio


class Account:
    def __init__(self):
        self.balance = 0


async def pay_in(account):
    balance = account.balance
    await asyncio.sleep(0)
    account.balance = balance + 1


async def both():
    account = Account()
    await asyncio.gather(pay_in(account), pay_in(account))
    assert account.balance == 2, f"{account.balance} of 2"


def main():
    asyncio.run(both())


if __name__ == "__main__":
    main()
