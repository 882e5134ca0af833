/// Writes values as block YAML, the same bytes every time.
///
///     YAMLEmitter().emit(.map(["name": "a", "zones": .list([.string("use1-az4")])]))
///     // name: a
///     // zones:
///     //   - use1-az4
///
/// A string is quoted only where plain text would be read as something else, by YAML 1.2 or by 1.1.
public struct YAMLEmitter: Sendable {
    /// The spaces by which a map inside a map is indented.
    public var indentation: Int
    /// The spaces by which a list inside a map is indented: 0 puts the dashes below the key.
    public var listIndentation: Int

    /// libyaml takes a key only when its colon comes within 1024 characters (YAML 1.2.2, section 7.4.2).
    private static let keyLimit = 1_000

    /// An emitter with two spaces a level unless told otherwise.
    public init(indentation: Int = 2, listIndentation: Int = 2) {
        self.indentation = max(1, indentation)
        self.listIndentation = max(0, listIndentation)
    }

    /// The value as a document of its own, ending in a line feed.
    public func emit(_ value: YAMLValue) -> String {
        lines(value).map { $0 + "\n" }.joined()
    }

    /// The value on one line, with `[…]` and `{…}`.
    public func flow(_ value: YAMLValue) -> String {
        switch value {
        case .list(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
        case .map(let members):
            "{" + members.map { key($0.key, inFlow: true) + " " + flow($0.value) }.joined(separator: ", ") + "}"
        default: scalar(value, inFlow: true)
        }
    }

    /// The lines of a value in block style, without the indentation of their surroundings.
    func lines(_ value: YAMLValue) -> [String] {
        switch value {
        case .list(let items) where !items.isEmpty: items.flatMap(lines(item:))
        case .map(let members) where !members.isEmpty: members.flatMap { lines(key: $0.key, $0.value) }
        case .list, .map: [flow(value)]
        default: scalarLines(value)
        }
    }

    /// The lines of an item: the first begins with the dash.
    func lines(item value: YAMLValue) -> [String] {
        let inner = lines(value)
        return inner.enumerated().map { index, line in index == 0 ? "- " + line : indent(line, 2) }
    }

    /// The lines of an entry: the first begins with the key.
    func lines(key: String, _ value: YAMLValue) -> [String] {
        // A key on two lines, `? key` and `:`, is only ever written for a key too long for one.
        let head = self.key(key, inFlow: false).split(separator: "\n").map(String.init)
        let inner = lines(value)
        guard let last = head.last, value.isFilledCollection else {
            return head.dropLast() + ["\(head.last ?? "") \(inner[0])"] + inner.dropFirst()
        }
        var width = indentation
        if case .list = value { width = last == ":" ? indentation : listIndentation }
        return head + inner.map { indent($0, width) }
    }

    /// A blank line stays empty, so that no white space is left at its end.
    func indent(_ line: String, _ width: Int) -> String {
        line.isEmpty ? line : String(repeating: " ", count: width) + line
    }

    // MARK: Scalars

    private func scalarLines(_ value: YAMLValue) -> [String] {
        guard case .string(let text) = value, PlainText.canBeLiteral(text) else {
            return [scalar(value, inFlow: false)]
        }
        let (chomping, lines) = PlainText.literal(text)
        return ["|" + chomping] + lines.map { indent($0, indentation) }
    }

    /// A scalar on one line.
    func scalar(_ value: YAMLValue, inFlow: Bool) -> String {
        switch value {
        case .null: return "null"
        case .bool(let bool): return bool ? "true" : "false"
        case .int(let int): return String(int)
        case .double(let double): return number(double)
        case .string(let text):
            let isPlain = PlainText.canBePlain(text, inFlow: inFlow) && PlainText.isUnmistakablyString(text)
            return isPlain ? text : PlainText.doubleQuoted(text)
        case .typed(let text):
            return PlainText.canBePlain(text, inFlow: inFlow) ? text : PlainText.doubleQuoted(text)
        case .list, .map: return flow(value)
        }
    }

    /// A key with its colon.
    func key(_ key: String, inFlow: Bool) -> String {
        let text = scalar(.string(key), inFlow: inFlow)
        guard text.utf8.count > Self.keyLimit else { return text + ":" }
        return "? " + text + (inFlow ? " :" : "\n:")
    }

    /// A number with a dot, without which YAML 1.1 takes `1e+20` for a string.
    private func number(_ value: Double) -> String {
        if value.isNaN { return ".nan" }
        if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
        let text = "\(value)"
        guard let exponent = text.firstIndex(of: "e"), !text[..<exponent].contains(".") else { return text }
        return text[..<exponent] + ".0" + text[exponent...]
    }
}
