"""The screen in a page: one app process a visitor, on the other side of a websocket.

The page's terminal (xterm.js), its letters and the protocol between app, server and page are textual-serve's (MIT, 1 MB; aiohttp,
Apache-2.0, 8 MB with what it needs, carries it). Its server is not used: it asks another machine for letters, starts a process for
whoever comes from wherever, and leaves one behind when a visitor goes at the wrong moment.
"""
