"""Forms of templates that a plain grammar rarely makes: odd arguments, composition over several files, white space."""

import json

ODD = """none u true false 0 1 -1 2 -3 7 2.5 -0.5 1e20 0.0 -0.0 '' 'a' 'é' '日本' 'aXbXa' ' x ' '<b>' '3' '-4.5' '0x1f' '1e2' 'ß' '%s' '{}'
    [] [1] [3,1,2] ['b','A','a'] [none] [[1,2],[3]] () (1,) (2,'a') {} {'a':1} {'b':2,'a':1} {1:2} d d.x ld ls l s a f range(3)
    range(0) '<i>'|safe l|map('string') ld|groupby('n') namespace(a=1) 9007199254740993 '٣' 1e-7 123456789.125 u.x""".split()
NAMES = ["'n'", "'v'", "'x'", "'a'", "0", "'0'", "'x.y'", "'n,v'", "none", "'-'", "u"]
# What a filter is called with: kinds of arguments in order, and the names of its parameters.
FILTERS = {
    "abs": [], "attr": ["name"], "batch": ["linecount", "fill_with"], "capitalize": [], "center": ["width"],
    "default": ["default_value", "boolean"], "dictsort": ["case_sensitive", "by", "reverse"], "escape": [], "filesizeformat": ["binary"],
    "first": [], "float": ["default"], "forceescape": [], "format": ["*", "*"], "groupby": ["attribute", "default", "case_sensitive"],
    "indent": ["width", "first", "blank"], "int": ["default", "base"], "items": [], "join": ["d", "attribute"], "last": [], "length": [],
    "list": [], "lower": [], "map": ["*", "*"], "max": ["case_sensitive", "attribute"], "min": ["case_sensitive", "attribute"], "pprint": [],
    "reject": ["*", "*"], "rejectattr": ["*", "*", "*"], "replace": ["old", "new", "count"], "reverse": [],
    "round": ["precision", "method"], "safe": [], "select": ["*", "*"], "selectattr": ["*", "*", "*"], "slice": ["slices", "fill_with"],
    "sort": ["reverse", "case_sensitive", "attribute"], "string": [], "striptags": [], "sum": ["attribute", "start"], "title": [],
    "tojson": ["indent"], "trim": ["chars"], "truncate": ["length", "killwords", "end", "leeway"], "unique": ["case_sensitive", "attribute"],
    "upper": [], "urlencode": [], "urlize": ["trim_url_limit", "nofollow", "target", "rel"], "wordcount": [],
    "wordwrap": ["width", "break_long_words", "wrapstring", "break_on_hyphens"], "xmlattr": ["autospace"], "count": [], "d": ["default_value"], "e": [],
}
TESTS = """boolean callable defined divisibleby eq escaped even false filter float ge gt in integer iterable le lower lt mapping ne none number odd
    sameas sequence string test true undefined upper equalto greaterthan lessthan == != < > <= >=""".split()
SYMBOLS = {"==", "!=", "<", ">", "<=", ">="}
ARGUMENTS = {
    "name": NAMES, "attribute": NAMES, "by": ["'key'", "'value'", "'x'", "none"], "base": ["2", "8", "10", "16", "0", "36", "1", "none"],
    "method": ["'common'", "'ceil'", "'floor'", "'x'"], "precision": ["0", "1", "2", "-1", "-2", "5", "none"],
    "trim_url_limit": ["0", "3", "9", "none", "-1"], "linecount": ["1", "2", "3", "none", "'a'", "2.0"], "slices": ["1", "2", "3", "5", "none", "-1"], "width": ["0", "1", "4", "9", "-2", "'--'", "none", "2.5"],
    "length": ["0", "3", "5", "8", "none"], "leeway": ["0", "1", "none"], "case_sensitive": ["true", "false", "0"], "reverse": ["true", "false", "none"],
    "indent": ["0", "1", "2", "4", "none", "'-'"], "count": ["0", "1", "2", "-1", "none"], "*": ["'string'", "'upper'", "'odd'", "'n'", "'eq'", "1", "'in'", "'join'", "'nope'"],
}
STRING_METHODS = """capitalize casefold center count endswith expandtabs find format index isalnum isalpha isascii isdecimal isdigit isidentifier islower
    isnumeric isprintable isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip
    split splitlines startswith strip swapcase title upper zfill nope""".split()
