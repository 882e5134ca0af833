public import Diagnostics
import YAML

/// Checks a single new value against the declaration of its field, before anything is written.
public enum FieldCheck {
    /// What a value turned out to be.
    public struct Outcome: Sendable {
        /// The value; `nil` where it is not one of the field.
        public let value: ConfigValue?
        /// What the value is made of, for the editor: a text type stays a text although it looks like a number.
        public let shape: Shape?
        /// What is wrong with it. Places lie in the argument.
        public let diagnostics: [Diagnostic]
    }

    /// Checks a value as it was typed on a command line.
    /// - Parameters:
    ///   - text: the value; texts are taken as they are, everything else is read as YAML.
    ///   - path: the field: `eks.version`, `instance_groups[gpu-workers].count`, `tags["a.b"]`.
    ///   - kind: the kind of the configuration.
    public static func check(_ text: String, at path: String, kind: StackKind) -> Outcome {
        let argument = SourceFile(name: "<argument>", text: text)
        guard let part = part(at: path, kind: kind) else {
            return Outcome(value: nil, shape: nil, diagnostics: [unknownPath(path, kind)])
        }
        let shape = part.limits.applied(to: part.type.shape)
        let isText =
            switch shape {
            case .text, .choice: true
            default: false
            }
        let file = isText ? SourceFile(name: "<argument>", text: ConfigValue.quoted(text)) : argument
        let parsed = Parser.parse(file)
        guard let node = parsed.document?.root, parsed.diagnostics.isEmpty else {
            let found = parsed.diagnostics.isEmpty ? [noValue(argument, path)] : parsed.diagnostics
            return Outcome(value: nil, shape: shape, diagnostics: found)
        }
        var decoder = ConfigDecoder()
        decoder.path = (PathSegments.parse(path) ?? []).suffix(1).map { .key($0) }
        let value = decode(part, node, &decoder)
        let diagnostics = isText ? decoder.diagnostics.map { moved($0, to: argument) } : decoder.diagnostics
        return Outcome(value: diagnostics.isEmpty ? value : nil, shape: shape, diagnostics: diagnostics)
    }

    private static func part(at path: String, kind: StackKind) -> FieldPart? {
        guard let segments = PathSegments.parse(path), !segments.isEmpty else { return nil }
        var part = FieldPart(type: kind.root, limits: .none)
        for segment in segments {
            guard let next = part.type.part(segment) else { return nil }
            part = next
        }
        return part
    }

    private static func decode(_ part: FieldPart, _ node: Node, _ decoder: inout ConfigDecoder) -> ConfigValue? {
        func open<Value: FieldValue>(_ type: Value.Type) -> ConfigValue? {
            guard !decoder.hasNoValue(node), let value = Value.decode(node, &decoder) else { return nil }
            return decoder.check(node, against: part.limits) ? value.configValue : nil
        }
        return open(part.type)
    }

    private static func noValue(_ file: SourceFile, _ path: String) -> Diagnostic {
        .error(
            SchemaRule.noValue.id, "`\(path)` gets no value", at: SourceSpan(file, 0..<0),
            fix: Diagnostic.Fix("write a value behind the equals sign"))
    }

    private static func unknownPath(_ path: String, _ kind: StackKind) -> Diagnostic {
        let file = SourceFile(name: "<argument>", text: path)
        let known = kind.info.paths.map(\.path)
        let plain = (PathSegments.parse(path) ?? []).joined(separator: ".")
        let nearest = Spelling.nearest(to: path, in: known) ?? Spelling.nearest(to: plain, in: known)
        return .error(
            SchemaRule.unknownKey.id, "there is no key `\(path)`", at: SourceSpan(file, 0..<file.bytes.count),
            label: nearest.map { "did you mean `\($0)`?" }, fix: nearest.map { Diagnostic.Fix("write `\($0)`") })
    }

    /// Texts are read from a quoted copy; what is said about the copy is said about the whole argument.
    private static func moved(_ diagnostic: Diagnostic, to file: SourceFile) -> Diagnostic {
        var result = diagnostic
        let whole = SourceSpan(file, 0..<file.bytes.count)
        result.span = whole
        if let edit = result.fix?.edits.first {
            result.fix = Diagnostic.Fix(
                result.fix?.description ?? "", edits: [TextEdit(span: whole, replacement: edit.replacement)],
                isSafe: result.fix?.isSafe ?? false)
        }
        return result
    }
}
