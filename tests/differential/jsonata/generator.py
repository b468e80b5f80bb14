"""Expressions and inputs, made at random from a seed: the same ones on every machine.

Most of what is made has the types that operators and functions want, so that evaluation gets far; the rest finds errors.
Left out is what cannot be compared:
- chance and the clock: $random, $shuffle, $now, $millis;
- keys that are numbers or names of ECMAScript's own properties: their order and presence are that language's;
- what the reference implementation does not mean: functions as conditions are true where they are no arguments (but
  $boolean says false), functions of the library with some of their arguments do not check types, numbers from 1e21 stand
  with an exponent in the middle of a picture, a text replaced by a function becomes the function's source;
- := inside of constructors, whose parts it evaluates side by side;
- a path that begins with a constructor and its predicate: a text that they leave over is gone over by its characters;
- a call that takes its argument from the context as all that a function does: the reference implementation calls it when
  the function has been left, with another context than the same call inside of anything else.
"""

import json
import random
from collections.abc import Iterator

KEYS = ["a", "b", "c", "id", "name", "tags", "items", "price", "qty", "x y"]
WORDS = ["", "a", "b", "hello", "Hello World", "12", "-3.5", "x,y,z", " padded  text ", "true", "é😀", "2024-02-29", "0x1F", "aXbXc", "\\u00e9t\\u00e9", "A-B-A"]
NUMBERS = ["0", "1", "2", "3", "-1", "7", "10", "0.5", "2.5", "-2.5", "100", "12345.678", "1e3", "1e-7", "1e15", "0.1", "255", "1999"]
VARIABLES = ["$v", "$w", "$k"]
PATTERNS = ["/a/", "/[a-z]+/", "/l+/i", "/(\\w)(\\d*)/", "/X|-/", "/^h/i", "/\\s+/", "/(a)|(b)/", "/o$/m", "/[0-9]+/", "/\\bW/", "/e?l/"]
REPLACEMENTS = ['"-"', '"$0$0"', '"[$1]"', '"$$"', '"$2$1"', '"$"', "function($m){$uppercase($m.match)}"]
NUMBER_PICTURES = ["#,##0.00", "0", "#0.##", "00.00%", "#,###", "0.0;(0.0)", "##0‰", "000,000.0##", "#.#", "x0y"]
# The reference implementation does not come back from these pictures for numbers that are not positive.
POSITIVE_PICTURES = ["0e0", "0.00#e00", "#0.0e0"]
INTEGER_PICTURES = ["1", "000", "a", "A", "i", "I", "w", "W", "Ww", "#,##0", "w;o", "1;o", "##0", "١", "#:000"]
DATE_PICTURES = [
    "[Y0001]-[M01]-[D01]", "[D1o] [MNn] [Y]", "[H01]:[m01]:[s01].[f001]", "[FNn,3-3] [h]:[m01] [P]", "[Y]-[d001]", "[M1]/[D1]/[Y,2-2]",
    "[Y]-W[W01]-[F1]", "[YI] [MNn,3] [Dwo]", "[H01][m01][z]", "[X] [x] [w] [E] [C]", "[[literal]] [Y]", "[Z0101t] [Z]",
]  # fmt: skip
MOMENTS = ["1521801216617", "0", "-1", "951827696789", "1e12"]
ZONES = ["+0000", "-0500", "+0530", "+0145"]
INTEGER_TEXTS = ['"12", "1"', '"xii", "i"', '"twelve", "w"', '"1,234", "#,##0"', '"007", "000"', '"b", "a"', '"AB", "A"', '"third", "w;o"', '"MMXX", "I"']
SPLITTERS = ['","', '" "', '""', '"l"']
PADDINGS = ["", ', "#"', ', "ab"', ', ""']
SEPARATORS = ["", ', ","', ', " "', ', "--"']
ROW_RESULTS = ['{"v": $v, "name": name}', "$v", "(name & $v)", "price"]
PARENT_RESULTS = ['{"p": %.name, "v": $v}', "%.name", "(%.price + id)", "%.%.qty", "$v"]
TAG_RESULTS = ["%.name", '{"t": $, "n": %.name}', "(% & $)"]
COMPARISONS = ["<", "<=", ">", ">=", "=", "!="]
ARITHMETIC = ["+", "-", "*", "/", "%"]


