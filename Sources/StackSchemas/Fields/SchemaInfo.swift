/// The schema of one version of a kind, as plain data: what every generator reads, and nothing else.
///
/// The format is versioned and Codable, so that tools outside this module can read it as JSON.
public struct SchemaInfo: Sendable, Hashable, Codable {
    /// The version of this data format.
    public var formatVersion = 1
    /// The name of the kind: `cluster-stack`.
    public var kind: String
    /// The version of the kind's schema: `1.0`.
    public var version: String
    /// The fields from the root down.
    public var root: RecordInfo
}

/// A record of a schema.
public struct RecordInfo: Sendable, Hashable, Codable {
    /// The name of the record, unique within its schema.
    public var name: String
    /// What the record describes, in one sentence.
    public var summary: String
    /// The fields in the order in which they are shown.
    public var fields: [FieldInfo]
}

/// A field of a record.
public struct FieldInfo: Sendable, Hashable, Codable {
    /// The key in the configuration.
    public var key: String
    /// What the field says, in one sentence.
    public var summary: String
    /// What values it takes.
    public var shape: Shape
    /// Whether the configuration must hold it.
    public var isRequired: Bool
    /// Whether it may be absent without a default, which a template sees as none.
    public var isOptional: Bool
    /// The value that holds when the key is absent; `nil` for required and optional fields.
    public var defaultValue: ConfigValue?
    /// The unit of a number: `GiB`, `minutes`.
    public var unit: String?
    /// A value that could be written there.
    public var example: ConfigValue?
    /// What changing it does to a stack that exists.
    public var update: UpdateEffect
    /// Where the constraint is documented.
    public var source: String?
}

/// What changing a field does to a stack that exists.
public enum UpdateEffect: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing that runs is touched.
    case none
    /// The resource is changed where it is.
    case inPlace
    /// The resource is replaced by a new one; what it holds is lost.
    case replacement
    /// It depends on the values inside.
    case perField

    /// In words.
    public var description: String {
        switch self {
        case .none: "changes nothing that runs"
        case .inPlace: "changed in place"
        case .replacement: "replaces the resource"
        case .perField: "see its fields"
        }
    }
}

extension RecordInfo {
    /// The field at a path of keys, positions in lists left out; `nil` where the schema has none.
    public func field(at keys: some Collection<String>) -> FieldInfo? {
        guard let first = keys.first, let field = fields.first(where: { $0.key == first }) else { return nil }
        let rest = keys.dropFirst()
        return rest.isEmpty ? field : field.shape.record?.field(at: rest)
    }
}

extension Shape {
    /// The record that the shape is, or that its items or values are.
    public var record: RecordInfo? {
        switch self {
        case .record(let info): info
        case .list(let item, _, _, _): item.record
        case .map(_, let value, _): value.record
        default: nil
        }
    }

    /// Whether a value is written as a scalar.
    public var isScalar: Bool {
        switch self {
        case .boolean, .integer, .number, .text, .choice, .integerChoice: true
        case .list, .map, .record: false
        }
    }
}
