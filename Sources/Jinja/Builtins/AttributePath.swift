/// The `attribute` argument of filters: `name`, `name.other`, `items.0`, or an index.
struct AttributePath {
    private let parts: [Value]
    private let state: RenderState

    init(_ value: Value, _ state: RenderState) {
        self.state = state
        if let text = value.stringValue, text.utf8.contains(where: { $0 < 0x3A }) {
            parts = Text.split(text, at: ".").map { part in
                let isIndex = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                return isIndex ? Int(part).map { .int($0) } ?? .string(part) : .string(part)
            }
        } else {
            parts = value.isNone ? [] : [value]
        }
    }

    /// The value at the path; undefined parts become the default, where there is one.
    func value(of item: Value, default fallback: Value? = nil) throws -> Value {
        var value = item
        for part in parts {
            value = try value.item(part, in: state)
            if let fallback, value.isUndefined { value = fallback }
        }
        return value
    }
}

extension Value {
    /// Text in lowercase, anything else as it is: the key of sorting without regard to case.
    var ignoringCase: Value {
        switch self {
        case .string(let text): .string(Text.lowercased(text))
        case .markup(let text): .markup(Text.lowercased(text))
        default: self
        }
    }
}
