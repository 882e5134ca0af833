/// Escaping for HTML and XML, as MarkupSafe does it.
enum HTML {
    /// The entities of a text.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { entity(of: $0) != nil }) else { return text }
        let output = OutputBuffer(capacity: text.utf8.count + 16)
        escape(text, to: output)
        return output.cut(from: 0)
    }

    /// The escaped text of a value; safe text stays as it is.
    static func escaped(_ value: Value) throws -> String {
        if case .markup(let text) = value { return text }
        return escaped(try value.printed())
    }

    /// Appends the escaped form of a text.
    static func escape(_ text: String, to output: OutputBuffer) {
        for byte in text.utf8 {
            if let entity = entity(of: byte) { output.append(entity) } else { output.append(byte) }
        }
    }

    @inline(__always)
    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "'"): "&#39;"
        case UInt8(ascii: "\""): "&#34;"
        default: nil
        }
    }

    /// The text of an HTML fragment: comments and tags removed, white space collapsed, entities replaced.
    static func strippedOfTags(_ text: String) -> String {
        var scalars = removing(Text.scalars(text), from: "<!--", to: "-->")
        scalars = removing(scalars, from: "<", to: ">")
        let words = scalars.split(whereSeparator: \.isPythonSpace).map { Text.string($0) }
        return HTMLEntities.unescape(words.joined(separator: " "))
    }

    private static func removing(_ scalars: [Unicode.Scalar], from start: String, to end: String)
        -> [Unicode.Scalar]
    {
        let start = Text.scalars(start)
        let end = Text.scalars(end)
        var result: [Unicode.Scalar] = []
        var position = 0
        while let opening = Text.firstRange(of: start, in: scalars, from: position),
            let closing = Text.firstRange(of: end, in: scalars, from: opening.upperBound)
        {
            result += scalars[position..<opening.lowerBound]
            position = closing.upperBound
        }
        return result + scalars[position...]
    }
}
