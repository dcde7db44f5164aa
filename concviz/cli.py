"""The command line: which verb, and what is printed when something cannot be done."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from typing import TYPE_CHECKING, NoReturn

from concviz import __version__
from concviz.errors import ConcvizError, UsageError
from concviz.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

HOME = "screen"
"""The file of what is done when no verb is named."""

SUMMARY = "Shows threads, processes and asyncio tasks side by side, live, from real workers."

EXAMPLES = """\
examples:
  concviz                          choose a scenario and watch it
  concviz run three_models         watch this one
  concviz run my.py                watch a script of your own
  concviz run primes --plain       as text, without a screen
  concviz replay primes.cvz        open a recording
  concviz doctor                   what this machine can measure

`concviz VERB --help` tells more of each.
"""

BROKEN_PIPE, INTERRUPTED, OUR_FAULT = 141, 130, 70
"""Exit codes: nobody reads what we print any more; Ctrl-C; a mistake of concviz itself."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong as an error of ours."""

    def error(self, message: str) -> NoReturn:
        """UsageError, which `main` prints."""
        raise UsageError(plainly(message), f"see `{self.prog} --help`")


PLAINLY = (
    (re.compile(r"argument (.+): invalid (.+) value: '(.*)'", re.DOTALL), r"\1 \3: that is no \2"),
    (re.compile(r"argument (.+): invalid choice: '(.*)' \(choose from (.+)\)", re.DOTALL), r"\1 \2: it is none of \3"),
    (re.compile(r"argument (.+): expected (?:one|at least one) argument"), r"\1 needs a value behind it"),
    (re.compile(r"argument (.+): not allowed with argument (.+)"), r"\1 and \2 do not go together"),
    (re.compile(r"argument (.+): ignored explicit argument '(.*)'"), r"\1 takes no value, but was given \2"),
    (re.compile(r"the following arguments are required: (.+)"), r"\1 is missing"),
)
"""What argparse says -> what we say; a message of another form stays as it is."""


def plainly(message: str) -> str:
    """A complaint of argparse in our words."""
    return next((ours for form, words in PLAINLY if (ours := form.sub(words, message)) != message), message)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; gives the exit code. Errors of a person are one line on standard error."""
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except ConcvizError as error:
        return _complain(str(error), error.exit_code)
    except BrokenPipeError:
        # What is still in the buffer would break again when the interpreter closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("CONCVIZ_TRACEBACK"):
            raise
        words = f"a mistake of concviz itself: {type(error).__name__}: {error}"
        return _complain(f"{words} (CONCVIZ_TRACEBACK=1 shows where)", OUR_FAULT)
    return code


def parser() -> Parser:
    """The whole command line, every verb with its words."""
    whole = _new("concviz", SUMMARY, EXAMPLES)
    whole.add_argument("--version", action="version", version=f"concviz {__version__}")
    verbs = whole.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser, title="verbs")
    for verb in VERBS:
        module = _module(verb)
        summary = str(module.SUMMARY)
        one = verbs.add_parser(
            verb,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.describe(one)
    return whole


def _run(argv: list[str]) -> int:
    options = _served(argv) if argv[:1] == ["serve"] else _understood(argv)
    code: int = _module(options.verb or HOME).run(options)
    return code


def _served(argv: list[str]) -> argparse.Namespace:
    """What `serve` is asked for: its own options, and behind them what each visitor's app is."""
    own = {option: action for action in _actions("serve") for option in action.option_strings}
    at = 1
    while at < len(argv) and (action := own.get(argv[at].partition("=")[0])):
        at += 1 if action.nargs == 0 or "=" in argv[at] else 2
    left = argv[at:]
    if (
        left
        and left[0].startswith("--")
        and left[0].partition("=")[0] not in {word for one in _actions("run") for word in one.option_strings}
    ):
        raise _too_much(left[0], "serve")
    options = _understood(argv[:at])
    options.words = [("replay" if left[0].endswith(".cvz") else "run"), *left] if left else []
    options.asked = _understood(options.words) if left else None
    return options


def _understood(argv: list[str]) -> argparse.Namespace:
    words, own = _split(argv)
    _check_verb(words)
    options, left = parser().parse_known_args(words)
    if options.verb == "run":
        options.args += [word for word in left if not word.startswith("-")]
        left = [word for word in left if word.startswith("-")]
        options.args += own
    elif own:
        left += own
    if left:
        raise _too_much(left[0], options.verb)
    return options


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our words, and the program's: those after `--`; without it, all from the first word behind a script that is no option of ours."""
    if "--" in argv:
        at = argv.index("--")
        return argv[:at], argv[at + 1 :]
    at = _programs_words(argv) if argv[:1] == ["run"] else len(argv)
    return argv[:at], argv[at:]


def _programs_words(argv: list[str]) -> int:
    """Where they begin."""
    options = {option: action for action in _actions("run") for option in action.option_strings}
    at, target = 1, ""
    while at < len(argv):
        action = options.get(argv[at].partition("=")[0])
        if action is not None and action.dest == "module":
            return at + 2
        if action is not None:
            at += 1 if action.nargs == 0 or "=" in argv[at] else 2
        elif not target and not argv[at].startswith("-"):
            target = argv[at]
            at += 1
        elif os.path.isfile(target):  # noqa: PTH113 - pathlib would have to be loaded for it
            return at
        else:
            at += 1
    return len(argv)


def _check_verb(words: list[str]) -> None:
    """UsageError for a first word that is no verb."""
    if not words or words[0].startswith("-") or words[0] in VERBS:
        return
    from concviz.scenarios import ORDER
    from concviz.scenarios.fields import meant

    if words[0] in ORDER or os.path.exists(words[0]):  # noqa: PTH110 - pathlib would have to be loaded for it
        raise UsageError(f"{words[0]!r} is not a verb", f"did you mean `concviz run {words[0]}`?")
    raise UsageError(f"{words[0]!r} is not a verb", meant(words[0], VERBS))


def _too_much(word: str, verb: str | None) -> UsageError:
    if not word.startswith("-"):
        return UsageError(f"{word!r} is one word too many", f"see `concviz {verb or ''} --help`".replace("  ", " "))
    from difflib import get_close_matches

    flag = word.partition("=")[0]
    known = [option for action in _actions(verb) for option in action.option_strings if option.startswith("--")]
    near = get_close_matches(flag, known, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else f"see `concviz {verb} --help`" if verb else "see `concviz --help`"
    if verb == "run" and not near:
        hint += "; a program's own options go after --"
    return UsageError(f"there is no option {flag}", hint)


def _actions(verb: str | None) -> list[argparse.Action]:
    """All that a verb's parser knows; None: what `concviz` itself does."""
    whole = _new("concviz", "", "")
    whole.add_argument("--version", action="store_true")
    if verb:
        _module(verb).describe(whole)
    return whole._actions  # noqa: SLF001 - argparse tells nobody otherwise


def _new(name: str, summary: str, examples: str) -> Parser:
    shape = argparse.RawDescriptionHelpFormatter
    return Parser(prog=name, description=summary, epilog=examples, formatter_class=shape, allow_abbrev=False)


def _module(verb: str) -> ModuleType:
    return importlib.import_module(f"concviz.verbs.{verb}")


def _complain(words: str, code: int) -> int:
    """One line, whatever is in it."""
    sys.stderr.write(f"concviz: {' '.join(words.split())}\n")
    return code
