// Throws templates made of pieces of the language at the lexer, the compiler and the evaluator. Nothing may crash,
// hang or use memory without bound; what a template prints does not matter.
//
//     jinja-fuzzer SEED COUNT [--write FILE]
//
// With `--write` each template is written to FILE before it runs, so that after a crash FILE holds the culprit.
// A template that takes longer than `slowest` is printed and makes the run fail: some work is not counted.

import Diagnostics
import Foundation
import Jinja

/// A small generator of numbers that depends on its seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Makes templates: some well formed but for their meaning, some cut, doubled and spliced byte by byte.
struct TemplateGenerator {
    var random: SeededGenerator
    private var earlier: [[UInt8]] = []

    init(seed: UInt64) {
        random = SeededGenerator(state: seed)
    }

    static let opening = ["{{", "{{-", "{%", "{%-", "{%+", "{#", "{#-", "# ", "## "]
    static let closing = ["}}", "-}}", "%}", "-%}", "+%}", "#}", "-#}", "\n"]
    static let statements = [
        "if a", "elif b", "else", "endif", "for x in l", "for x, y in d.items() if x recursive", "for x in range(9)",
        "endfor", "set a = l", "set a, b = l", "set ns.x = 1", "set q", "set q | upper", "endset",
        "macro m(a, b=a, c=[])",
        "endmacro", "call m(1)", "call(x) m(1)", "endcall", "filter upper", "filter indent(3)", "endfilter",
        "with a = 1, b = a",
        "endwith", "block b", "block c scoped required", "endblock", "endblock b", "extends 'base'", "extends a",
        "include 'inc'", "include ['x', 'inc'] ignore missing", "include a without context", "import 'lib' as l",
        "from 'lib' import m, v as w with context", "do l.append(1)", "do l.append(l)", "break", "continue", "raw",
        "endraw", "autoescape a", "autoescape 'yaml'", "endautoescape", "print a", "bogus", "",
    ]
    static let operands = [
        "a", "l", "d", "s", "f", "n", "u", "x", "loop", "loop.index", "loop.nextitem", "loop(l)", "m(1)", "m",
        "super()",
        "self.b()", "caller()", "ns", "1", "0", "-1", "9223372036854775807", "1e308", "0.1", "1_0", "0x1F", "'a'",
        "\"é😀\"",
        "'\\x41\\u00e9\\U0001F600'", "''", "[]", "[1, 2]", "(1,)", "()", "{}", "{'a': [1]}", "true", "none",
        "range(5)", "range(10, 0, -3)", "namespace(x=1)", "cycler(1, 2)", "joiner('|')", "dict(a=1)", "lipsum(1)",
        "range(999999999)", "'%5.3f%(a)s%*d'", "'{:>9}{0}{a.b[0]!r}'", "'a b-c<d>&http://x.y'",
    ]
    static let operators = [
        " + ", " - ", " * ", " / ", " // ", " % ", " ** ", " ~ ", " == ", " < ", " >= ", " in ", " not in ", " and ",
        " or ", " is ", " is not ", " if a else ", " | ", ".", ", ", ": ", " = ", "[", "](", ")[", "|", " not ",
    ]
    static let suffixes = [
        "|", ".items()", ".split()", ".append(a)", "[0]", "[::-1]", "[1:]", "[a]", ".x", "(a)", "(*l, **d)", "(a=1)",
        ".format(a, b=1)", ".join(l)", ".replace('a', s)", ".zfill(9)", ".center(99)", " is defined",
        " is divisibleby 0",
        " is sameas a", " is in l", "|map('upper')|list", "|map(attribute='a.b')|list", "|select('odd')|list",
        "|groupby('a')", "|sort(attribute='a,b')", "|batch(3, 0)|list", "|slice(0)|list", "|round(3, 'ceil')",
        "|tojson(2)",
        "|wordwrap(1)", "|truncate(3)", "|indent('xx', true)", "|urlize(3)", "|xmlattr", "|format(a, l)",
        "|sum(start=s)",
        "|int(base=36)", "|filesizeformat(true)", "|default(a, true)", "|pprint", "|toyaml", "|to_json(indent=2)",
        "|center(9)",
        "|dictsort(by='value')", "|unique|list", "|random", "|attr('a')", "|replace('', 'xy', 3)", "|b64encode",
        "|striptags",
    ]
    static let texts = ["", " ", "\n", "\r\n", "text", "\t{", "}", "é", "\u{2028}", "  \n  ", "%", "{ {"]

