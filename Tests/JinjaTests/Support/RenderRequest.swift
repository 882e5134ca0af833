import Diagnostics
import Jinja

/// One rendering described as data: the shape of a case file and of a line of the bulk form.
struct RenderRequest {
    var template: String
    var data: Value
    var templates: [String: String]
    var options: Options

    init(_ value: Value) {
        let fields = Self.fields(value)
        template = fields["template"]?.stringValue ?? ""
        data = fields["data"] ?? .dict([])
        templates = Self.fields(fields["templates"]).compactMapValues(\.stringValue)
        options = Self.options(Self.fields(fields["options"]))
    }

    func render() throws -> String {
        let environment = Environment(options: options, loader: DictionaryLoader(templates))
        return try environment.compile(source: SourceFile(name: "template", text: template)).render(
            data)
    }

    private static func fields(_ value: Value?) -> [String: Value] {
        guard case .dict(let mapping)? = value else { return [:] }
        return zip(mapping.keys, mapping.values).reduce(into: [:]) { $0[$1.0.stringValue ?? ""] = $1.1 }
    }

    private static func options(_ fields: [String: Value]) -> Options {
        var options = Options()
        func flag(_ name: String) -> Bool {
            if case .bool(true)? = fields[name] { true } else { false }
        }
        options.trimBlocks = flag("trim_blocks")
        options.lstripBlocks = flag("lstrip_blocks")
        options.keepTrailingNewline = flag("keep_trailing_newline")
        options.strictCompilation = flag("strict_compilation")
        options.undefined =
            UndefinedBehavior(rawValue: fields["undefined"]?.stringValue ?? "") ?? .lenient
        options.autoescape = EscapeMode(rawValue: fields["autoescape"]?.stringValue ?? "") ?? .none
        options.delimiters = delimiters(fields)
        if let newline = fields["newline_sequence"]?.stringValue { options.newlineSequence = newline }
        return options
    }

    private static func delimiters(_ fields: [String: Value]) -> Delimiters {
        var delimiters = Delimiters()
        func set(_ path: WritableKeyPath<Delimiters, String>, _ name: String) {
            if let text = fields[name]?.stringValue { delimiters[keyPath: path] = text }
        }
        set(\.blockStart, "block_start_string")
        set(\.blockEnd, "block_end_string")
        set(\.variableStart, "variable_start_string")
        set(\.variableEnd, "variable_end_string")
        set(\.commentStart, "comment_start_string")
        set(\.commentEnd, "comment_end_string")
        delimiters.lineStatementPrefix = fields["line_statement_prefix"]?.stringValue
        delimiters.lineCommentPrefix = fields["line_comment_prefix"]?.stringValue
        return delimiters
    }
}
