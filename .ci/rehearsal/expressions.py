"""Evaluates GitHub's expressions, as far as the workflows use them. Anything unknown is an error, never an empty text."""

import json
import re

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+)|([A-Za-z_][\w-]*)|(&&|\|\||==|!=|[!().,\[\]]))")
STATUS = ("success", "failure", "cancelled", "always")


class Problem(Exception):
    """Something in a workflow that the rehearsal does not know."""


def text(value):
    """Returns a value as it appears in a string."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def fill(value, contexts):
    """Replaces each ${{ … }}; a value that consists of nothing else keeps its type."""
    if isinstance(value, dict):
        return {key: fill(item, contexts) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, contexts) for item in value]
    if not isinstance(value, str):
        return value
    alone = re.fullmatch(r"\$\{\{((?:(?!\}\}).)*)\}\}", value.strip())
    if alone:
        return evaluate(alone[1], contexts)
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: text(evaluate(found[1], contexts)), value)


def condition(value, contexts):
    """Returns whether a job or step with this `if` runs; without a status function, it runs only after success."""
    expression = re.sub(r"^\s*\$\{\{(.*)\}\}\s*$", r"\1", text(value) or "success()")
    result = evaluate(expression, contexts)
    named = any(re.search(rf"\b{name}\(", expression) for name in STATUS)
    return bool(result) and (named or contexts["status"]["success"])


def evaluate(expression, contexts):
    tokens, at = [], 0
    while at < len(expression.rstrip()):
        found = TOKEN.match(expression, at)
        if not found:
            raise Problem(f"can't read {expression!r} at {at}")
        tokens.append(found)
        at = found.end()
    parser = Parser(expression, tokens, contexts)
    result = parser.either()
    if parser.tokens:
        raise Problem(f"too much in {expression!r}")
    return result


class Parser:
    def __init__(self, expression, tokens, contexts):
        self.expression, self.tokens, self.contexts = expression, tokens, contexts

    def take(self, *symbols):
        if self.tokens and self.tokens[0][4] in symbols:
            return self.tokens.pop(0)[4]
        return None

    def need(self, symbol):
        if not self.take(symbol):
            raise Problem(f"{symbol} is missing in {self.expression!r}")

    def either(self):
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.equal()
        while self.take("&&"):
            other = self.equal()
            value = value and other
        return value

    def equal(self):
        value = self.single()
        while symbol := self.take("==", "!="):
            same = text(value).lower() == text(self.single()).lower()
            value = same == (symbol == "==")
        return value

    def single(self):
        if self.take("!"):
            return not self.single()
        if self.take("("):
            value = self.either()
            self.need(")")
            return value
        if not self.tokens:
            raise Problem(f"{self.expression!r} ends too early")
        string, number, name, _ = self.tokens.pop(0).groups()
        if string is not None:
            return string[1:-1].replace("''", "'")
        if number is not None:
            return int(number)
        if name is None:
            raise Problem(f"can't read {self.expression!r}")
        return self.call(name) if self.take("(") else self.look_up(name)

    def call(self, name):
        arguments = []
        while not self.take(")"):
            arguments.append(self.either())
            self.take(",")
        if name in STATUS:
            return name == "always" or self.contexts["status"][name]
        if name == "fromJSON":
            return json.loads(arguments[0])
        if name == "join":
            return arguments[1].join(arguments[0])
        raise Problem(f"{name}() in {self.expression!r}")

    def look_up(self, name):
        if name in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[name]
        value, path = self.contexts, name
        while True:
            if name not in value:
                raise Problem(f"there is no {path} in {self.expression!r}")
            value = value[name]
            if not self.take("."):
                return value
            name = self.tokens.pop(0)[3]
            path += "." + name
