internal import Diagnostics
internal import Jinja
internal import StackSchemas

/// The engine as stackgen uses it: with the filters of our field, and with errors as diagnostics.
enum TemplateEngine {
    /// The options of stackgen's own kinds: an unknown name is an error, and every value that is printed is a
    /// YAML value, whatever characters it holds.
    static var kindOptions: Options {
        var options = Options()
        options.trimBlocks = true
        options.lstripBlocks = true
        options.strictCompilation = true
        options.undefined = .strict
        options.autoescape = .yaml
        return options
    }

    /// Compiles a template.
    /// - Throws: `DiagnosticError` with every problem that can be known without data.
    static func compile(_ source: SourceFile, options: Options, loader: any TemplateLoader) throws -> Template {
        var environment = Environment(options: options, loader: loader)
        FieldFilters.add(to: &environment)
        do {
            return try environment.compile(source: source)
        } catch let error as TemplateError {
            throw DiagnosticError(error.diagnostics)
        }
    }

    /// Evaluates a template.
    /// - Throws: `DiagnosticError` with the place and the chain of calls that led there.
    static func evaluate(_ template: Template, _ context: Value) throws -> [UInt8] {
        do {
            return try template.renderBytes(context)
        } catch let error as RenderError {
            throw DiagnosticError(error.diagnostics)
        } catch let error as TemplateError {
            throw DiagnosticError(error.diagnostics)
        }
    }
}

/// The filters that the engine itself does not have, as they need hashes or address arithmetic.
enum FieldFilters {
    static func add(to environment: inout Environment) {
        environment.addFilter("logical_id", .none) { value, _ in
            .markup(LogicalID.make(from: try text(value, "logical_id")))
        }
        environment.addFilter("sha256", .none) { value, _ in
            .string(ContentHash.sha256(try text(value, "sha256")))
        }
        environment.addFilter("parameter", .none) { value, _ in .string(try ParameterText.text(of: value)) }
        environment.addFilter("json_text", .none) { value, _ in .string(try ParameterText.json(value)) }
        environment.addFilter(
            "cidr_subnets", Signature([.required("prefix_length"), .optional("count")])
        ) { value, arguments in
            try subnets(
                of: try text(value, "cidr_subnets"), prefixLength: try arguments.integer(0),
                count: try arguments.optionalInteger(1))
        }
    }

    private static func text(_ value: Value, _ filter: String) throws -> String {
        guard let text = value.stringValue else {
            throw EvaluationError.type("`\(filter)` needs a text, not '\(value.typeName)'")
        }
        return text
    }

    /// The blocks of a length that a CIDR block holds, in order: all of them, or the first `count`.
    private static func subnets(of text: String, prefixLength: Int, count: Int?) throws -> Value {
        guard let block = CIDRBlock(checking: text) else {
            throw EvaluationError.value("`\(text)` is no CIDR block such as 10.0.0.0/16")
        }
        guard (block.prefixLength...32).contains(prefixLength) else {
            throw EvaluationError.value("a /\(prefixLength) does not fit into \(text)")
        }
        let available = 1 << (prefixLength - block.prefixLength)
        guard let wanted = count ?? (available <= limit ? available : nil), (0...min(available, limit)).contains(wanted)
        else {
            throw EvaluationError.limit("\(text) has \(available) blocks of /\(prefixLength); ask for at most \(limit)")
        }
        let blocks = (0..<wanted).compactMap { block.subnet($0, prefixLength: prefixLength) }
        return .list(blocks.map { Value.string($0.text) })
    }

    private static let limit = 4_096
}
