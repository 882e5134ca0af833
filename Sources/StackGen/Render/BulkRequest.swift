internal import Diagnostics
internal import Jinja

/// One line of the bulk form: a template with its data, and the answer to it.
///
///     {"id": 1, "template": "{{ a }}", "data": {"a": 2}, "templates": {}, "options": {}}
///     {"id": 1, "output": "2"}
struct BulkRequest {
    private let template: String
    private let data: Value
    private let templates: [String: String]
    private let options: Options

    /// Answers a line with a line, without its newline: the output, or where and why there is none.
    static func answer(_ line: [UInt8]) -> [UInt8] {
        var id = Value.none
        var answer: [(String, Value)]
        do {
            let request = try Value(json: SourceFile(name: "<line>", bytes: line))
            guard case .dict(let fields) = request else {
                throw EvaluationError.value("a request is an object with a template")
            }
            id = fields["id"] ?? .none
            answer = [("output", .string(try BulkRequest(fields).render()))]
        } catch {
            answer = [("error", BulkError(error).value)]
        }
        answer.insert(("id", id), at: 0)
        // What was read as JSON can be written as JSON.
        return Array(((try? Value.dict(answer).json()) ?? "{}").utf8)
    }

    private init(_ fields: DictValue) throws {
        guard case .string(let template)? = fields["template"] else {
            throw EvaluationError.value("`template` is missing, or no text")
        }
        self.template = template
        data = .dict(try Self.mapping(fields, "data"))
        options = try Options(fields: try Self.mapping(fields, "options"))
        let sources = try Self.mapping(fields, "templates")
        templates = try zip(sources.keys, sources.values).reduce(into: [:]) { result, source in
            guard let name = source.0.stringValue, let text = source.1.stringValue else {
                throw EvaluationError.value("`templates` maps names to sources")
            }
            result[name] = text
        }
    }

    private static func mapping(_ fields: DictValue, _ name: String) throws -> DictValue {
        switch fields[name] {
        case nil, Value.none?: return DictValue()
        case .dict(let mapping)?: return mapping
        default: throw EvaluationError.value("`\(name)` is an object")
        }
    }

    private func render() throws -> String {
        var environment = Environment(options: options, loader: DictionaryLoader(templates))
        FieldFilters.add(to: &environment)
        return try environment.compile(source: SourceFile(name: "<template>", text: template)).render(data)
    }
}

/// Why a line of the bulk form has no output, as data.
private struct BulkError {
    let value: Value

    init(_ error: any Error) {
        switch error {
        case let error as TemplateError: value = Self.describe("syntax", error.message, error.diagnostics.first)
        case let error as RenderError:
            value = Self.describe(error.kind.snakeCased, error.message, error.diagnostics.first)
        case let error as DiagnosticError:
            let problem = error.diagnostics.first
            value = Self.describe("request", problem?.message ?? "the line is not JSON", problem)
        case let error as EvaluationError:
            let nearest = error.suggestion.map { "; did you mean `\($0)`?" } ?? ""
            value = Self.describe("request", error.message + nearest, nil)
        default: value = Self.describe("runtime", "\(error)", nil)
        }
    }

    private static func describe(_ kind: String, _ message: String, _ problem: Diagnostic?) -> Value {
        let start = problem?.span?.start
        return [
            "kind": .string(kind), "message": .string(message),
            "template": (problem?.span?.file.name).map { .string($0) } ?? .none,
            "line": start.map { .int($0.line) } ?? .none, "column": start.map { .int($0.column) } ?? .none,
        ]
    }
}

extension RenderError.Kind {
    /// The kind as the bulk form names it: `template_not_found`.
    fileprivate var snakeCased: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}
