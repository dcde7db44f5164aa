"""`concviz completion SHELL`: a script that lets the shell complete verbs, options, scenarios and files.

Made from the parsers themselves, so that it cannot know less or more than they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.verbs import VERBS, terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

SUMMARY = "complete words in bash, zsh or fish"

EXAMPLES = """\
examples:
  eval "$(concviz completion bash)"                               for this shell
  concviz completion bash >> ~/.bash_completion                   for every bash
  concviz completion zsh > "${fpath[1]}/_concviz"                 for every zsh
  concviz completion fish > ~/.config/fish/completions/concviz.fish
"""

BASH = """\
_concviz() {
    local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=
    if ((COMP_CWORD == 1)); then
        words='%(verbs)s --version --help'
    else
        case $verb in
%(cases)s
        esac
        COMPREPLY=($(compgen -f -- "$word"))
    fi
    COMPREPLY+=($(compgen -W "$words" -- "$word"))
}
complete -o filenames -F _concviz concviz
"""

ZSH = """\
#compdef concviz
_concviz() {
    if ((CURRENT == 2)); then
        compadd -- %(verbs)s --version --help
        return
    fi
    case $words[2] in
%(cases)s
    esac
    _files
}
if [[ ${funcstack[1]} == _concviz ]]; then _concviz "$@"; else compdef _concviz concviz; fi
"""


def describe(parser: ArgumentParser) -> None:
    """Its words."""
    parser.add_argument("shell", metavar="SHELL", choices=sorted(SHELLS), help="bash, zsh or fish")


def run(options: Namespace) -> int:
    """Do it."""
    terminal.say(SHELLS[options.shell](words()).rstrip("\n"))
    return 0


def words() -> dict[str, list[str]]:
    """Verb -> what can follow it: its options, and the scenarios or shells that it takes."""
    from concviz.scenarios import ORDER

    named = {"run": list(ORDER), "serve": list(ORDER), "completion": sorted(SHELLS)}
    return {verb: [*named.get(verb, []), *_options(verb)] for verb in VERBS}


def _options(verb: str) -> list[str]:
    import argparse
    import importlib

    parser = argparse.ArgumentParser()
    importlib.import_module(f"concviz.verbs.{verb}").describe(parser)
    return [option for action in parser._actions for option in action.option_strings if option.startswith("--")]  # noqa: SLF001


def _bash(words: dict[str, list[str]]) -> str:
    cases = [f"        {verb}) words='{' '.join(found)}' ;;" for verb, found in words.items()]
    return BASH % {"verbs": " ".join(words), "cases": "\n".join(cases)}


def _zsh(words: dict[str, list[str]]) -> str:
    cases = [f"        {verb}) compadd -- {' '.join(found)} ;;" for verb, found in words.items()]
    return ZSH % {"verbs": " ".join(words), "cases": "\n".join(cases)}


def _fish(words: dict[str, list[str]]) -> str:
    first = "complete -c concviz -n __fish_use_subcommand"
    lines = [f"{first} -f -a '{' '.join(words)}'", f"{first} -l version", f"{first} -l help"]
    for verb, found in words.items():
        then = f"complete -c concviz -n '__fish_seen_subcommand_from {verb}'"
        lines += [f"{then} -l {word[2:]}" if word.startswith("--") else f"{then} -a {word}" for word in found]
    return "\n".join(lines)


SHELLS: dict[str, Callable[[dict[str, list[str]]], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""Shell -> what makes its script."""
