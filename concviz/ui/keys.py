"""Every key: what it does, in words, and where. Bindings, footer, help screen and command palette are made from it."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import dataclass, replace

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the keys for it."""

    id: str
    """Unlike any other; what a person's own key map would name."""
    keys: str
    """As Textual names them, with commas between."""
    action: str
    """The action of the screen, with its arguments."""
    shown: str
    """The keys as people know them."""
    words: str
    """A sentence without its subject: "pause"."""
    bar_keys: str = ""
    """The keys as the bottom line shows them; one entry may stand for several actions ("←→"). Empty: not there."""
    bar_words: str = ""
    """What the bottom line says."""
    rank: int = 5
    """0 stays on the bottom line of the smallest terminal, 9 is the first to go."""


HOME = (
    Key("home.run", "enter", "start", "enter", "run the chosen scenario", "enter", "run", 0),
    Key("home.control", "c", "control", "c", "be the scheduler: choose, step by step, which worker goes next", "c", "control", 3),
    Key("home.predict", "g", "predict", "g", "guess first what will happen, then run", "g", "guess first", 2),
    Key("home.parameters", "p", "parameters", "p", "change its parameters (workers, size of the work)", "p", "parameters", 2),
    Key("home.find", "slash", "find", "/", "find a scenario by a word of it", "/", "find", 4),
    Key("home.open", "o", "open", "o", "run a script or a scenario folder of your own", "o", "open your own", 3),
    Key("home.present", "b", "present", "b", "present it: big, few words; page down and page up lead on and back", "b", "present", 7),
    Key("home.theme", "t", "app.toggle_theme", "t", "dark or light", "t", "theme", 7),
    Key("home.keys", "question_mark", "app.keys", "?", "all keys, and what the colours mean", "?", "all keys", 0),
    Key("home.quit", "q", "app.leave", "q", "quit", "q", "quit", 0),
)
"""The keys of the first screen."""

PLAYBACK = (
    Key("run.pause", "space", "move('pause')", "space", "pause", "space", "pause", 0),
    Key("run.play", "space", "move('play')", "space", "play on", "space", "play", 0),
    Key("run.replay", "space", "move('replay')", "space", "play it again, so slowly that it can be watched", "space", "replay", 0),
    Key("run.back", "left", "move('step', -1)", "←", "one event back, in any pane", "←→", "step", 1),
    Key("run.forward", "right", "move('step', 1)", "→", "one event forward, in any pane"),
    Key("run.worker_back", "comma", "move('step_worker', -1)", ",", "the focused worker's previous event", ", .", "worker's step", 4),
    Key("run.worker_forward", "full_stop", "move('step_worker', 1)", ".", "the focused worker's next event"),
    Key("run.start", "home", "move('start')", "home", "to the start", "", "", 9),
    Key("run.end", "end", "move('end')", "end", "to the end"),
    Key("run.finding_next", "n", "move('finding', 1)", "n", "the next finding: its instant and its worker", "n", "finding", 1),
    Key("run.finding_previous", "N", "move('finding', -1)", "N", "the finding before"),
    Key("run.slower", "left_square_bracket", "move('gear', -1)", "[", "slower, down to a thousandth", "[ ]", "speed", 3),
    Key("run.faster", "right_square_bracket", "move('gear', 1)", "]", "faster, up to ten times"),
    Key("run.follow", "f", "move('follow')", "f", "follow what is live", "f", "live", 2),
)
"""Moving through time. The three of the space bar: the one that fits the moment is heard."""

VIEW = (
    Key("run.zoom_in", "plus,equals_sign", "move('zoom', 1)", "+", "look closer; the wheel does too", "+-", "zoom", 1),
    Key("run.zoom_out", "minus", "move('zoom', -1)", "-", "look from further away"),
    Key("run.fit", "0", "move('fit')", "0", "fit everything in; again: fit the focused pane", "0", "fit", 4),
    Key("run.pan_left", "shift+left", "move('pan', -1)", "shift ←", "earlier, without moving in time", "", "", 9),
    Key("run.pan_right", "shift+right", "move('pan', 1)", "shift →", "later, without moving in time"),
    Key("run.pane_next", "tab", "move('pane', 1)", "tab", "the next pane", "tab", "pane", 3),
    Key("run.pane_previous", "shift+tab", "move('pane', -1)", "shift tab", "the pane before"),
    Key("run.lane_up", "up", "move('lane', -1)", "↑", "the worker above", "↑↓", "worker", 5),
    Key("run.lane_down", "down", "move('lane', 1)", "↓", "the worker below"),
    Key("run.waits", "w", "move('waits')", "w", "who waits for whom, in the place of the source, or the source again", "w", "waits", 4),
    Key("run.family", "m", "move('family')", "m", "who made whom, and whom each awaits, in the place of the source", "m", "tree", 5),
    Key("run.narrow", "l", "move('narrow')", "l", "other lanes: my code alone, who held this one up, no idle pools, all", "l", "lanes", 6),
    Key("run.find", "slash", "find", "/", "only the lanes whose names have a word in them", "/", "find", 7),
    Key("run.maximise", "z", "move('maximise')", "z", "the focused pane alone, on its own time scale, or all", "z", "one pane", 2),
)
"""What is looked at, and how closely."""