    /// Tags with their ends.
    static let blocks = [
        ("if a", "endif"), ("if a", "elif b"), ("for x in l", "endfor"), ("for x in a", "endfor"),
        ("for x, y in d.items()", "endfor"), ("for x in l if a recursive", "endfor"), ("set q", "endset"),
        ("set q | upper | trim", "endset"), ("macro m(a, b=a, c=[])", "endmacro"), ("macro n(x)", "endmacro"),
        ("call m(1)", "endcall"), ("call(x) m(a)", "endcall"), ("filter upper", "endfilter"),
        ("filter indent(3) | escape", "endfilter"), ("with a = 1, b = a", "endwith"), ("autoescape a", "endautoescape"),
        ("autoescape 'yaml'", "endautoescape"), ("raw", "endraw"),
    ]
    static let singles = [
        "set a = a", "set l = [a]", "set ns = namespace(x=0)", "include 'inc'", "include ['no', 'inc'] ignore missing",
        "include 'inc' without context", "import 'lib' as l", "from 'lib' import m, v as w with context",
        "do l.append(a)",
        "do l.append(l)", "break", "continue", "print a", "extends 'base'",
    ]

    mutating func expression(_ depth: Int) -> String {
        var text = pick(Self.operands)
        for _ in 0..<Int.random(in: 0...max(0, depth), using: &random) {
            switch Int.random(in: 0..<24, using: &random) {
            case 0: text = pick(["{", "(", "]"]) + text + pick(["", "]", ")"])
            case 1: text += pick(Self.operators)
            case 2...4: text = pick(["not ", "-", "+"]) + text
            case 5...7: text = "[" + text + ", " + expression(depth - 1) + "]"
            case 8...10: text = "(" + text + " if " + expression(depth - 1) + " else " + text + ")"
            case 11...15: text = "(" + text + pick(Array(Self.operators.prefix(15))) + expression(depth - 1) + ")"
            default: text = "(" + text + ")" + pick(Array(Self.suffixes.dropFirst()))
            }
            if text.utf8.count > 2_000 { break }
        }
        return text
    }

    mutating func next() -> [UInt8] {
        var bytes = Array(body(3).utf8)
        if Int.random(in: 0..<4, using: &random) == 0 { mutate(&bytes) }
        if earlier.count < 200 {
            earlier.append(bytes)
        } else {
            earlier[Int.random(in: 0..<200, using: &random)] = bytes
        }
        return bytes
    }

    private mutating func body(_ depth: Int) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            text += pick(Self.texts)
            switch Int.random(in: 0..<24, using: &random) {
            case 0: text += pick(Self.opening) + " " + expression(2) + " " + pick(Self.closing)
            case 1: text += "{% " + filled(pick(Self.statements)) + " %}"
            case 2...6: text += "{% " + filled(pick(Self.singles)) + pick([" %}", " -%}"])
            case 7...14 where depth > 0:
                guard let (head, end) = Self.blocks.randomElement(using: &random) else { break }
                text += "{% " + filled(head) + pick([" %}", " -%}"]) + body(depth - 1)
                text += end == "elif b" ? "{% elif b %}{% else %}{% endif %}" : "{%- " + end + " %}"
            default: text += "{{ " + expression(3) + pick([" }}", " -}}"])
            }
        }
        return text
    }

    /// A statement with an expression in place of its `a`.
    private mutating func filled(_ statement: String) -> String {
        guard statement.hasSuffix(" a") || statement.contains(" a ") || statement.hasSuffix("(a)"),
            Bool.random(using: &random), let place = statement.range(of: "a", options: .backwards)
        else { return statement }
        return statement.replacingCharacters(in: place, with: expression(2))
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.append(contentsOf: Array(repeating: bytes[place], count: 300))
            case 4: bytes = Array(bytes[..<place])
            default:
                let other = earlier.randomElement(using: &random) ?? []
                bytes.insert(contentsOf: other.prefix(500), at: place)
            }
        }
        if bytes.count > 20_000 { bytes = Array(bytes[..<20_000]) }
    }

    private mutating func pick(_ pieces: [String]) -> String { pieces.randomElement(using: &random) ?? "" }
}

