/// Writes the JSON Schema (draft 2020-12) of a kind, which editors read for completion and checks.
public struct JSONSchemaWriter {
    /// The schema as indented JSON with a final newline.
    public static func text(for kind: StackKind) -> String {
        JSONText.pretty(schema(for: kind.info, takesSpellingsOfHyp: kind.name == StackKind.hostedStack.name))
    }

    /// The schema as a value.
    /// - Parameter takesSpellingsOfHyp: whether the kind reads files of `hyp`: any key may be without a value, keys
    ///   of groups may be in snake case, and groups may stand together in a list or in a text of JSON.
    static func schema(for info: SchemaInfo, takesSpellingsOfHyp: Bool = false) -> ConfigValue {
        var writer = JSONSchemaWriter(isOfHyp: takesSpellingsOfHyp)
        let root = writer.object(info.root, isRoot: true)
        guard case .map(let entries) = root else { return root }
        let head: [ConfigValue.Entry] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", .string("\(info.kind) \(info.version)")),
        ]
        return .map(head + entries + [.init("$defs", .map(writer.definitions.sorted { $0.key < $1.key }))])
    }

    private let isOfHyp: Bool
    private var definitions: [ConfigValue.Entry] = []

    private init(isOfHyp: Bool) { self.isOfHyp = isOfHyp }

    private mutating func object(_ record: RecordInfo, isRoot: Bool = false) -> ConfigValue {
        let hasAliases = isOfHyp && !isRoot && HostedReader.respellsKeys(of: record.name)
        var properties: [ConfigValue.Entry] = []
        for field in record.fields {
            let value = property(field)
            properties.append(.init(field.key, value))
            if hasAliases { properties.append(.init(HostedReader.snakeCase(field.key), value)) }
        }
        var entries: [ConfigValue.Entry] = [
            .init("description", .string(record.summary)), .init("type", "object"),
            .init("properties", .map(properties)),
        ]
        let required = record.fields.filter(\.isRequired).map(\.key)
        if hasAliases {
            let either = required.map { key -> ConfigValue in
                let spellings = [key, HostedReader.snakeCase(key)].map { ConfigValue.string($0) }
                return ConfigValue.record(["anyOf": .list(spellings.map { .record(["required": .list([$0])]) })])
            }
            if !either.isEmpty { entries.append(.init("allOf", .list(either))) }
        } else if !required.isEmpty {
            entries.append(.init("required", .list(required.map { .string($0) })))
        }
        return .map(entries + [.init("additionalProperties", false)])
    }

    private mutating func property(_ field: FieldInfo) -> ConfigValue {
        var value = schema(of: field.shape)
        if field.isOptional || isOfHyp && !field.isRequired {
            value = .record(["anyOf": .list([value, .record(["type": "null"])])])
        }
        guard case .map(var entries) = value else { return value }
        var description = field.summary
        if let unit = field.unit { description += " Unit: \(unit)." }
        entries.insert(.init("description", .string(description)), at: 0)
        if let value = field.defaultValue, field.shape.record == nil { entries.append(.init("default", value)) }
        if let example = field.example { entries.append(.init("examples", .list([example]))) }
        return .map(entries)
    }

    private mutating func schema(of shape: Shape) -> ConfigValue {
        switch shape {
        case .boolean: return .record(["type": "boolean"])
        case .integer(let low, let high):
            return Self.bounded("integer", low.map { .int($0) }, high.map { .int($0) })
        case .number(let low, let high):
            return Self.bounded("number", low.map { .number($0) }, high.map { .number($0) })
        case .integerChoice(let choices): return .record(["enum": .list(choices.map { .int($0) })])
        case .choice(let choices):
            // A version may be written without quotes; YAML then reads a number.
            let numbers = choices.compactMap { Double($0) }.map { ConfigValue.double($0) }
            return .record(["enum": .list(choices.map { .string($0) } + numbers)])
        case .text(let format): return Self.text(format)
        case .list(let item, let low, let high, let unique):
            let items = schema(of: item)
            let isGroup = isOfHyp && item.record?.name == HostedGroup.schema.name
            return Self.list(isGroup ? Self.slot(of: items) : items, low, high, unique)
        case .map(let keys, let values, let high):
            var entries: [ConfigValue.Entry] = [
                .init("type", "object"), .init("propertyNames", Self.text(keys, isKey: true)),
                .init("additionalProperties", schema(of: values)),
            ]
            if let high { entries.append(.init("maxProperties", .int(high))) }
            return .map(entries)
        case .record(let record):
            if !definitions.contains(where: { $0.key == record.name }) {
                definitions.append(.init(record.name, .null))
                let definition = object(record)
                if let index = definitions.firstIndex(where: { $0.key == record.name }) {
                    definitions[index].value = definition
                }
            }
            return .record(["$ref": .string("#/$defs/\(record.name)")])
        }
    }

    /// What goes into one numbered parameter: a group, a list of groups, or the JSON text of such a list.
    private static func slot(of group: ConfigValue) -> ConfigValue {
        .record([
            "anyOf": .list([
                group, .record(["type": "array", "items": group]),
                .record(["type": "string", "contentMediaType": "application/json", "pattern": #"^\s*\["#]),
            ])
        ])
    }

    private static func bounded(_ type: String, _ low: ConfigValue?, _ high: ConfigValue?) -> ConfigValue {
        var entries: [ConfigValue.Entry] = [.init("type", .string(type))]
        if let low { entries.append(.init("minimum", low)) }
        if let high { entries.append(.init("maximum", high)) }
        return .map(entries)
    }

    private static func list(_ items: ConfigValue, _ low: Int?, _ high: Int?, _ unique: Bool) -> ConfigValue {
        var entries: [ConfigValue.Entry] = [.init("type", "array"), .init("items", items)]
        if let low, low > 0 { entries.append(.init("minItems", .int(low))) }
        if let high { entries.append(.init("maxItems", .int(high))) }
        if unique { entries.append(.init("uniqueItems", true)) }
        return .map(entries)
    }

    private static func text(_ format: TextFormat, isKey: Bool = false) -> ConfigValue {
        let types: ConfigValue =
            format.mayLookLikeNumber && !isKey ? .list(["string", "number", "boolean"]) : .string("string")
        var entries: [ConfigValue.Entry] = [.init("type", types)]
        if let pattern = format.pattern { entries.append(.init("pattern", .string(pattern))) }
        if let least = format.minimumLength, least > 0 { entries.append(.init("minLength", .int(least))) }
        if let most = format.maximumLength { entries.append(.init("maxLength", .int(most))) }
        return .map(entries)
    }
}