STAGE = (
    Key("run.again", "r", "again", "r", "run again", "r", "run again", 2),
    Key("run.end_program", "e", "end_program", "e", "end the focused pane's program; let go of one that ran before", "e", "end program", 2),
    Key("run.control", "c", "control", "c", "be the scheduler of the focused pane's program, from its start", "c", "control", 4),
    Key("run.order", "i", "order", "i", "run again, the panes in turn (fair on few cores) or together", "i", "in turn", 6),
    Key("run.parameters", "p", "parameters", "p", "change the parameters and run again", "p", "parameters", 5),
    Key("run.save", "s", "save", "s", "save the recording", "s", "save", 3),
    Key("run.theme", "t", "app.toggle_theme", "t", "dark or light", "", "", 8),
    Key("run.home", "escape", "back", "esc", "end the programs and go back to the scenarios", "esc", "back", 1),
    Key("run.keys", "question_mark", "app.keys", "?", "all keys, and what the colours mean", "?", "all keys", 0),
    Key("run.quit", "q", "app.leave", "q", "quit, at once", "q", "quit", 0),
)
"""The programs themselves, and where to go from here."""

LESSON = (
    Key("run.lesson", "a", "lesson('turn')", "a", "the question with its measured answer, then what to take away", "a", "answer", 2),
    Key("run.lesson_place", "j", "lesson('place')", "j", "the next place on the timeline that shows the answer", "j", "where", 2),
    Key("run.difference", "d", "lesson('difference')", "d", "this run beside the last one", "d", "difference", 5),
    Key("run.predict", "g", "predict", "g", "predict, then run again", "", "", 8),
    Key("run.present", "b", "present", "b", "big and with few words, for those who sit far away, or all again"),
    Key("run.slide_next", "pagedown", "slide(1)", "page ↓", "while presenting: the answer, what to take away, the next scenario"),
    Key("run.slide_previous", "pageup", "slide(-1)", "page ↑", "while presenting: back"),
)
"""What the lesson asks, answers and compares."""

SLIDE = (
    Key("slide.next", "pagedown,space,enter,right", "slide(1)", "page ↓", "run it", "page ↓", "run it", 0),
    Key("slide.previous", "pageup,left", "slide(-1)", "page ↑", "the scenario before", "page ↑", "the one before", 1),
    Key("slide.theme", "t", "app.toggle_theme", "t", "dark or light", "t", "theme", 7),
    Key("slide.leave", "escape,b", "leave", "esc", "back to the scenarios", "esc", "back", 0),
    Key("slide.quit", "q", "app.leave", "q", "quit", "q", "quit", 0),
)
"""The keys of a scenario's first page, while presenting."""

KEEPING = (
    Key("keep.film", "R", "app.film", "R", "film the screen from now on, and its keys as a tape; once more: no longer", "R", "film", 6),
    Key("keep.picture", "x", "app.picture", "x", "a picture of the screen, as SVG and PNG", "x", "picture", 7),
    Key("keep.copy", "Y", "app.copy_kept", "Y", "copy where the last picture or film is"),
)
"""What is kept of the screen: on every screen."""

RUN = PLAYBACK + VIEW + LESSON + STAGE + KEEPING
"""The keys of the run screen."""

ATTACHED = tuple(replace(key, bar_words="let go") if key.action == "end_program" else key for key in RUN)
"""Likewise, where a process is shown that ran already: it is let go where a program would be ended."""

OF_PROGRAMS = frozenset({"again", "control", "order", "parameters", "predict"})
"""Actions of the run screen that want programs that can be run again: a recording has none."""

MANY_NUMBERS = 9
"""Workers that have a key of their own."""

