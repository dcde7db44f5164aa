"""A program's source with each access to an attribute, an item or a shared variable as a call of ours: there it becomes a point.

Rewriting the tree, and not watching the bytecode: the very object and value of each access are at hand, points come after what an
access is made of was worked out and right before it is done, and they are the same in every Python, so a schedule made in one can be
replayed in another. Lines and columns stay as they were. Annotations and patterns are left alone.
"""

from __future__ import annotations

import ast
import sys

from concviz.gates.scopes import Scopes, own_nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OBJECT, ITEM, VALUE = "concviz object", "concviz item", "concviz value"
"""Names of variables in which an `x.y += z` keeps what it works on: none that a program could have."""

ASKS = frozenset({"len", "list", "tuple", "set", "dict", "sorted", "sum", "min", "max", "any", "all"})
"""Built-in functions that look at the whole of their argument."""


def rewritten(source: bytes, path: str) -> ast.Module:
    """The tree, ready to be compiled. SyntaxError for what is no Python."""
    tree = ast.parse(source, path)
    changed = Rewriter(Scopes(tree)).visit(tree)
    return ast.fix_missing_locations(changed)  # type: ignore[no-any-return]


def _call(name: str, at: ast.AST, *args: ast.expr) -> ast.Call:
    made = ast.Call(ast.Name(f"__concviz_{name}__", ast.Load()), list(args), [])
    ast.copy_location(made, at)
    ast.copy_location(made.func, at)
    return made


def _text(words: str, at: ast.AST) -> ast.Constant:
    return ast.copy_location(ast.Constant(words), at)


