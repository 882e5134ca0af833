import Diagnostics
import Jinja
import Testing

/// What a program that uses the engine relies on.
@Suite struct EmbeddingTests {
    @Test func registeredFunctionsAreUsed() throws {
        var environment = Environment()
        environment.addFilter("twice", Signature([.optional("separator", "-")])) { value, arguments in
            let text = try value.printed()
            return .string(text + (try arguments.text(0)) + text)
        }
        environment.addFunction("answer", .none) { _ in 42 }
        environment.addTest("big") { value, _ in (value.integerValue ?? 0) > 9 }
        environment.addGlobal("region", "us-east-1")
        let source = SourceFile(
            name: "t",
            text: "{{ 'a'|twice }} {{ 'a'|twice('+') }} {{ answer() }} {{ 10 is big }} {{ region }}")
        #expect(try environment.compile(source: source).render() == "a-a a+a 42 True us-east-1")
    }

    @Test func referencedVariablesAreTheOnesOfTheContext() throws {
        let text = """
            {% set a = b %}{{ a }}{% for x in xs if x.ok and limit %}{{ loop.index }}{{ x }}{% endfor %}{{ range(n) }}
            {% macro m(p, q=d) %}{{ p }}{{ caller() }}{{ outer }}{% endmacro %}{% block z %}{{ inblock }}{% endblock %}
            {% with w = v %}{{ w }}{% endwith %}{% include tpl %}{% if c %}{% set late = 1 %}{% endif %}{{ ns.attr }}
            """
        let template = try Environment().compile(source: SourceFile(name: "t", text: text))
        #expect(
            template.referencedVariables
                == ["b", "c", "d", "inblock", "limit", "n", "ns", "outer", "tpl", "v", "xs"])
    }

    @Test func contextKeepsItsOrderAndIsNotChanged() throws {
        let context: Value = ["z": 1, "a": [1, 2.5, true, "x"]]
        let template = try Environment().compile(
            source: SourceFile(name: "t", text: "{% set z = 2 %}{{ z }}{{ a }}"))
        #expect(try template.render(context) == "2[1, 2.5, True, 'x']")
        #expect(try template.render([("z", 1), ("a", "y")]) == "2y")
        #expect(try context.printed() == "{'z': 1, 'a': [1, 2.5, True, 'x']}")
    }

    @Test func strictCompilationReportsEverythingAtOnce() throws {
        var options = Options()
        options.strictCompilation = true
        let text =
            "{% if 0 %}{{ 1|uper }}{% endif %}{{ 1|upper(2) }}{{ 1 is evn }}{% block a %}{% endblock %}"
            + "{% block a %}{% endblock %}{{ 1 + }}{{ x|replace('a') }}{{ range() }}"
        let error = #expect(throws: TemplateError.self) {
            _ = try Environment(options: options).compile(source: SourceFile(name: "t", text: text))
        }
        #expect(
            error?.diagnostics.map(\.id)
                == ["JINJA010", "JINJA011", "JINJA010", "JINJA004", "JINJA001", "JINJA011", "JINJA011"])
        #expect(error?.diagnostics.first?.label == "did you mean `upper`?")
    }

    @Test func lazyCompilationReportsWhenReached() throws {
        let source = SourceFile(name: "t", text: "{% if x %}{{ 1|uper }}{% endif %}ok")
        let template = try Environment().compile(source: source)
        #expect(try template.render(["x": false]) == "ok")
        let error = #expect(throws: RenderError.self) { _ = try template.render(["x": true]) }
        #expect(error?.kind == .unknownName)
        #expect(error?.diagnostics.first?.span?.start == SourceLocation(line: 1, column: 16))
    }

    @Test func templateCanBeRenderedTwiceAndShared() async throws {
        let source = SourceFile(
            name: "t", text: "{% set l = [] %}{% do l.append(n) %}{{ l }}{% macro m() %}{% endmacro %}")
        let template = try Environment().compile(source: source)
        let results = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try template.render(["n": 1]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: "[1]", count: 8))
    }

    @Test func spansAreRightWithCarriageReturns() throws {
        let source = SourceFile(name: "t", text: "a\r\nb\r\n{{ x.y }}\r\n")
        let error = #expect(throws: RenderError.self) {
            _ = try Environment().compile(source: source).render()
        }
        #expect(error?.diagnostics.first?.span?.start == SourceLocation(line: 3, column: 4))
        #expect(error?.diagnostics.first?.span?.text == "x.y")
    }
}
