import Diagnostics
import Jinja
import Testing

/// Templates that would exhaust the stack, memory or time end in a located error.
@Suite struct SafetyTests {
    private func failure(
        _ template: String, templates: [String: String] = [:],
        _ change: (inout Options) -> Void = { _ in }
    )
        -> (any Error)?
    {
        var options = Options()
        change(&options)
        do {
            let environment = Environment(options: options, loader: DictionaryLoader(templates))
            _ = try environment.compile(source: SourceFile(name: "t", text: template)).renderBytes()
            return nil
        } catch {
            return error
        }
    }

    private func isLocatedLimit(_ error: (any Error)?) -> Bool {
        guard let error = error as? RenderError else { return false }
        return error.kind == .limit && error.diagnostics.first?.span != nil
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("{1:", "}"), ("not ", ""), ("-", ""), ("f(", ")"), ("a[", "]"),
        ("1 if 1 else ", ""),
        ("a|f(", ")"), ("a is t(", ")"),
    ])
    func deepExpressionIsAnError(_ pair: (String, String)) {
        let depth = 10_000
        let text =
            String(repeating: pair.0, count: depth) + "1" + String(repeating: pair.1, count: depth)
        let error = failure("{{ \(text) }}") as? TemplateError
        #expect(error?.diagnostics.first?.id == "JINJA005")
        #expect(error?.diagnostics.first?.span != nil)
    }

    @Test(arguments: ["+ 1", "* 1", "~ 1", "and 1", "== 1", ".a", "[0]", "|abs", "()", "is none"])
    func longChainIsEitherFineOrAnError(_ link: String) {
        let text = "1 " + String(repeating: link + " ", count: 10_000)
        let error = failure("{{ \(text) }}")
        #expect(error == nil || error is TemplateError || error is RenderError)
    }

    @Test(arguments: [
        ("{% if 1 %}", "{% endif %}"), ("{% for x in [1] %}", "{% endfor %}"),
        ("{% with %}", "{% endwith %}"),
        ("{% filter upper %}", "{% endfilter %}"), ("{% macro m() %}", "{% endmacro %}"),
        ("{% if 1 %}", ""),
    ])
    func deepStatementsAreAnError(_ pair: (String, String)) {
        let depth = 10_000
        let error =
            failure(String(repeating: pair.0, count: depth) + String(repeating: pair.1, count: depth))
            as? TemplateError
        #expect(error?.diagnostics.contains { $0.id == "JINJA005" && $0.span != nil } == true)
    }

    @Test(arguments: [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% include 'self' %}", "{% extends 'extended' %}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}",
    ])
    func endlessRecursionIsAnError(_ template: String) {
        let error = failure(
            template, templates: ["self": "{% include 'self' %}", "extended": "{% extends 'extended' %}"])
        #expect(isLocatedLimit(error), "\(String(describing: error))")
    }

    @Test(arguments: [
        "{{ 'x' * 10000000000 }}", "{{ [0] * 10000000000 }}", "{{ range(100000000) }}",
        "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s='a') %}{% for i in range(60) %}{% set ns.s = ns.s|replace('a', 'aaaa') %}{% endfor %}",
        "{% set l = [1] %}{% for i in range(60) %}{% do l.extend(l) %}{% endfor %}",
        "{{ '%2000000000d' % 1 }}", "{{ 'x'.center(9000000000000) }}",
        "{{ 'a'|center(9000000000000) }}",
        "{{ 'a\n'|indent(9000000000000) }}", "{{ [1]|batch(900000000, 0)|list }}",
        "{{ [1]|slice(900000000)|list }}",
        "{{ lipsum(900000000) }}", "{{ 'x'.ljust(9000000000000000000) }}",
        "{{ '{:1000000000}'.format(1) }}",
    ])
    func hugeValueIsAnError(_ template: String) {
        // A smaller budget than the default keeps the test quick; what is checked is the same.
        let error = failure(template) { $0.limits.memoryBytes = 16 << 20 } as? RenderError
        #expect(error?.kind == .limit || error?.kind == .value, "\(String(describing: error))")
        #expect(error?.diagnostics.first?.span != nil)
    }

    @Test func endlessWorkIsAnError() {
        let template =
            "{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}"
        #expect(isLocatedLimit(failure(template) { $0.limits.steps = 50_000 }))
        #expect(isLocatedLimit(failure(template) { $0.limits.outputBytes = 50_000 }))
    }

    @Test func deepValuesNeitherOverflowNorCrash() {
        let build =
            "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}"
        #expect(failure(build) == nil)
        for use in [
            "{{ ns.x }}", "{{ ns.x|tojson }}", "{{ ns.x|toyaml }}", "{{ ns.x|pprint }}",
            "{{ ns.x == [[ns.x]] }}",
        ] {
            let error = failure(build + use)
            #expect(error == nil || isLocatedLimit(error), "\(use): \(String(describing: error))")
        }
        #expect(failure("{% set a = [] %}{% do a.append(a) %}{{ a }}{{ a|tojson }}") is RenderError)
    }

    @Test(arguments: [
        "{% do l.append(l) %}{{ l }}", "{% do l.append((l,)) %}", "{% do l.append({'a': l}) %}",
        "{% do l.append([[l]]) %}{% do l.insert(0, l) %}", "{% do l.extend([l, l]) %}",
        "{% do l.append(l|map('string')) %}", "{% do l.append(l.append) %}", "{% do l.append([cycler(l)]) %}",
        "{% set ns = namespace(x=l) %}{% do l.append(ns) %}",
        "{% macro m() %}{{ l }}{% endmacro %}{% do l.append(m) %}",
        "{% set d = {} %}{% do d.update(d=d, l=l) %}{% do d.setdefault('e', d) %}{% do l.append(d) %}",
        "{% set ns = namespace() %}{% set ns.ns = ns %}{% set ns.l = l %}{% do l.append(ns) %}",
    ])
    func collectionsInsideThemselvesAreFreed(_ template: String) throws {
        weak var held: ListValue?
        do {
            let list = ListValue([1])
            held = list
            let source = SourceFile(name: "t", text: template)
            _ = try Environment().compile(source: source).renderBytes(["l": .list(list)])
        }
        #expect(held == nil)
    }

    @Test func whatIsOnlySharedIsKept() throws {
        let inner = ListValue([1])
        let outer = ListValue()
        let source = SourceFile(
            name: "t", text: "{% do o.append(i) %}{% do o.append(i) %}{% do i.append([2]) %}{{ o }}")
        let text = try Environment().compile(source: source).render(["o": .list(outer), "i": .list(inner)])
        #expect(text == "[[1, [2]], [1, [2]]]")
        #expect(try Value.list(outer).printed() == text)
    }

    @Test(arguments: [
        "{% for i in range(100000) %}{% include 'part' %}{% endfor %}",
        "{% for i in range(100000) %}{% import 'part' as p with context %}{% endfor %}",
        "{% for i in range(100000) %}{% block b scoped %}{% endblock %}{% endfor %}",
        "{% for i in range(100000) %}{% macro m() %}{% endmacro %}{% endfor %}",
    ])
    func whatStaysUntilTheEndIsCounted(_ template: String) {
        #expect(isLocatedLimit(failure(template, templates: ["part": ""]) { $0.limits.memoryBytes = 4 << 20 }))
    }

    @Test func anyBytesCompileOrFail() {
        var generator = LinearGenerator(seed: 7)
        let pieces = [
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "if", "for", "x", " in ", "'", "\"", "\\", "(",
            ")", "[", "]",
            "{", "}", "|", ".", ",", "raw", "endraw", "endif", "else", "block", "set", "=", "1", "1.5",
            "\n", " ", "é",
            "\u{2028}", "macro", "call", "filter", "is", "not", "~", "**", "//", "\r\n", "\u{0}",
        ]
        for _ in 0..<3_000 {
            let count = generator.next(below: 24)
            var bytes: [UInt8] = []
            for _ in 0..<count {
                if generator.next(below: 12) == 0 {
                    bytes.append(UInt8(generator.next(below: 256)))
                } else {
                    bytes += Array(pieces[generator.next(below: pieces.count)].utf8)
                }
            }
            let environment = Environment()
            do {
                _ = try environment.compile(source: SourceFile(name: "t", bytes: bytes)).renderBytes()
            } catch {
                #expect(error is TemplateError || error is RenderError, "\(bytes): \(error)")
            }
        }
    }
}

/// A seeded generator, so that a failing run can be repeated.
struct LinearGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