/// Runs templates under small budgets.
struct Runner {
    private let environments: [Jinja.Environment]
    /// Made anew for each template: templates can change the lists they are given.
    private var data: Value {
        [
            "a": 1, "b": "text <b>", "l": [3, 1, 2], "d": ["a": 1, "k": ["b": [1]]], "s": "Hello wörld, a-b", "f": 2.5,
            "n": .none,
        ]
    }

    init() {
        let templates = [
            "inc": "{{ a }}{% for i in l %}{{ loop.last }}{% endfor %}", "x": "{% include 'x' %}",
            "lib": "{% macro m(p) %}{{ p }}{{ caller() if caller }}{% endmacro %}{% set v = [1] %}",
            "base": "<{% block b %}{{ a }}{% endblock %}{% block c scoped %}{% endblock %}>",
        ]
        environments = UndefinedBehavior.allCases.flatMap { undefined in
            EscapeMode.allCases.map { escape in
                var options = Options()
                options.undefined = undefined
                options.autoescape = escape
                options.trimBlocks = undefined == .strict
                options.lstripBlocks = escape == .html
                options.strictCompilation = escape == .json
                if escape == .yaml { options.delimiters.lineStatementPrefix = "#" }
                if undefined == .debug { options.delimiters.lineCommentPrefix = "##" }
                options.limits.steps = 3_000
                options.limits.outputBytes = 200_000
                options.limits.memoryBytes = 2_000_000
                options.limits.sequenceLength = 5_000
                return Environment(options: options, loader: DictionaryLoader(templates))
            }
        }
    }

    /// Whether the template compiled, and whether it rendered.
    func run(_ bytes: [UInt8], _ number: Int) -> (compiled: Bool, rendered: Bool) {
        let environment = environments[number % environments.count]
        guard let template = try? environment.compile(source: SourceFile(name: "fuzz", bytes: bytes)) else {
            return (false, false)
        }
        return (true, (try? template.renderBytes(data)) != nil)
    }
}

let arguments = CommandLine.arguments
let seed = arguments.count > 1 ? UInt64(arguments[1]) ?? 1 : 1
let count = arguments.count > 2 ? Int(arguments[2]) ?? 1_000 : 1_000
/// In seconds of the processor: a busy machine makes no template slow.
let slowest = 2.0
let record = arguments.count > 4 ? URL(fileURLWithPath: arguments[4]) : nil
var generator = TemplateGenerator(seed: seed)
let runner = Runner()
var compiled = 0
var rendered = 0
var slow = 0
for number in 0..<count {
    let bytes = generator.next()
    if let record { try Data(bytes).write(to: record) }
    let start = clock()
    let outcome = runner.run(bytes, number)
    // POSIX demands a million of them in a second.
    let elapsed = Double(clock() - start) / 1_000_000
    if elapsed > slowest {
        slow += 1
        print("template \(number) took \(elapsed) seconds:\n\(String(decoding: bytes, as: UTF8.self))\n")
    }
    compiled += outcome.compiled ? 1 : 0
    rendered += outcome.rendered ? 1 : 0
}
print("\(count) templates from seed \(seed): \(compiled) compiled, \(rendered) rendered, \(slow) slow, none crashed")
exit(slow == 0 ? 0 : 1)