class Inputs:
    def __init__(self, chance: random.Random):
        self._chance = chance

    def value(self, depth: int):
        kind = self._chance.random()
        if depth <= 0 or kind < 0.45:
            return self.scalar()
        if kind < 0.75:
            return {key: self.value(depth - 1) for key in self._chance.sample(KEYS, self._chance.randint(0, 5))}
        return [self.value(depth - 1) for _ in range(self._chance.randint(0, 4))]

    def scalar(self):
        choose = self._chance.choice
        return choose([None, True, False, choose(["a", "b", "hello", "12", "", "x,y", "é😀"]), *[float(choose(NUMBERS)) for _ in range(3)]])

    def item(self, number: int) -> dict:
        choose = self._chance.choice
        made = {"id": number, "name": choose(["pen", "ink", "Cap", "Box"]), "price": choose([1, 2.5, 10, 9.99]), "qty": choose([0, 1, 2, 3])}
        if self._chance.random() < 0.6:
            made["tags"] = self._chance.sample(["a", "b", "c"], self._chance.randint(0, 3))
        if self._chance.random() < 0.3:
            made["items"] = [{"id": choose([1, 2, 3]), "name": choose(["n", "m"])} for _ in range(self._chance.randint(0, 2))]
        return made

    def document(self):
        if self._chance.random() < 0.55:
            made = {"items": [self.item(i) for i in range(self._chance.randint(0, 5))], "id": self.scalar(), "name": "Zoe", "qty": 3}
            made["a"] = self.value(3)
            made["b"] = [self.scalar() for _ in range(self._chance.randint(0, 4))]
            return made
        return self.value(4)


