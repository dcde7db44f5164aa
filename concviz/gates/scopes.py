"""Which variables of a module are shared and change: `global` ones and those that an inner function rebinds."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """All below a scope's node, but what lies in inner functions and classes; those themselves are among them."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _FUNCTIONS | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


class Scope:
    """What one function, or the module, does with names."""

    def __init__(self, node: ast.AST) -> None:
        self.name = getattr(node, "name", "<lambda>")
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.bound: set[str] = set()
        self.rebound: set[str] = set()
        """Names of its own that functions inside it rebind."""
        for one in own_nodes(node):
            if isinstance(one, ast.Global):
                self.globals.update(one.names)
            elif isinstance(one, ast.Nonlocal):
                self.nonlocals.update(one.names)
            elif isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load):
                self.bound.add(one.id)
            elif isinstance(one, ast.arg):
                self.bound.add(one.arg)
            elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.bound.add(one.name)
        self.bound -= self.globals | self.nonlocals


class Scopes:
    """Owns what is known of a module's names."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._of: dict[ast.AST, Scope] = {}
        self._globals: set[str] = set()
        self._learn(tree, [])

    def _learn(self, node: ast.AST, around: list[Scope]) -> None:
        if isinstance(node, _FUNCTIONS):
            scope = self._of[node] = Scope(node)
            self._globals |= scope.globals
            for name in scope.nonlocals:
                owner = next((one for one in reversed(around) if name in one.bound), None)
                if owner is not None:
                    owner.rebound.add(name)
            around = [*around, scope]
        for child in ast.iter_child_nodes(node):
            self._learn(child, around)

    def shared(self, name: str, inside: Sequence[ast.AST]) -> str:
        """What a shared variable is called, seen from inside these nodes; "" for one that is not shared, or never changes."""
        for node in reversed(inside):
            scope = self._of.get(node)
            if scope is None or name in scope.nonlocals:
                continue
            if name in scope.globals:
                return name
            if name in scope.bound:
                return f"{scope.name}.{name}" if name in scope.rebound else ""
        return name if name in self._globals else ""