def _words(node: ast.expr) -> str:
    """What the source calls it: "items", "self.items"; "" for what has no name."""
    if isinstance(node, ast.Name):
        return node.id
    owner = _words(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{owner}.{node.attr}" if owner and isinstance(node, ast.Attribute) else ""


def _whole(node: ast.expr, words: str) -> ast.Call:
    return _call("all", node, node, _text(words, node))


def _name(words: str, at: ast.AST, context: ast.expr_context) -> ast.Name:
    return ast.copy_location(ast.Name(words, context), at)


class Rewriter(ast.NodeTransformer):
    """Goes through one module."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._classes: list[str] = []
        self._inside: list[ast.AST] = []
        self._skipped = {name for name in own_imports(scopes.tree) if name}

    # Scopes

    def _scope(self, node: Any, kind: str) -> Any:
        self._inside.append(node)
        if kind == "class":
            self._classes.append(node.name)
        for field in ("decorator_list", "bases", "keywords", "body"):
            if hasattr(node, field):
                setattr(node, field, self._all(getattr(node, field)))
        if hasattr(node, "args"):
            node.args.defaults = self._all(node.args.defaults)
            node.args.kw_defaults = [None if one is None else self.visit(one) for one in node.args.kw_defaults]
        if kind == "class":
            self._classes.pop()
        self._inside.pop()
        return node

    def _all(self, nodes: Any) -> Any:
        if not isinstance(nodes, list):
            return self.visit(nodes)
        found: list[Any] = []
        for node in nodes:
            made = self.visit(node)
            found += made if isinstance(made, list) else [made]
        return found

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        """As `NodeTransformer` asks for FunctionDef."""
        return self._scope(node, "function")

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        """As `NodeTransformer` asks for AsyncFunctionDef."""
        return self._scope(node, "function")

    def visit_Lambda(self, node: ast.Lambda) -> Any:
        """As `NodeTransformer` asks for Lambda."""
        return self._scope(node, "function")

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        """As `NodeTransformer` asks for ClassDef."""
        return self._scope(node, "class")

    def visit_match_case(self, node: ast.match_case) -> Any:
        """As `NodeTransformer` asks for match_case."""
        node.guard = None if node.guard is None else self.visit(node.guard)
        node.body = self._all(node.body)
        return node

    def _mangled(self, attribute: str) -> str:
        if not self._classes or not attribute.startswith("__") or attribute.endswith("__"):
            return attribute
        return f"_{self._classes[-1].lstrip('_')}{attribute}" if self._classes[-1].strip("_") else attribute

    # Attributes

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        """As `NodeTransformer` asks for Attribute."""
        if isinstance(node.value, ast.Name) and node.value.id in self._skipped:
            return node
        value, name = self.visit(node.value), _text(self._mangled(node.attr), node)
        if isinstance(node.ctx, ast.Load):
            return _call("get", node, value, name)
        return ast.copy_location(ast.Attribute(_call("slot", node, value, name), "value", node.ctx), node)

    def visit_Call(self, node: ast.Call) -> Any:
        """As `NodeTransformer` asks for Call."""
        function, words_of = node.func, [_words(one) for one in node.args]
        node.args = [self.visit(one) for one in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        if isinstance(function, ast.Attribute) and not (isinstance(function.value, ast.Name) and function.value.id in self._skipped):
            name = _text(self._mangled(function.attr), function)
            words = _text(_words(function.value), function)
            node.func = _call("method", function, self.visit(function.value), name, words)
        else:
            if isinstance(function, ast.Name) and function.id in ASKS and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
                node.args = [_whole(node.args[0], words_of[0])]
            node.func = self.visit(function)
        return node

    # Items

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        """As `NodeTransformer` asks for Subscript."""
        words = _text(_words(node.value), node)
        index = self._index(node.slice)
        node.value = self.visit(node.value)
        if index is None:
            return node
        if isinstance(node.ctx, ast.Load):
            return _call("item", node, node.value, index, words)
        return ast.copy_location(ast.Attribute(_call("place", node, node.value, index, words), "value", node.ctx), node)

    def _index(self, index: ast.expr) -> ast.expr | None:
        if isinstance(index, ast.Slice):
            ends = [ast.Constant(None) if end is None else self.visit(end) for end in (index.lower, index.upper, index.step)]
            return _call("slice", index, *ends)
        if isinstance(index, ast.Tuple) and any(isinstance(one, ast.Slice | ast.Starred) for one in index.elts):
            return None
        return self.visit(index)  # type: ignore[no-any-return]

    def visit_Compare(self, node: ast.Compare) -> Any:
        """As `NodeTransformer` asks for Compare."""
        words = _words(node.comparators[0])
        self.generic_visit(node)
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.In | ast.NotIn):
            return node
        found = _call("in", node, node.left, node.comparators[0], _text(words, node))
        return found if isinstance(node.ops[0], ast.In) else ast.copy_location(ast.UnaryOp(ast.Not(), found), node)

    def visit_For(self, node: ast.For) -> Any:
        """As `NodeTransformer` asks for For."""
        words = _words(node.iter)
        self.generic_visit(node)
        node.iter = _whole(node.iter, words)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        """As `NodeTransformer` asks for UnaryOp."""
        words = _words(node.operand)
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            node.operand = _whole(node.operand, words)
        return node

    def _tested(self, node: Any) -> Any:
        words = _words(node.test)
        self.generic_visit(node)
        if not isinstance(node.test, ast.UnaryOp | ast.Compare | ast.BoolOp):
            node.test = _whole(node.test, words)
        return node

    def visit_If(self, node: ast.If) -> Any:
        """As `NodeTransformer` asks for If."""
        return self._tested(node)

    def visit_While(self, node: ast.While) -> Any:
        """As `NodeTransformer` asks for While."""
        return self._tested(node)

    # Variables

    def visit_Name(self, node: ast.Name) -> Any:
        """As `NodeTransformer` asks for Name."""
        key = self._scopes.shared(node.id, self._inside)
        if not key or not isinstance(node.ctx, ast.Load):
            return node
        return _call("name", node, _call("at", node, _text(key, node)), node)

    def _put(self, name: ast.Name, value: ast.expr) -> ast.expr:
        key = self._scopes.shared(name.id, self._inside)
        return _call("put", name, value, _text(key, name)) if key else value

    # Statements

    def visit_Assign(self, node: ast.Assign) -> Any:
        """As `NodeTransformer` asks for Assign."""
        node.value = self.visit(node.value)
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Name):
            node.value = self._put(target, node.value)
            return node
        stored = self._stored(target, node.value) if len(node.targets) == 1 else None
        if stored is not None:
            return ast.copy_location(ast.Expr(stored), node)
        node.targets = [self.visit(one) for one in node.targets]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        """As `NodeTransformer` asks for AnnAssign."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def _stored(self, target: ast.expr, value: ast.expr) -> ast.expr | None:
        if isinstance(target, ast.Attribute):
            return _call("set", target, value, self.visit(target.value), _text(self._mangled(target.attr), target))
        if isinstance(target, ast.Subscript):
            index = self._index(target.slice)
            words = _text(_words(target.value), target)
            return None if index is None else _call("put_item", target, value, self.visit(target.value), index, words)
        return None

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        """As `NodeTransformer` asks for AugAssign."""
        target, value = node.target, self.visit(node.value)
        if isinstance(target, ast.Name):
            key = self._scopes.shared(target.id, self._inside)
            if not key:
                node.value = value
                return node
            read = _call("name", target, _call("at", target, _text(key, target)), _name(target.id, target, ast.Load()))
            put = ast.Assign([target], _call("put", target, _name(VALUE, target, ast.Load()), _text(key, target)))
            return self._steps(node, read, value, [], ast.copy_location(put, node))
        owner = _name(OBJECT, target, ast.Load())
        words = _text(_words(target.value), target)
        first = [ast.copy_location(ast.Assign([_name(OBJECT, target, ast.Store())], self.visit(target.value)), node)]
        if isinstance(target, ast.Attribute):
            part: ast.expr = _text(self._mangled(target.attr), target)
            names = "get", "set"
        else:
            index = self._index(target.slice)
            if index is None:
                return node
            first.append(ast.copy_location(ast.Assign([_name(ITEM, target, ast.Store())], index), node))
            part, names = _name(ITEM, target, ast.Load()), ("item", "put_item")
        more = [words] if names[0] == "item" else []
        stored = ast.Expr(_call(names[1], target, _name(VALUE, target, ast.Load()), owner, part, *more))
        return self._steps(node, _call(names[0], target, owner, part, *more), value, first, ast.copy_location(stored, node))

    def _steps(self, node: ast.AugAssign, read: ast.expr, value: ast.expr, first: list[ast.Assign], last: ast.stmt) -> list[ast.stmt]:
        kept = ast.copy_location(ast.Assign([_name(VALUE, node, ast.Store())], read), node)
        changed = ast.copy_location(ast.AugAssign(_name(VALUE, node, ast.Store()), node.op, value), node)
        return [*first, kept, changed, last]


def own_imports(tree: ast.Module) -> list[str]:
    """Names that are modules of the standard library: what they hold does not change."""
    found: list[str] = []
    for node in own_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                if top in sys.stdlib_module_names:
                    found.append(alias.asname or top)
    return found
