"""`concviz serve`: the screen in a page, for a browser of this machine or of others."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from concviz.errors import TargetError, UsageError
from concviz.verbs import judging, numbers, terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.serving.guard import Guard
    from concviz.serving.sockets import Listening

SUMMARY = "the screen in a page, for browsers"

EXAMPLES = """\
examples:
  concviz serve                              the scenarios, for a browser on this machine
  concviz serve three_models                 what follows is what would follow `concviz run`
  concviz serve --port 9000 my.py --fast 10  serve's own options stand before it
  concviz serve primes.cvz                   a recording
  concviz serve --host 0.0.0.0               for other machines too: the address then holds a token
  concviz serve --sessions 30                for a class

Each visitor has an app of their own, with programs of their own, which end when they leave. Whoever has the address can start
programs as you: the token is a key. It goes through the network as it is, since there is no encryption; over networks that you do
not trust, tunnel it: ssh -L 8000:localhost:8000. On this machine alone no token is asked for, but its other users can reach the
port: --token asks for one there too. Pictures, films and recordings go to the visitor's browser as downloads; Ctrl-C ends all.

Needs textual-serve (pip install 'concviz[serve]'). exit code: 0 when it was ended by Ctrl-C, 2 when what was asked for cannot be done.
"""

HOST, PORT, SESSIONS = "127.0.0.1", 8000, 8


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("--host", metavar="HOST", default=HOST, help=f"where to listen; 0.0.0.0: at all addresses (default: {HOST})")
    port = numbers.whole(0, 65535, "port: a whole number from 0 to 65535")
    parser.add_argument("--port", metavar="PORT", type=port, default=PORT, help=f"0: any that is free (default: {PORT})")
    sessions = numbers.whole(1, 1000, "whole number from 1 to 1000")
    most = f"so many visitors at a time; others are told so (default: {SESSIONS})"
    parser.add_argument("--sessions", metavar="N", type=sessions, default=SESSIONS, help=most)
    parser.add_argument("--token", action="store_true", help="ask for one on this machine too")
    parser.add_argument(
        "words", metavar="RUN_ARGUMENTS", nargs="*", help="as behind `concviz run`, or a recording (default: the scenarios)"
    )


def run(options: Namespace) -> int:
    """Do it. `words` is what the apps are to be given, a verb first; `asked` the same, understood."""
    from concviz.serving import files
    from concviz.serving.offer import GUESTS, Offer
    from concviz.serving.running import run as serve
    from concviz.serving.sockets import bound

    files.found()
    _check(options.asked)
    listening = bound(options.host, options.port)
    try:
        guard = _guard(listening, asked=options.token)
        offer = Offer(options.words, options.sessions, () if listening.near else GUESTS)
        serve(listening, guard, offer, partial(_say_address, listening, guard), _complain)
    finally:
        listening.close()
    return 0


def _check(asked: Namespace | None) -> None:
    """What no visitor could be shown is told before anybody comes."""
    if asked is None:
        return
    if asked.plain or asked.json:
        raise UsageError("a page shows the screen, not text or data", f"leave --{'plain' if asked.plain else 'json'} away")
    if asked.verb == "replay":
        _check_recording(asked)
        return
    from concviz.verbs.run import conditions, found, module, narrowed, refuse_without_text, wanted

    refuse_without_text(asked)
    judging.refuse_without_text(asked)
    scenario = narrowed(found(asked.target) if asked.module is None else module(asked.module), asked.only)
    scenario.values(wanted(scenario, asked.set))
    conditions(asked)


def _check_recording(asked: Namespace) -> None:
    """Its head alone: a long one takes its time."""
    from pathlib import Path

    from concviz.recordings.save import head_of

    judging.refuse_without_text(asked)
    try:
        head_of(Path(asked.file))
    except OSError as error:
        raise TargetError(f"{asked.file} cannot be read: {error.strerror}") from None


def _guard(listening: Listening, *, asked: bool) -> Guard:
    from concviz.serving.guard import Guard, new_token

    return Guard(new_token() if asked or not listening.near else "", frozenset({listening.host.lower()}))


def _say_address(listening: Listening, guard: Guard) -> None:
    terminal.say(f"http://{listening.netloc}/{guard.token}{'/' if guard.token else ''}")
    if not listening.near:
        terminal.say("Other machines reach it. Whoever has this address can start programs as you: give it to those you trust.")
    terminal.say("Ctrl-C ends it, and all that visitors run.")
    sys.stdout.flush()


def _complain(words: str) -> None:
    """One line, whatever is in it."""
    sys.stderr.write(f"concviz: {' '.join(words.split())}\n")
