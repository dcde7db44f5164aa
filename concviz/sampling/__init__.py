"""Looks from outside at the watched processes: who holds the GIL, who is on a core. Within a budget; standard library only."""