LIST_METHODS = "append clear copy count extend index insert pop remove reverse sort nope".split()
DICT_METHODS = "clear copy get items keys pop popitem setdefault update values nope".split()
NUMBER_METHODS = "bit_length conjugate is_integer real imag numerator denominator hex as_integer_ratio nope".split()
SPECIFICATIONS = ["", "d", "5", "<5", ">5", "^5", "*^9", "=+7", "05", "+", " ", ",", "_", ".2f", ".0f", "e", ".3e", "g", ".3g", "%", ".1%", "x", "#x", "#o", "#b",
                  "X", "c", "s", ".2s", "10.3s", "n", "G", "{w}", "{w}.{p}f", "08.3f", "+,.2f", "zf", "!", "é>4", "0>4", "#.3g", "_x", ",d", "r"]
FIELDS = ["{}", "{0}", "{1}", "{x}", "{0.a}", "{0[a]}", "{0[0]}", "{x[k]}", "{x.k}", "{!r}", "{!s}", "{!a}", "{{}}", "{{", "}", "{", "{0!r:>9}", "{x!s:*^9}", "{9}", "{0[-1]}"]
FLAGS = ["", "", "0", "-", "+", " ", "#", "-0", "+0", "# "]


class Forms:
    """Makes forms from a grammar's source of randomness and its expressions."""

    def __init__(self, grammar):
        self.grammar, self.pick, self.chance = grammar, grammar.pick, grammar.chance
        self.below = grammar.random.randrange

    # Odd arguments

    def odd(self):
        return self.pick(ODD) if self.chance(0.85) else self.grammar.expression(1)

    def argument(self, parameter):
        return self.pick(ARGUMENTS[parameter]) if parameter in ARGUMENTS and self.chance(0.85) else self.odd()

    def arguments(self, parameters):
        count = self.below(len(parameters) + 1) if self.chance(0.96) else len(parameters) + 1
        given, named = [], False
        for index in range(count):
            name = parameters[index] if index < len(parameters) else "*"
            if name != "*" and (named or self.chance(0.25)):
                named = True
                given.append(f"{name}={self.argument(name)}")
            elif not named:
                given.append(self.argument(name))
        return f"({', '.join(given)})" if given or self.chance(0.3) else ""

    def filter(self):
        name = self.pick(list(FILTERS))
        tail = self.pick(["", "", "|list", "|string", "|length", "|first", "|tojson", "|join(',')"])
        return f"({self.odd()})|{name}{self.arguments(FILTERS[name])}{tail}"

    def test(self):
        name = self.pick(TESTS)
        negation = self.pick(["", "", " not"])
        if name in SYMBOLS:
            return f"[{self.odd()}, {self.odd()}, 1, 'a']|select('{name}', {self.odd()})|list"
        argument = self.pick(["", f" {self.pick(ODD[:40])}", f"({self.odd()})"]) if self.chance(0.9) else f"({self.odd()}, 1)"
        return f"({self.odd()}) is{negation} {name}{argument}"

    def method(self):
        owner, names = self.pick([
            (["'aXbXa'", "s", "' x '", "'é'", "''", "'<b>'|safe", "'12'", "'a\\nb'", "'Ab cD'", "'{}-{x}'"], STRING_METHODS),
            (["[3,1,2]", "['b','A']", "l", "[]"], LIST_METHODS), (["{'a':1,'b':2}", "d", "{}"], DICT_METHODS),
            (["7", "2.5", "true", "-3"], NUMBER_METHODS), (["(1,2,1)", "range(4)"], ["count", "index", "nope"]),
        ])
        small = ["0", "1", "2", "-1", "5", "'a'", "'X'", "''", "none", "' '", "'bX'", "[1]", "{'c':3}", "true", "['a','b']", "('a','b')", "2.0"]
        call = ", ".join(self.pick(small) if self.chance(0.9) else self.odd() for _ in range(self.pick([0, 0, 1, 1, 1, 2, 2, 3])))
        value = self.pick(owner)
        if self.chance(0.3):
            return f"{value}.{self.pick(names)}({call})"
        return f"[{{% set o = {value} %}}{{{{ o.{self.pick(names)}({call}) }}}}|{{{{ o }}}}]"

    def formatted(self):
        if self.chance(0.4):
            directive = f"%{self.pick(['', '', '(a)', '(k)'])}{self.pick(FLAGS)}{self.pick(['', '', '7', '*'])}{self.pick(['', '', '.0', '.2', '.12', '.*', '.'])}{self.pick('dsrfgexXoEGcai%uz')}"
            values = self.pick([f"({self.odd()},)", f"({self.odd()}, {self.odd()})", self.odd(), "{'a': 3, 'k': 'v'}", "(7, 2.5)", "(5, 2, 3.14159)"])
            return f"'[{directive}]' % {values}"
        field = self.pick(FIELDS)
        if self.chance(0.5):
            field = "{" + self.pick(["", "0", "x"]) + self.pick(["", "", "!r", "!s"]) + ":" + self.pick(SPECIFICATIONS) + "}"
        values = f"{self.odd()}, {self.odd()}, x={self.odd()}, w={self.pick(['6', '2', 'none', '-1'])}, p=2"
        markup = self.pick(["", "", "|safe"])
        return f"('[{field}]'{markup}).format({values})"

    def number(self):
        values = ["0", "1", "-1", "2", "-7", "3", "10", "0.1", "2.5", "-0.0", "1e16", "1e15", "123456789012345678", "1e-4", "1e-5", "0.30000000000000004", "5e-324",
                  "1.7976931348623157e308", "true", "false", "1e22", "100000000000000000000.0", "4611686018427387904", "9223372036854775807", "2**62", "2**63", "2**64",
                  "10**18", "10**25", "7**30", "18446744073709551616", "-9223372036854775808", "a", "b", "f"]
        text = self.pick(values)
        for _ in range(self.below(1, 4)):
            operator = self.pick(["+", "-", "*", "//", "%", "/", "<", "==", "~", "-", "+", "**"])
            right = self.pick(["2", "3", "-1", "0.5", "0"]) if operator == "**" and "-" not in text else "2" if operator == "**" else self.pick(values)
            text = f"({self.pick(['', '', '-', '+'])}{text} {operator} {self.pick(['', '', '-'])}{right})" if self.chance(0.7) else f"{text} {operator} {right}"
        return text + self.pick(["", "", "", "|round(2)", "|int", "|float", "|string|length", "|abs", "|filesizeformat", "|tojson", " is odd", " is integer"])

    def slice(self):
        bound = lambda: self.pick(["", "", "", "0", "1", "-1", "2", "-2", "5", "-9", "99", "none", "true", "u", "1.0", "'a'"])  # noqa: E731
        step = self.pick(["", "", ":", f":{self.pick(['1', '-1', '2', '-2', '3', '-3', '0', 'none'])}"])
        # What Jinja2 folds into nothing (a constant with wrong bounds) is on the compatibility page: these are variables.
        value = self.pick(["l", "s", "(s ~ '😀')", "range(9)", "range(9,0,-2)", "(a,2,3)", "l[:0]", "s[:0]", "s|safe|string", "d", "n", "u", "a", "ls"])
        return f"({value})[{bound()}:{bound()}{step}]{self.pick(['', '|list', '[0]', '|string', '[::-1]'])}"

    def expression(self):
        return self.pick([self.filter, self.filter, self.filter, self.test, self.formatted, self.number, self.slice])()

    def odd_output(self):
        if self.chance(0.2):
            text = self.method()
            return text[1:-1] if text.startswith("[{%") else f"{{{{ {text} }}}}"
        return f"{{{{ {self.expression()} }}}}"

    # White space

    def spaced(self):
        """Tags of every kind with every mark, with white space around them."""
        space = lambda: self.pick(["", " ", "\n", "  ", "\t", "\n\n", " \n ", "\n  ", "a", "a ", " a\n", "\r\n", "\r", "\x0b", "\u00a0", "\u2003\n"])  # noqa: E731
        pieces = []
        for _ in range(self.below(2, 6)):
            left, right = self.pick(["", "", "-", "+"]), self.pick(["", "", "-", "+"])
            pieces.append(space() + self.pick([
                f"{{%{left} if true {right}%}}{space()}{{%{self.pick(['', '-', '+'])} endif {self.pick(['', '-', '+'])}%}}",
                f"{{%{left} for i in [1,2] {right}%}}{space()}{{{{ i }}}}{space()}{{%{self.pick(['', '-', '+'])} endfor {self.pick(['', '-', '+'])}%}}",
                f"{{#{left}{space()}x{space()}{right}#}}", f"{{{{{left.replace('+', '')} 'v' {right.replace('+', '')}}}}}", f"{{%{left} set q = 1 {right}%}}",
                f"{{%{left} raw {right.replace('+', '')}%}}{space()}{{{{ r }}{space()}{{%{self.pick(['', '-', '+'])} endraw {right}%}}",
                f"{{%{left}set q{right}%}}{space()}w{space()}{{%{left} endset{right}%}}[{{{{ q }}}}]", "{%- if 1 %}{% endif -%}",
            ]) + space())
        return "".join(pieces)

    # Macros and loops

    def macros(self):
        one, two = self.pick(ODD), self.pick(ODD)
        signature = self.pick(["a", "a, b=1", "a, b=a", "a=1, b=a ~ 'x'", "", "x, caller=none", "a, kwargs=3", "b=u"])
        body = self.pick(["{{ a }}{{ b }}", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ caller(a) if caller else 'no' }}", "{{ caller(1, b=2) }}",
                          "{{ a }}{{ varargs|length }}{{ kwargs|dictsort }}", "{% if a is number and a > 0 %}{{ a }}{{ m(a - 1) }}{% endif %}", "{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.catch_varargs }}{{ m.caller }}",
                          "{% set a = 5 %}{{ a }}", "{% macro k() %}{{ a }}{% endmacro %}{{ k() }}", "{{ s }}{{ i }}", "{% for a in [1, 2] %}{{ a }}{% endfor %}{{ a }}", "{% filter upper %}{{ a }}{% endfilter %}"])
        call = self.pick(["m()", f"m({one})", f"m({one}, {two})", f"m({one}, b={two})", f"m(*[{one}, {two}, 3])", "m(**{'a': 1, 'z': 2})", f"m({one}, z=1)", "m(1, 2, 3, 4)", "m(a=1, a=2)", "m(1, a=2)",
                          "m(2)|upper", "m(1) ~ m(2)", "m(caller='c')", "m('<b>')|e", "[m('<'), m('>')]|join('&')"])
        block = self.pick(["", "(p)", "(p, q=7)", "(*)", "(p=1)"])
        if self.chance(0.4):
            inner = self.pick(["x", "{{ p }}", "{{ p }}{{ q }}", "{{ caller }}", "{{ a }}", "{{ varargs }}", "{% call m(3) %}y{% endcall %}"])
            use = f"{{% call{block} {call if '|' not in call and '~' not in call and '[m' not in call else 'm(1)'} %}}{inner}{{% endcall %}}"
        else:
            use = f"{{{{ {call} }}}}"
        around = self.pick(["{}", "{}", "{{% for i in l %}}{}{{% endfor %}}", "{{% set a = 9 %}}{}", "{{% with a = 4 %}}{}{{% endwith %}}", "{{% set q %}}{}{{% endset %}}{{{{ q }}}}"])
        definition = f"{{% macro m({signature}) %}}{body}{{% endmacro %}}"
        return around.format(definition.replace("{", "{") + use) if self.chance(0.5) else definition + around.format(use)

    def loops(self):
        shown = self.pick(["{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}", "{{ loop.first }}{{ loop.last }}", "{{ loop.length }}", "{{ loop.depth }}{{ loop.depth0 }}",
                           "{{ loop.previtem }}|{{ loop.nextitem }}", "{{ loop.previtem is defined }}{{ loop.nextitem is defined }}", "{{ loop.changed(i) }}{{ loop.changed(i, 1) }}", "{{ loop.cycle(1, 2, 3) }}",
                           "{{ loop.cycle() }}", "{{ loop.nope }}", "{{ loop['index'] }}", "{{ loop|length }}", "{% set x = (x or 0) + 1 %}{{ x }}", "{{ i }}{% set i = 9 %}{{ i }}",
                           "{% for j in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }}", "{% set outer = loop %}{% for j in [7] %}{{ outer.index }}{{ loop.last }}{% endfor %}",
                           "{% if loop.index > 1 %}{% break %}{% endif %}{{ i }}", "{% if loop.first %}{% continue %}{% endif %}{{ i }}", "{{ loop.index is odd }}", "{{ loop }}"])
        source = self.pick(["l", "ls", "ld", "d", "s", "'abc'", "range(4)", "[]", "l|reverse", "l|map('string')", "d.items()", "ld|groupby('n')", "l|batch(2)", "u", "none", "7", "l|select('odd')", "[1, 1, 2, 2]", "{1: 2}",
                            "ld|map(attribute='n')", "d|dictsort", "l|sort", "(1, 'a', none)"])
        target = self.pick(["i", "i", "i", "i", "i, w", "(i, w)", "i, (w, z)", "_"])
        condition = self.pick(["", "", "", " if i", " if i != 1", " if loop.index", " if u", " if i is odd", " if i in l"])
        otherwise = self.pick(["", "", "{% else %}none{{ i }}", "{% else %}{{ loop }}"])
        after = self.pick(["", "{{ i }}", "{{ x }}", "{{ loop }}"])
        if self.chance(0.3):
            tree = self.pick(["[[1, [2, []]], [3]]", "ld", "[{'n': 1, 'c': [{'n': 2}, {'n': 3, 'c': [{'n': 4}]}]}]", "[1, [2, [3]]]"])
            inner = self.pick(["{% if i is iterable and i is not string and i is not mapping %}({{ loop(i) }}){% else %}{{ i }}{% endif %}", "{{ i.n }}{% if i.c %}[{{ loop(i.c) }}]{% endif %}",
                               "{{ loop.depth }}{{ loop(i.c) if i.c }}", "{% set up = loop %}{% for k in [1] %}{{ up([]) }}{% endfor %}", "{{ loop(i) }}", "{{ loop(i.c)|upper if i.c }}", "{{ loop(i.c, 1) }}", "{{ loop() }}"])
            return f"{{% for i in {tree}{self.pick(['', ' if i'])} recursive %}}{shown if self.chance(0.5) else ''}{inner}{otherwise}{{% endfor %}}"
        return f"{{% for {target} in {source}{condition} %}}{shown}{otherwise}{{% endfor %}}{after}"

    def scopes(self):
        return self.pick([
            "{% set x = 1 %}{% for i in l %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}", "{% if a %}{% set y = 2 %}{% endif %}{{ y }}", "{% if not a %}{% set a = 2 %}{% endif %}{{ a }}",
            "{% set ns = namespace() %}{% set ns.x = 1 %}{% for i in l %}{% set ns.x = ns.x * i %}{% endfor %}{{ ns.x }}{{ ns }}", "{% set ns = namespace({'q': 1}, z=2) %}{{ ns.q }}{{ ns['z'] }}{{ ns.nope }}",
            "{% set ns = namespace(a=1) %}{% set ns.b %}t{{ ns.a }}{% endset %}{{ ns.b }}", "{% set ns = namespace(a=1) %}{% set ns.a, q = 2, 3 %}{{ ns.a }}{{ q }}", "{% set d.k = 1 %}", "{% set u.k = 1 %}",
            "{% with %}{% set v = 1 %}{{ v }}{% endwith %}{{ v }}", "{% with v = 1, w = v %}{{ v }}{{ w }}{% endwith %}", "{% with a = 5 %}{% with b = a %}{{ b }}{% endwith %}{% endwith %}{{ a }}{{ b }}",
            "{% set x, y = 1 %}", "{% set x, y = 1, 2 %}{{ y }}{{ x }}", "{% set (x, (y, z)) = (1, (2, 3)) %}{{ z }}", "{% set x = y = 1 %}", "{% set x %}{% set y = 3 %}{{ y }}{% endset %}{{ x }}{{ y }}",
            "{% set x | upper | replace('A', 'z') %}abc{% endset %}{{ x }}", "{% filter replace('a', 'b') | upper %}{% set q = 'a' %}{{ q }}{% endfilter %}{{ q }}", "{% do l.append(4) %}{{ l }}", "{% do d.update({'k': 9}) %}{{ d.k }}",
            "{% autoescape true %}{{ '<' }}{% set x %}<{{ '<' }}{% endset %}{{ x }}{% endautoescape %}{{ x }}", "{% autoescape false %}{{ '<'|e }}{{ '<'|e|e }}{% endautoescape %}", "{{ '<' ~ '<'|e }}{{ '<'|e ~ '<' }}",
            "{% autoescape a %}{{ s }}{{ s|safe }}{{ [s] }}{{ s|upper }}{{ s.upper() }}{{ s|safe|upper }}{{ s ~ 1 }}{% endautoescape %}", "{% if loop is defined %}x{% endif %}", "{{ range }}{{ dict }}{{ cycler }}{{ joiner }}{{ namespace }}{{ lipsum is callable }}",
            "{% for i in l %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "{% for i in l %}{% with j = i %}{% if loop.first %}{{ j }}{% endif %}{% endwith %}{% endfor %}", "{% print s %}{% print 1, 2 %}", "{% set range = 3 %}{{ range }}",
            "{% for a in l %}{{ a }}{% endfor %}{{ a }}", "{% for i in l %}{% for i in ls %}{{ i }}{% endfor %}{{ i }}{% endfor %}", "{% raw %}{{ a }}{% endraw %}", "{% if a %}b{% elif u.x.y %}c{% endif %}", "{{ u.x.y }}", "{{ u ~ 1 }}{{ u|default(2) }}",
        ])

    # Several files

    def composed(self):
        """A main template and the others it needs."""
        return self.pick([self.inheritance, self.inheritance, self.imports, self.includes])()

    def inheritance(self):
        levels = self.below(1, 5)
        modifier = lambda: self.pick(["", "", " scoped", " required", " scoped required"]) if self.chance(0.3) else ""  # noqa: E731
        text = lambda: self.pick(["t", "{{ a }}", "{{ s }}", "{{ i }}", "{{ x }}", "{% set x = 3 %}{{ x }}", "\n", "{{ loop.index }}", ""])  # noqa: E731
        names = ["p", "q", "r"]
        blocks = ""
        for name in names[: self.below(1, 4)]:
            inner = f"{{% block {name}2 %}}{text()}{{% endblock %}}" if self.chance(0.3) else text()
            block = f"{{% block {name}{modifier()} %}}{inner}{{% endblock {self.pick(['', name])} %}}"
            blocks += self.pick(["", "-", "\n"]) + self.pick(["{}", "{}", "{{% for i in [1, 2] %}}{}{{% endfor %}}", "{{% if a %}}{}{{% endif %}}", "{{% set x = 1 %}}{}", "{{% with i = 8 %}}{}{{% endwith %}}"]).format(block)
        tail = self.pick(["", "{{ self.p() }}", "{{ self.q() }}", "{{ x }}", "{{ super() }}", "{% include 'inc' %}"])
        templates = {"t0": f"<{blocks}>{tail}"}
        for level in range(1, levels + 1):
            parent = self.pick([f"'t{level - 1}'"] * 6 + ["parent", "'nope'", "u", "['nope', 't0']", f"'t{level - 1}' if a else 't0'"])
            head = f"{{% extends {parent} %}}"
            if self.chance(0.1):
                head = f"{{% if {self.pick(['a', 'u', 'not a'])} %}}{head}{{% endif %}}"
            body = ""
            for name in self.grammar.random.sample(names + ["p2", "q2", "z"], self.below(0, 4)):
                inner = self.pick(["", "{{ super() }}", "[{{ super() }}]", "{{ super.super() }}", "{{ self.p() }}" if name != "p" else "", "{{ super()|upper }}", "{{ super }}" if self.chance(0.1) else ""])
                body += f"{self.pick(['', 'lost', '{% set x = 2 %}', '{{ a }}'])}{{% block {name}{modifier()} %}}{text()}{inner}{{% endblock %}}"
            before = self.pick(["", "", "", "before", "{% set x = 7 %}", "{% macro w(v) %}({{ v }}){% endmacro %}", "{% from 'lib' import m1 %}", "{% import 'lib' as lib %}"])
            templates[f"t{level}"] = before + head + body
        main = templates.pop(f"t{levels}")
        return main, templates

    def imports(self):
        library = "{% macro one(v, w=2) %}<{{ v }}{{ w }}{{ a }}{{ i }}>{% endmacro %}{% macro two() %}{{ caller('c') if caller else one(1) }}{% endmacro %}{% set value = [1] %}{% set _hidden = 1 %}" + self.pick(
            ["", "text", "{{ a }}", "{% do value.append(2) %}", "{% if a %}{% set late = 5 %}{% endif %}", "{% for i in [1] %}{% set inner = 2 %}{% endfor %}", "{{ nope.x }}", "{% from 'more' import deep %}", "{% include 'more' %}"])
        context = self.pick(["", " with context", " without context"])
        use = self.pick([
            f"{{% import 'x' as x{context} %}}{{{{ x.one({self.pick(ODD)}) }}}}{{{{ x.value }}}}{{{{ x.late }}}}{{{{ x.inner }}}}", f"{{% from 'x' import one, value as val{context} %}}{{{{ one(1) }}}}{{{{ val }}}}",
            f"{{% from 'x' import two{context} %}}{{% call(c) two() %}}{{{{ c }}}}{{{{ a }}}}{{% endcall %}}{{{{ two() }}}}", f"{{% for i in l %}}{{% from 'x' import one{context} %}}{{{{ one(i) }}}}{{% endfor %}}{{{{ one }}}}",
            "{% from 'x' import _hidden %}{{ _hidden }}", "{% import 'x' as x %}{{ x._hidden }}{{ x.value }}", "{% import 'x' as x %}{{ x }}{{ x is mapping }}", f"{{% set a = 7 %}}{{% import 'x' as x{context} %}}{{{{ x.one() }}}}",
            "{% import 'x' as x %}{% do x.value.append(3) %}{% import 'x' as y %}{{ y.value }}", "{% from 'x' import deep %}{{ deep }}", f"{{% macro m() %}}{{% from 'x' import one{context} %}}{{{{ one(3) }}}}{{% endmacro %}}{{{{ m() }}}}",
            "{% from 'x' import one, two with context %}{{ one(1) }}{{ two() }}", "{% from 'x' import nope %}{{ nope }}{{ nope is defined }}", "{% from 'x' import nope %}{{ nope() }}", "{% import u as x %}", "{% from ['x'] import one %}",
            f"{{% set x = 5 %}}{{% with a = 4 %}}{{% import 'x' as lib{context} %}}{{{{ lib.one('k') }}}}{{% endwith %}}", f"{{% block b %}}{{% import 'x' as x{context} %}}{{{{ x.one(2) }}}}{{% endblock %}}"])
        return use, {"x": library, "more": "{% set deep = 'deep' %}{{ deep }}{{ a }}"}

    def includes(self):
        part = self.pick(["{{ a }}", "{{ i }}{{ loop.index }}", "{{ x }}", "{% set x = 8 %}{{ x }}", "{{ m(1) }}", "{% block p %}{{ a }}{{ x }}{% endblock %}", "{% extends 't0' %}{% block p %}{{ a }}{% endblock %}", "{{ varargs }}{{ caller }}{{ v }}", "\n x \n"])
        context = self.pick(["", "", " with context", " without context"])
        name = self.pick(["'part'"] * 6 + ["['nope', 'part']", "['nope']", "'nope'", "'nope' ignore missing", "['nope', 'no'] ignore missing", "name", "u", "'p' ~ 'art'", "('nope', 'part')", "[]", "[] ignore missing", "none", "7"])
        tag = f"{{% include {name}{context} %}}"
        if "without" in context:
            # Inside of what captures output it is on the compatibility page.
            return self.pick([tag, "{% for i in l %}" + tag + "{% endfor %}", "{% set x = 5 %}" + tag]), {"part": part, "t0": "[{% block p %}base{% endblock %}]"}
        use = self.pick([tag, "{% for i in l %}" + tag + "{% endfor %}", "{% set x = 5 %}" + tag + "{{ x }}", "{% with x = 6 %}" + tag + "{% endwith %}", "{% macro m(v) %}" + tag + "{% endmacro %}{{ m(1) }}", "{% block p %}" + tag + "{% endblock %}",
                         "{% filter upper %}" + tag + "{% endfilter %}", "{% set q %}" + tag + "{% endset %}{{ q }}", "{% autoescape true %}{% set x = '<' %}" + tag + "{% endautoescape %}", "{% if a %}{% set x = 1 %}{% endif %}" + tag])
        return use, {"part": part, "t0": "[{% block p %}base{% endblock %}]"}

    def case(self):
        """A whole case of this module's forms."""
        options = {name: True for name in ("trim_blocks", "lstrip_blocks", "keep_trailing_newline") if self.chance(0.4)}
        options["autoescape"] = "html" if self.chance(0.25) else "none"
        options["undefined"] = self.pick(["lenient"] * 6 + ["chainable", "strict"])
        form, templates = self.below(10), {}
        if form < 3:
            template, templates = self.composed()
        elif form < 7:
            template = self.odd_output()
        else:
            template = self.pick([self.spaced, self.macros, self.loops, self.scopes])()
        if "extends" not in template and self.chance(0.15):
            template += self.pick(["\n", " ", ""]) + self.pick([self.spaced, self.macros, self.loops, self.scopes, self.odd_output])()
        templates = {"inc": "{{ a }}{{ x }}", "lib": "{% macro m1(v) %}[{{ v }}]{% endmacro %}"} | templates
        return {"template": template, "options": options, "templates": templates}
