public import YAML

/// A map with known keys: a struct whose stored properties hold the values and whose initial values are the defaults.
public protocol Record: FieldValue {
    /// All defaults. Required fields hold a value of their type that no configuration keeps.
    init()

    /// The declaration of its fields.
    static var schema: RecordSchema<Self> { get }
}

/// The declaration of a record's fields; a class, so that asking it something copies none of it.
public final class RecordSchema<Root: Record>: Sendable {
    /// The name of the record, unique within a kind.
    public let name: String
    /// What the record describes, in one sentence.
    public let summary: String
    /// The fields in the order in which they are shown.
    public let fields: [Field<Root>]
    private let keys: KeyTable
    /// The positions of the fields that a configuration must hold.
    fileprivate let required: [Int]

    /// Declares a record.
    public init(_ name: String, _ summary: String, @FieldListBuilder<Root> _ fields: () -> [Field<Root>]) {
        self.name = name
        self.summary = summary
        self.fields = fields()
        self.keys = KeyTable(self.fields.map(\.key))
        self.required = self.fields.indices.filter { [fields = self.fields] in fields[$0].isRequired }
    }

    /// The position of the field of a key; `nil` where the record has none.
    func position(of key: String) -> Int? { keys.position(of: key) }

    /// The declaration as plain data.
    public var info: RecordInfo {
        let prototype = Root()
        return RecordInfo(name: name, summary: summary, fields: fields.map { $0.describe(prototype) })
    }
}

/// Collects the fields of a record.
@resultBuilder
public enum FieldListBuilder<Root: Record> {
    /// A field of this record: tells the compiler the root of its key path.
    public static func buildExpression(_ field: Field<Root>) -> Field<Root> { field }

    /// All fields written.
    public static func buildBlock(_ fields: Field<Root>...) -> [Field<Root>] { fields }
}

extension Record {
    /// The record with its fields.
    public static var shape: Shape { .record(schema.info) }

    /// The value of a field.
    public static func part(_ name: String) -> FieldPart? {
        schema.position(of: name).map { schema.fields[$0].part }
    }

    /// Reads a map: known keys by their fields, everything else reported.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Self? {
        guard let entries = node.mapping else {
            decoder.reportNotMap(node, keys: schema.fields.map(\.key))
            return nil
        }
        var record = Self()
        let schema = schema
        var misspelt: [String] = []
        var present = FieldSet()
        for index in entries.indices {
            let name = entries[index].name
            guard let position = schema.position(of: name) else {
                let meant = decoder.reportUnknownKey(
                    entries[index], known: schema.fields.map(\.key), present: entries.map(\.name))
                if let meant {
                    misspelt.append(meant)
                    decoder.brokenPaths.append(ConfigPath(decoder.path + [.key(meant)]))
                }
                continue
            }
            present.insert(position)
            decoder.path.append(.key(name))
            if !decoder.hasNoValue(entries[index].value, of: entries[index].key) {
                schema.fields[position].decode(entries[index].value, &record, &decoder)
            }
            decoder.path.removeLast()
        }
        if schema.required.contains(where: { !present.contains($0) }) {
            let missing = schema.required.filter { !present.contains($0) }
            decoder.reportMissing(missing.map { schema.fields[$0].key }, misspelt: misspelt, in: node)
        }
        return record
    }

    /// All fields in order, defaults filled in.
    public var configValue: ConfigValue {
        .map(Self.schema.fields.map { ConfigValue.Entry($0.key, $0.value(self)) })
    }
}

/// The fields that were seen, by position, as bits: the records of a configuration are made without memory of its own
/// for that.
struct FieldSet {
    /// The most fields of a record.
    static let capacity = 128

    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func insert(_ position: Int) {
        if position < 64 { low |= 1 << UInt64(position) } else { high |= 1 << UInt64(position - 64) }
    }

    func contains(_ position: Int) -> Bool {
        (position < 64 ? low >> UInt64(position) : high >> UInt64(position - 64)) & 1 != 0
    }
}
