import YAML

/// A field of a record, declared once: everything that is said about it anywhere is derived from this value.
public struct Field<Root: Record>: Sendable {
    /// The key in the configuration.
    public let key: String
    let isRequired: Bool
    let decode: @Sendable (Node, inout Root, inout ConfigDecoder) -> Void
    let value: @Sendable (Root) -> ConfigValue
    let part: FieldPart
    let describe: @Sendable (Root) -> FieldInfo

    /// Declares a field.
    /// - Parameters:
    ///   - key: the key in the configuration.
    ///   - path: where the record keeps the value; the value of a fresh record is the default.
    ///   - summary: what the field says, one sentence.
    ///   - required: whether the configuration must hold it.
    ///   - limits: what it demands beyond its type.
    ///   - unit: the unit of a number.
    ///   - example: a value that could be written there, as flow text of a template sees it.
    ///   - update: what changing it does to a stack that exists.
    ///   - source: where the constraint is documented.
    public init<Value: FieldValue>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ summary: String, required: Bool = false,
        limits: Limits = .none, unit: String? = nil, example: ConfigValue? = nil, update: UpdateEffect = .inPlace,
        source: String? = nil
    ) {
        self.key = key
        self.isRequired = required
        let slot = FieldSlot(path)
        if limits == .none {
            self.decode = { node, root, decoder in
                if let value = Value.decode(node, &decoder) { slot.store(value, in: &root) }
            }
        } else {
            self.decode = { node, root, decoder in
                guard let value = Value.decode(node, &decoder), decoder.check(node, against: limits) else { return }
                slot.store(value, in: &root)
            }
        }
        self.part = FieldPart(type: Value.self, limits: limits)
        self.value = { slot.value(in: $0).configValue }
        self.describe = { prototype in
            let initial = slot.value(in: prototype).configValue
            let hasDefault = !required && initial != .null
            return FieldInfo(
                key: key, summary: summary, shape: limits.applied(to: Value.shape), isRequired: required,
                isOptional: Value.isOptional, defaultValue: hasDefault ? initial : nil,
                unit: unit, example: example ?? Self.example(of: Value.shape), update: update, source: source)
        }
    }

    private static func example(of shape: Shape) -> ConfigValue? {
        switch shape {
        case .text(let format): .string(format.example)
        case .choice(let choices): choices.first.map { .string($0) }
        case .list(.text(let format), _, _, _): .list([.string(format.example)])
        case .list(.choice(let choices), _, _, _): choices.first.map { .list([.string($0)]) }
        default: nil
        }
    }
}

/// Where a record keeps the value of a field.
///
/// A stored property lies at the same distance from the beginning of every record of its type, which is found once:
/// following a key path takes as long as reading the value, and a fleet of configurations has millions of values.
private struct FieldSlot<Root, Value>: Sendable {
    private let path: any WritableKeyPath<Root, Value> & Sendable
    /// In bytes; `nil` for a property that is computed or observed.
    private let offset: Int?

    init(_ path: any WritableKeyPath<Root, Value> & Sendable) {
        self.path = path
        self.offset = MemoryLayout<Root>.offset(of: path)
    }

    func store(_ value: Value, in root: inout Root) {
        guard let offset else {
            root[keyPath: path] = value
            return
        }
        withUnsafeMutableBytes(of: &root) { bytes in
            guard let start = bytes.baseAddress else { return }
            (start + offset).assumingMemoryBound(to: Value.self).pointee = value
        }
    }

    func value(in root: Root) -> Value {
        guard let offset else { return root[keyPath: path] }
        return withUnsafeBytes(of: root) { bytes in
            bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: Value.self).pointee } ?? root[keyPath: path]
        }
    }
}
