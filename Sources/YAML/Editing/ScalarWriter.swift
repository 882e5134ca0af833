import Diagnostics

/// Writes a new scalar in the style of the one that it replaces, wherever the style can hold it.
struct ScalarWriter {
    let emitter: YAMLEmitter

    init(_ emitter: YAMLEmitter) { self.emitter = emitter }

    /// The text on one line.
    func text(_ value: YAMLValue, style: Scalar.Style, inFlow: Bool) -> String {
        guard let text = Self.quotable(value) else { return emitter.scalar(value, inFlow: inFlow) }
        switch style {
        case .doubleQuoted: return PlainText.doubleQuoted(text)
        case .singleQuoted where PlainText.canBeSingleQuoted(text): return PlainText.singleQuoted(text)
        case .singleQuoted: return PlainText.doubleQuoted(text)
        case .plain, .literal, .folded: return emitter.scalar(value, inFlow: inFlow)
        }
    }

    /// The text that may stand in quotes; a number that has to stay one may not.
    static func quotable(_ value: YAMLValue) -> String? {
        switch value {
        case .string(let text), .typed(let text): text
        default: nil
        }
    }

    /// The replacement of a `|` or `>` scalar in its own style; `nil` where the style cannot hold the text.
    func block(_ value: YAMLValue, replacing node: Node, newline: String) -> String? {
        guard let scalar = node.scalar, let text = Self.quotable(value), Self.fits(text, scalar.style) else {
            return nil
        }
        let old = node.file.text(in: node.range)
        let header = old.prefix { $0 != "\n" && $0 != "\r\n" && $0 != "\r" }
        let indicators = header.prefix { "|>+-0123456789".contains($0) }
        guard !indicators.contains(where: \.isNumber) else { return nil }
        let (chomping, lines) = PlainText.literal(text)
        let indentation = Self.indentation(of: old.dropFirst(header.count))
        let head = "\(scalar.style == .literal ? "|" : ">")\(chomping)\(header.dropFirst(indicators.count))"
        return ([head] + lines.map { emitter.indent($0, indentation) }).joined(separator: newline)
    }

    private static func fits(_ text: String, _ style: Scalar.Style) -> Bool {
        switch style {
        case .literal: PlainText.canBeLiteral(text)
        // A folded text of one line is the same in a literal block.
        case .folded: !text.dropLast().utf8.contains(0x0A) && PlainText.canBeLiteral(text + "\n")
        default: false
        }
    }

    /// The spaces before the first line that holds something.
    private static func indentation(of body: Substring) -> Int {
        var count = 0
        for scalar in body.unicodeScalars {
            switch scalar {
            case "\n", "\r": count = 0
            case " ": count += 1
            default: return count
            }
        }
        return count
    }
}
