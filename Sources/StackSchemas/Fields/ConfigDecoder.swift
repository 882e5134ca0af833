public import Diagnostics
import YAML

/// Reads a document into records: collects every problem and remembers which values could not be read.
public struct ConfigDecoder: Sendable {
    /// Everything found so far.
    public internal(set) var diagnostics: [Diagnostic] = []
    /// Where values could not be read: their records hold defaults instead, which no rule may judge.
    public internal(set) var brokenPaths: [ConfigPath] = []
    var path: [ConfigPath.Step] = []

    /// Nothing found yet.
    public init() {}

    /// Reports a problem at the current place and marks its value as unreadable.
    mutating func fail(
        _ rule: SchemaRule, _ message: String, at span: SourceSpan, label: String? = nil,
        notes: [Diagnostic.Note] = [], fix: Diagnostic.Fix? = nil
    ) {
        diagnostics.append(.error(rule.id, message, at: span, label: label, notes: notes, fix: fix))
        brokenPaths.append(ConfigPath(path))
    }

    /// The key or item that is being read, for a message.
    var subject: String {
        guard let last = path.last else { return "the configuration" }
        switch last {
        case .key(let key): return "`\(key)`"
        case .index(let index):
            guard case .key(let key)? = path.last(where: { if case .key = $0 { true } else { false } }) else {
                return "item \(index + 1)"
            }
            return "item \(index + 1) of `\(key)`"
        }
    }

    /// Reports a key that was written without a value, and says whether it was one.
    mutating func hasNoValue(_ node: Node, of key: Node? = nil) -> Bool {
        guard let scalar = node.scalar, scalar.text.isEmpty, node.isNull else { return false }
        let fix =
            key == nil
            ? Diagnostic.Fix("write a value behind the `-`, or remove the item")
            : Diagnostic.Fix("write a value behind the colon, or remove the key")
        fail(.noValue, "\(subject) has no value", at: key?.span ?? node.span, fix: fix)
        return true
    }

    /// The text of a scalar, as it is written.
    mutating func text(of node: Node, expected: @autoclosure () -> Shape) -> String? {
        guard let scalar = node.scalar, !node.isNull else {
            reportType(node, expected: expected())
            return nil
        }
        let text = scalar.text
        guard let defect = TextScan.defect(in: text) else { return text }
        switch defect {
        case .dynamicReference:
            fail(
                .dynamicReference, "\(subject) holds a dynamic reference of CloudFormation", at: node.span,
                label: "CloudFormation would replace this text",
                fix: Diagnostic.Fix("write the value itself; `{{resolve:` is not allowed in a configuration"))
        case .control(let scalar):
            let code = String(scalar.value, radix: 16, uppercase: true)
            let digits = String(repeating: "0", count: max(0, 4 - code.count)) + code
            fail(.controlCharacter, "\(subject) holds the control character U+\(digits)", at: node.span)
        }
        return nil
    }
}

/// Finds what no text of a configuration may hold, in one pass over its bytes.
enum TextScan {
    enum Defect {
        case dynamicReference
        case control(Unicode.Scalar)
    }

    /// Tabs and line breaks are text; other control characters of ASCII are refused by every API. Those above ASCII
    /// are left to the rules of the values.
    static func defect(in text: String) -> Defect? {
        var hasBraces = false
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F, byte != 0x09, byte != 0x0A, byte != 0x0D {
                return .control(Unicode.Scalar(byte))
            }
            if byte == UInt8(ascii: "{") { hasBraces = true }
        }
        return hasBraces && text.contains("{{resolve:") ? .dynamicReference : nil
    }
}
