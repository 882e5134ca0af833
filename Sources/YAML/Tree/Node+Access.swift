extension Node {
    /// The scalar, where the node is one.
    public var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The items, where the node is a sequence.
    public var sequence: [Node]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries, where the node is a mapping.
    public var mapping: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value of a key, compared code point by code point. `nil` without the key or when this is no mapping.
    public subscript(key: String) -> Node? { entry(forKey: key)?.value }

    /// The entry of a key, compared code point by code point. `nil` without the key or when this is no mapping.
    public func entry(forKey key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        for index in entries.indices {
            if case .scalar(let scalar) = entries[index].key.content, scalar.text.isIdentical(to: key) {
                return entries[index]
            }
        }
        return nil
    }

    /// Whether the value is absent or written as null: a plain empty text, `~`, `null`, `Null` or `NULL`.
    public var isNull: Bool { scalar?.isNull ?? false }

    /// What the node is, in words for a message: "a list", "a map", "a string", "an integer", "null" …
    public var kindDescription: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a map"
        case .scalar(let scalar): scalar.kind.description
        }
    }
}

extension String {
    /// Equality of code points. `==` also accepts canonically equivalent texts, which YAML tells apart.
    func isIdentical(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { own.elementsEqual($0) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

/// A key of a dictionary that tells apart texts which differ in any code point.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (first: ExactText, second: ExactText) -> Bool { first.text.isIdentical(to: second.text) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Node {
    /// The same place with another content: what a reader makes of a value that is spelled in a way of its own.
    public func with(_ content: Content) -> Node { Node(file, range, content, properties) }
}

extension Node.Entry {
    /// The same entry with another key or value; both keep their places.
    public func with(key: Node, value: Node) -> Node.Entry {
        Node.Entry(key: key, value: value, mergedAt: mergedAt)
    }
}
