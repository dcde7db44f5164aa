"""A program that gevent patches."""

from gevent import monkey

monkey.patch_all()
print("patched")