CONTROL = (
    Key("control.number", "1", "grant(1)", "1 … 9", "let the worker of that number go one step; a click on it does, too", "1-9", "step", 0),
    *(Key(f"control.number_{n}", str(n), f"grant({n})", str(n), f"let worker {n} go one step") for n in range(2, MANY_NUMBERS + 1)),
    Key("control.enter", "enter", "grant_cursor", "enter", "let the worker at the cursor go one step", "enter", "step ▸", 3),
    Key("control.up", "up", "move_cursor(-1)", "↑", "the worker before", "↑↓", "worker", 6),
    Key("control.down", "down", "move_cursor(1)", "↓", "the worker after it"),
    Key("control.undo", "left,backspace", "undo", "←", "one step back, by running it again up to there", "←", "undo", 0),
    Key("control.start", "home", "start", "home", "back to the start", "home", "start", 6),
    Key("control.next", "c", "to_next", "c", "go on without a switch to the next choice that matters", "c", "next choice", 1),
    Key("control.chance", "a", "chance", "a", "let chance go on", "a", "chance", 2),
    Key("control.pause", "a,space", "pause", "a", "choose again yourself", "a", "stop", 1),
    Key(
        "control.memory",
        "m",
        "memory",
        "m",
        "reads and writes as steps too, or not, from the start",
        "m",
        "memory",
        5,
    ),
    Key("control.hint", "h", "hint", "h", "a hint; once more: the shortest known solution", "h", "hint", 2),
    Key("control.copy", "y", "copy", "y", "copy the schedule so far, as a token", "y", "copy", 4),
    Key("control.explore", "e", "explore", "e", "let concviz search this program's interleavings for one that fails", "e", "explore", 3),
    Key("control.program", "tab", "program(1)", "tab", "the next challenge or program", "tab", "next program", 3),
    Key("control.program_previous", "shift+tab", "program(-1)", "shift tab", "the one before"),
    Key("control.theme", "t", "app.toggle_theme", "t", "dark or light", "", "", 8),
    Key("control.keys", "question_mark", "app.keys", "?", "all keys, and what the colours mean", "?", "all keys", 0),
    Key("control.leave", "q,escape", "leave", "q", "leave control mode", "q", "leave", 0),
)
"""The keys of the control screen, where a person is the scheduler. The two of `a`: the one that fits the moment is heard."""

EXPLORE = (
    Key("explore.step", "enter", "step", "enter", "step through the outcome at the cursor", "enter", "step through it", 0),
    Key("explore.outcome_up", "up", "outcome(-1)", "↑", "the outcome above", "↑↓", "outcome", 1),
    Key("explore.outcome_down", "down", "outcome(1)", "↓", "the outcome below"),
    Key("explore.down", "pagedown,space", "scroll(8)", "page ↓", "the report, further down", "page ↓↑", "report", 2),
    Key("explore.up", "pageup", "scroll(-8)", "page ↑", "the report, further up"),
    Key("explore.copy", "y", "copy", "y", "copy the outcome's token", "y", "copy token", 3),
    Key("explore.theme", "t", "app.toggle_theme", "t", "dark or light", "", "", 8),
    Key("explore.leave", "escape,q", "leave", "esc", "back to the program; a search that goes on ends", "esc", "back", 0),
)
"""The keys of the screen of an exploration."""

GROUPS = (
    ("Choosing", HOME),
    ("Through time", PLAYBACK),
    ("Looking", VIEW),
    ("Running", STAGE),
    ("The lesson", LESSON),
    ("Keeping the screen", KEEPING),
)
"""All keys but the scheduler's, as the help screen has them."""

SCHEDULER = ("Being the scheduler", tuple(key for key in CONTROL if not key.id.startswith("control.number_")))
"""Theirs; one number stands for all."""


TABLES = {"HomeScreen": HOME, "RunScreen": RUN, "ControlScreen": CONTROL, "SlideScreen": SLIDE, "ExploreScreen": EXPLORE}
"""Screen -> its keys, for whoever lists what can be done there."""


def action_of(key: Key) -> tuple[str, tuple[object, ...]]:
    """A key's action as Textual hands it to `check_action`: its name and its arguments."""
    name, _, rest = key.action.partition("(")
    return name, literal_eval(f"({rest[:-1]},)") if rest else ()


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """What Textual must know of them. Several keys for one action become several bindings, as it wants them."""
    return [
        Binding(one, key.action, key.words, key_display=key.shown, tooltip=key.words, id=key.id if first else f"{key.id}.also")
        for key in keys
        for first, one in ((place == 0, name) for place, name in enumerate(key.keys.split(",")))
    ]