class Expressions:
    """Each method answers an expression of the kind it is named after, mostly; `depth` is how deep it may still nest."""

    def __init__(self, chance: random.Random):
        self._chance = chance
        self._names: list[str] = []  # variables in reach

    def choose(self, options):
        return self._chance.choice(options)

    def likely(self, probability: float) -> bool:
        return self._chance.random() < probability

    def any(self, depth: int) -> str:
        kinds = [self.number, self.string, self.boolean, self.array, self.object, self.path, self.path, self.block, self.chained, self.variable]
        if depth > 0:
            kinds += [self.condition, self.transformed, self.rows, self.aggregated]
        return self.choose(kinds)(depth)

    def mostly(self, kind, depth: int) -> str:
        return kind(depth) if self.likely(0.93) else self.any(depth)

    def in_brackets(self, text: str) -> str:
        return f"({text})" if self.likely(0.3) else text

    # ------------------------------------------------------------------------------------------------------ by type

    def number(self, depth: int) -> str:
        if depth <= 0 or self.likely(0.25):
            return self.choose([*NUMBERS, "qty", "price", "id", "a", *self._names])
        n, s, an = (lambda: self.mostly(self.number, depth - 1)), (lambda: self.mostly(self.string, depth - 1)), (lambda: self.numbers(depth - 1))
        forms = [
            lambda: self.in_brackets(f"{n()} {self.choose(ARITHMETIC)} {n()}"),
            lambda: self.in_brackets(f"{n()} {self.choose(ARITHMETIC)} {n()} {self.choose(ARITHMETIC)} {n()}"),
            lambda: f"-{n()}" if self.likely(0.5) else f"-({n()})",
            lambda: f"${self.choose(['abs', 'floor', 'ceil', 'round', 'sqrt'])}({n()})",
            lambda: f"$round({n()}, {self.choose(['1', '2', '-1', '0', '-2'])})",
            lambda: f"$power({n()}, {self.choose(['2', '3', '0.5', '-1', '0'])})",
            lambda: f"$number({self.choose([s(), self.boolean(0), n()])})",
            lambda: f"${self.choose(['sum', 'max', 'min', 'average'])}({an()})",
            lambda: f"$count({self.array(depth - 1)})",
            lambda: f"$length({s()})",
            lambda: f"$parseInteger({self.choose(INTEGER_TEXTS)})",
            lambda: f"$toMillis({self.moment()})",
            lambda: self.dated(depth),
            lambda: f"{self.choose(['items', 'a', '$', '*'])}[{self.predicate(depth - 1)}].{self.choose(['price', 'qty', 'id'])}",
            lambda: f"$reduce({an()}, function($p, $q){{$p {self.choose(ARITHMETIC)} $q}}{self.choose(['', ', 0', ', 10'])})",
        ]
        return self.choose(forms)()

    def dated(self, depth: int) -> str:
        picture = self.choose(["[Y0001]-[M01]-[D01]", "[D1]/[M1]/[Y0001] [H01]:[m01]", "[MNn] [D1o], [Y]", "[Y]-[d001]"])
        text = self.choose(['"2024-02-29"', '"5/7/1999 13:05"', '"March 3rd, 2020"', '"2021-060"', self.string(0)])
        return f'$toMillis({text}, "{picture}")'

    def moment(self) -> str:
        texts = ["2024-02-29T12:34:56.789Z", "1999-12-31", "2020-06-01T00:00:00+02:00", "2018", "1970-01-01T00:00:00Z", "nonsense", "2017-10-30T16:25:32.935-0500"]
        return f'"{self.choose(texts)}"'

    def string(self, depth: int) -> str:
        if depth <= 0 or self.likely(0.25):
            return self.choose([*[f'"{word}"' for word in WORDS], "'it'", "name", "items[0].name", *self._names])
        s, n = (lambda: self.mostly(self.string, depth - 1)), (lambda: self.mostly(self.number, depth - 1))
        limit = lambda: self.choose(["", "", ", 1", ", 2", ", 0"])  # noqa: E731
        forms = [
            lambda: self.in_brackets(f"{s()} & {self.any(depth - 1)}"),
            lambda: f"$string({self.any(depth - 1)})",
            lambda: f"$string({self.any(depth - 1)}, {self.boolean(0)})",
            lambda: f"${self.choose(['uppercase', 'lowercase', 'trim'])}({s()})",
            lambda: f"$substring({s()}, {n()})",
            lambda: f"$substring({s()}, {self.choose(['0', '1', '-2', '3'])}, {self.choose(['1', '2', '10', '-1', '0'])})",
            lambda: f"${self.choose(['substringBefore', 'substringAfter'])}({s()}, {s()})",
            lambda: f"$pad({s()}, {self.choose(['5', '-5', '12', '0', '-20'])}{self.choose(PADDINGS)})",
            lambda: f"$join({self.strings(depth - 1)}{self.choose(SEPARATORS)})",
            lambda: f"$replace({s()}, {self.choose(PATTERNS)}, {self.choose(REPLACEMENTS)}{limit()})",
            lambda: f"$replace({s()}, {s()}, {s()}{limit()})",
            lambda: f"${self.choose(['base64encode', 'base64decode', 'encodeUrl', 'encodeUrlComponent', 'decodeUrl', 'decodeUrlComponent'])}({s()})",
            lambda: f'$formatNumber({n()}, "{self.choose(NUMBER_PICTURES)}")',
            lambda: f'$formatNumber({self.choose(["1", "12345.678", "0.00012", "1e15"])}, "{self.choose(POSITIVE_PICTURES)}")',
            lambda: f'$formatInteger({n()}, "{self.choose(INTEGER_PICTURES)}")',
            lambda: f"$formatBase({n()}{self.choose(['', ', 2', ', 16', ', 36', ', 7', ', 1'])})",
            lambda: f'$fromMillis({self.choose([*MOMENTS, n()])}, "{self.choose(DATE_PICTURES)}")',
            lambda: f'$fromMillis({self.choose(MOMENTS)}, "{self.choose(DATE_PICTURES)}", "{self.choose(ZONES)}")',
            lambda: f"${self.choose(['type', 'string', 'exists'])}({self.choose(['$sum', '$string', self.function(0), '/a/'])})",
            lambda: f"$type({self.any(depth - 1)})",
            lambda: f"{self.choose(['items', 'a'])}[{self.predicate(depth - 1)}].name",
        ]
        return self.choose(forms)()

    def boolean(self, depth: int) -> str:
        if depth <= 0 or self.likely(0.15):
            return self.choose(["true", "false", "$exists(a)", "qty > 1", 'name = "pen"', "tags"])
        forms = [
            lambda: f"{self.number(depth - 1)} {self.choose(COMPARISONS)} {self.number(depth - 1)}",
            lambda: f"{self.string(depth - 1)} {self.choose(COMPARISONS)} {self.string(depth - 1)}",
            lambda: f"{self.any(depth - 1)} {self.choose(['=', '!='])} {self.any(depth - 1)}",
            lambda: self.in_brackets(f"{self.boolean(depth - 1)} {self.choose(['and', 'or'])} {self.boolean(depth - 1)}"),
            lambda: f"{self.any(depth - 1)} in {self.array(depth - 1)}",
            lambda: f"$not({self.any(depth - 1)})",
            lambda: f"$boolean({self.any(depth - 1)})",
            lambda: f"$exists({self.any(depth - 1)})",
            lambda: f"$contains({self.mostly(self.string, depth - 1)}, {self.choose([*PATTERNS, self.string(depth - 1)])})",
        ]
        return self.choose(forms)()

    def numbers(self, depth: int) -> str:
        return self.choose([lambda: "[1..5]", lambda: "items.price", lambda: "items.(price * qty)", lambda: "b", lambda: "[3, 1, 2]", lambda: self.array(depth)])()

    def strings(self, depth: int) -> str:
        forms = [lambda: "items.name", lambda: '["b", "a", "c"]', lambda: "items.tags", lambda: self.split(depth), lambda: "$keys($)", lambda: self.array(depth)]
        return self.choose(forms)()

    def split(self, depth: int) -> str:
        return f"$split({self.mostly(self.string, depth - 1)}, {self.choose([*PATTERNS, *SPLITTERS])}{self.choose(['', '', ', 2', ', 0'])})"

    def array(self, depth: int) -> str:
        if depth <= 0 or self.likely(0.2):
            return self.choose(["[]", "[1, 2, 3]", "[1..4]", "items", "b", "tags", "a", '["a", "b"]', "[[1, 2], [3]]", "[0]", *self._names])
        sub = lambda: self.mostly(self.array, depth - 1)  # noqa: E731
        forms = [
            lambda: f"[{', '.join(self.any(depth - 1) for _ in range(self._chance.randint(0, 3)))}]",
            lambda: f"[{self.choose(['0', '1', '-2', self.number(depth - 1)])}..{self.choose(['3', '5', 'qty'])}]",
            lambda: f"$append({self.any(depth - 1)}, {self.any(depth - 1)})",
            lambda: f"${self.choose(['reverse', 'distinct', 'sort', 'spread', 'keys'])}({sub()})",
            lambda: f"$zip({sub()}, {sub()})",
            lambda: f"$map({sub()}, {self.function(depth - 1)})",
            lambda: f"$filter({sub()}, {self.function(depth - 1, self.boolean)})",
            lambda: f"$each({self.object(depth - 1)}, {self.function(depth - 1)})",
            lambda: f"$sort({sub()}, function($l, $r){{$l{self.choose(['', '.price', '.id'])} {self.choose(['>', '<'])} $r{self.choose(['', '.price', '.id'])}}})",
            lambda: f"$match({self.mostly(self.string, depth - 1)}, {self.choose(PATTERNS)}{self.choose(['', ', 1', ', 0'])})",
            lambda: self.split(depth),
            lambda: self.ordered(depth),
            lambda: f"{self.path(depth - 1)}[]",
            lambda: f"{sub()}[[{self.choose(['0..1', '0, 2', '-1', '1..2, 0'])}]]",
        ]
        return self.choose(forms)()

    def object(self, depth: int) -> str:
        if depth <= 0 or self.likely(0.2):
            return self.choose(["{}", '{"a": 1, "b": "x"}', "$", "items[0]", "a", "$$", '{"c": [1, 2]}', *self._names])
        pair = lambda key: f'"{key}": {self.any(depth - 1)}'  # noqa: E731
        forms = [
            lambda: "{" + ", ".join(pair(key) for key in self._chance.sample(KEYS, self._chance.randint(0, 3))) + "}",
            lambda: f"{{{self.mostly(self.string, depth - 1)}: {self.any(depth - 1)}}}",
            lambda: f"items{{name: {self.choose(['price', '$sum(qty)', '$', 'id[]', '$count($)'])}}}",
            lambda: f"{self.path(depth - 1)}{{{self.mostly(self.string, depth - 1)}: {self.any(depth - 1)}}}",
            lambda: f"$merge([{self.object(depth - 1)}, {self.object(depth - 1)}])",
            lambda: f"$sift({self.object(depth - 1)}, {self.function(depth - 1, self.boolean)})",
            lambda: f"$spread({self.object(depth - 1)})",
            lambda: f"$clone({self.object(depth - 1)})",
        ]
        return self.choose(forms)()

    # -------------------------------------------------------------------------------------------------------- paths

    def step(self, depth: int) -> str:
        plain = [*KEYS[:9], "`x y`", "items", "items", "name", "*", "**", "$"]
        if depth <= 0 or self.likely(0.75):
            return self.choose(plain)
        forms = [
            lambda: f"({self.any(depth - 1)})",
            lambda: f"[{self.any(depth - 1)}]",
            lambda: self.object(depth - 1),
            lambda: f"${self.choose(['uppercase', 'string', 'count', 'sum', 'type', 'keys', 'number'])}({self.choose(['$', '', 'name', 'price'])})",
            lambda: f'"{self.choose(KEYS)}"',
        ]
        return self.choose(forms)()

    def predicate(self, depth: int) -> str:
        plain = ["0", "1", "-1", "price > 2", 'name = "pen"', "qty", "$", "[0..1]", "true", "tags", "$ > 1", "1.5", "false", '"a" in tags']
        return self.choose(plain) if depth <= 0 or self.likely(0.6) else self.any(depth - 1)

    def path(self, depth: int) -> str:
        steps = [self.step(depth)]
        for _ in range(self._chance.choice([0, 1, 1, 2, 3])):
            steps.append(self.step(depth))
        if len(steps) == 1:
            steps[0] = steps[0].replace("()", "($)")
        made = []
        for step in steps:
            starts_over = not made and step.startswith("[") and len(steps) > 1
            if self.likely(0.2) and not starts_over:
                step += f"[{self.predicate(depth - 1)}]"
            if self.likely(0.05):
                step += "[]"
            made.append(step)
        text = ".".join(made)
        return f"({text})[{self.predicate(0)}]" if self.likely(0.06) else text

    def ordered(self, depth: int) -> str:
        term = lambda: self.choose(["", "<", ">"]) + self.choose(["price", "qty", "name", "$", "id", "-price", self.number(depth - 1)])  # noqa: E731
        terms = ", ".join(term() for _ in range(self.choose([1, 1, 2])))
        return f"{self.choose(['items', 'b', 'a', '[3, 1, 2]', 'items[qty]'])}^({terms}){self.choose(['', '', '.name', '[0]', '.price'])}"

    def rows(self, depth: int) -> str:
        """Steps that bind variables, and parents."""
        tail = self.choose(["$v", "$v.name", '{"v": $v, "w": $w}', "($v & name)", "[$v, $w]", "name", "$"])
        forms = [
            f"items#$v.{self.choose(ROW_RESULTS)}",
            f"items#$v[{self.choose(['$v > 0', 'qty', '0', '$v = 1'])}].name",
            f"items@$v.{tail}",
            f"items@$v[$v.price > 2].items@$w.{tail}",
            f"items.items#$v.{self.choose(PARENT_RESULTS)}",
            f"items.tags.{self.choose(TAG_RESULTS)}",
            f"items[%.qty > {self.choose(['1', '5'])}].name",
            f"items^(price)#$v.{self.choose(['$v', '(name & $v)'])}",
            f"items@$v#$w.{tail}",
            f"items#$v{{name: {self.choose(['$v', '$sum($v)', 'price'])}}}",
            f"items.items.id.{self.choose(['%.%.name', '%.name'])}",
        ]
        return self.choose(forms)

    # ---------------------------------------------------------------------------------------- variables and functions

    def variable(self, depth: int) -> str:
        return self.choose([*self._names, "$", "$$", "$undefined", "$v"])

    def block(self, depth: int) -> str:
        if depth <= 0:
            return self.path(0)
        before = list(self._names)
        parts = []
        for name in self._chance.sample(VARIABLES, self._chance.randint(0, 2)):
            parts.append(f"{name} := {self.any(depth - 1)}")
            self._names.append(name)
        if self.likely(0.3):
            parts.append(f"$f := {self.function(depth - 1)}")
            parts.append(self.choose([f"$f({self.any(depth - 1)})", f"{self.any(depth - 1)} ~> $f", f"$map({self.array(depth - 1)}, $f)"]))
        elif self.likely(0.15):
            parts.append("$r := function($n, $t){$n <= 0 ? $t : $r($n - 1, $t & $n)}")
            parts.append(f"$r({self.choose(['3', '0', '12'])}, {self.string(depth - 1)})")
        else:
            parts.append(self.any(depth - 1))
        self._names = before
        return f"({'; '.join(parts)}{self.choose(['', '', ';'])})"

    def function(self, depth: int, body=None) -> str:
        if self.likely(0.2):
            return self.choose(["$string", "$uppercase", "$not", "$sum", "$type", "$boolean", "$append(?, 1)", "$round"])
        names = self.choose([["$v"], ["$v", "$k"], ["$v", "$k", "$w"], []])
        before = list(self._names)
        self._names += names
        text = (body or self.any)(depth)
        self._names = before
        signature = self.choose(["", "", "", "", "<x:x>", "<n:n>", "<s-:s>", "<a<n>:n>"]) if len(names) == 1 else ""
        return f"function({', '.join(names)}){signature}{{{text}}}"

    def chained(self, depth: int) -> str:
        if depth <= 0:
            return self.choose(["items", "b", "name"]) + self.choose([" ~> $count", " ~> $string", " ~> $type", " ~> $count()", " ~> $append(1)"])
        calls = ["$string", "$count()", "$uppercase", "$append(1)", "$substring(1)", "$sum", "$reverse()", "$keys", "$join(\"-\")", self.function(depth - 1)]
        links = " ~> ".join(self.choose(calls) for _ in range(self.choose([1, 1, 2])))
        return self.in_brackets(f"{self.any(depth - 1)} ~> {links}")

    def aggregated(self, depth: int) -> str:
        return self.choose(
            [
                lambda: f"$reduce({self.array(depth - 1)}, function($v, $w){{{self.with_names(['$v', '$w'], depth - 1)}}})",
                lambda: f"$single({self.array(depth - 1)}, {self.function(depth - 1, self.boolean)})",
                lambda: f"$lookup({self.object(depth - 1)}, {self.string(depth - 1)})",
                lambda: f"$assert({self.boolean(depth - 1)}, {self.string(0)})",
                lambda: f"$error({self.string(depth - 1)})",
                lambda: f"{self.choose(['nothing', 'sum', 'string', '$nothing', '3'])}({self.any(depth - 1)})",
            ]
        )()

    def with_names(self, names: list[str], depth: int) -> str:
        before = list(self._names)
        self._names += names
        text = self.any(depth)
        self._names = before
        return text

    def condition(self, depth: int) -> str:
        otherwise = f" : {self.any(depth - 1)}" if self.likely(0.8) else ""
        return self.in_brackets(f"{self.any(depth - 1)} ? {self.any(depth - 1)}{otherwise}")

    def transformed(self, depth: int) -> str:
        removed = self.choose(["", ', "qty"', ', ["name", "price"]', f", {self.string(depth - 1)}"])
        pattern = self.choose(["items", "$", "a", "**", "items[qty > 1]", "*"])
        return f"{self.choose(['$', 'items', 'a', '$$'])} ~> |{pattern}|{self.object(depth - 1)}{removed}|"


def questions(seed: int, count: int) -> Iterator[dict]:
    """{"id", "expr", "data"}; each a document of its own every few expressions. Absent data is undefined input."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        made = {"id": f"{seed}/{number}", "expr": Expressions(chance).any(chance.choice([1, 2, 2, 3, 3, 3, 4]))}
        if chance.random() < 0.97:
            made["data"] = Inputs(chance).document()
        yield made


if __name__ == "__main__":
    import sys

    for question in questions(int(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps(question, ensure_ascii=False))
