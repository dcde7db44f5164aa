"""What the shells are told."""

from __future__ import annotations

import subprocess

import pytest

from concviz.cli import main
from concviz.scenarios import ORDER
from concviz.verbs import VERBS

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_verb_scenario_and_option(shell: str, capsys: Output) -> None:
    assert main(["completion", shell]) == 0

    out = capsys.readouterr().out
    dashes = "-l " if shell == "fish" else "--"
    assert [word for word in [*VERBS, *ORDER, f"{dashes}plain", f"{dashes}no-lines"] if word not in out] == []


def test_completion_completes_in_bash(capsys: Output) -> None:
    main(["completion", "bash"])
    asked = 'COMP_WORDS=(concviz run three); COMP_CWORD=2; _concviz; echo "${COMPREPLY[@]}"'

    ran = subprocess.run(["bash", "-c", capsys.readouterr().out + asked], capture_output=True, text=True, check=True)

    assert ran.stdout == "three_models\n"
