"""pytest: a test marked `concviz_explore` is run under many schedules of the threads and tasks that it starts.

    @pytest.mark.concviz_explore(schedules=500)
    def test_transfer(): ...

The mark takes what `concviz.explore` takes by name. A failure's report ends with a token: `pytest --concviz-replay TOKEN -k test_transfer`
runs that schedule alone. The fixture `concviz_explore` is `concviz.explore` with the options of the command line. Nothing is loaded,
and no test is touched, where neither is used. The fixtures of a marked test are made once, not once a schedule: what must be fresh in
each run belongs into the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MARK = "concviz_explore"

WORDS = f"{MARK}(**how): run the test under many schedules of its threads and tasks; takes what concviz.explore takes by name"

_BARE = pytest.StashKey["Callable[..., Any]"]()
"""The test function as it was written, before other plugins wrap it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options."""
    group = parser.getgroup("concviz", "concviz: schedules of threads and tasks")
    group.addoption("--concviz-replay", metavar="TOKEN", default="", help="run marked tests under this schedule alone")
    group.addoption(
        "--concviz-schedules", metavar="N", type=int, default=None, help="schedules of each marked test, whatever its mark says"
    )
    group.addoption("--concviz-seed", metavar="N", type=int, default=None, help="the seed of chance in marked tests")


def pytest_configure(config: pytest.Config) -> None:
    """The mark is known, also where marks are strict."""
    config.addinivalue_line("markers", WORDS)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep the function of a marked test as it is now: pytest-asyncio will hand out another one in its place."""
    if isinstance(item, pytest.Function) and item.get_closest_marker(MARK) is not None:
        item.stash[_BARE] = item.obj


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Explore a marked test in place of calling it."""
    mark = pyfuncitem.get_closest_marker(MARK)
    if mark is None:
        return None
    wanted = tuple(pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames)  # noqa: SLF001 - as pytest's own
    bare = pyfuncitem.stash.get(_BARE, pyfuncitem.obj)
    _explore(pyfuncitem, bare, wanted, mark.kwargs)
    return True


@pytest.fixture
def concviz_explore(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`concviz.explore` with the options of the command line."""
    from concviz.testing import explore

    def with_options(func: Callable[..., Any], **how: Any) -> Any:
        __tracebackhide__ = True
        return explore(func, **(how | _options(request.config)))

    return with_options


def _explore(item: pytest.Function, bare: Callable[..., Any], arguments: tuple[Any, ...], how: Mapping[str, Any]) -> None:
    from concviz.errors import ConcvizError
    from concviz.testing import InterleavingError, explore

    try:
        explore(bare, args=arguments, **{**how, **_options(item.config)})
    except InterleavingError as error:
        pytest.fail(f"{error}\nor: pytest --concviz-replay TOKEN {item.nodeid!r}", pytrace=False)
    except (ConcvizError, TypeError) as error:
        pytest.fail(f"{MARK}: {error}", pytrace=False)


def _options(config: pytest.Config) -> dict[str, Any]:
    """What the command line says, by the names that `explore` has for it."""
    given = {name: config.getoption(f"concviz_{name}") for name in ("replay", "schedules", "seed")}
    return {name: value for name, value in given.items() if value not in {None, ""}}
