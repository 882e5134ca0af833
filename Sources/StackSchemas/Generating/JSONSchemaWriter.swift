/// Writes the JSON Schema (draft 2020-12) of a kind, which editors read for completion and checks.
public enum JSONSchemaWriter {
    /// The schema as indented JSON with a final newline.
    public static func text(for kind: StackKind) -> String { JSONText.pretty(schema(for: kind.info)) }

    static func schema(for info: SchemaInfo) -> ConfigValue {
        var definitions: [ConfigValue.Entry] = []
        let root = object(info.root, &definitions)
        guard case .map(let entries) = root else { return root }
        let head: [ConfigValue.Entry] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", .string("\(info.kind) \(info.version)")),
        ]
        return .map(head + entries + [.init("$defs", .map(definitions.sorted { $0.key < $1.key }))])
    }

    private static func object(_ record: RecordInfo, _ definitions: inout [ConfigValue.Entry]) -> ConfigValue {
        var properties: [ConfigValue.Entry] = []
        for field in record.fields { properties.append(.init(field.key, property(field, &definitions))) }
        var entries: [ConfigValue.Entry] = [
            .init("description", .string(record.summary)), .init("type", "object"),
            .init("properties", .map(properties)),
        ]
        let required = record.fields.filter(\.isRequired).map { ConfigValue.string($0.key) }
        if !required.isEmpty { entries.append(.init("required", .list(required))) }
        return .map(entries + [.init("additionalProperties", false)])
    }

    private static func property(_ field: FieldInfo, _ definitions: inout [ConfigValue.Entry]) -> ConfigValue {
        var value = schema(of: field.shape, &definitions)
        if field.isOptional { value = .record(["anyOf": .list([value, .record(["type": "null"])])]) }
        guard case .map(var entries) = value else { return value }
        var description = field.summary
        if let unit = field.unit { description += " Unit: \(unit)." }
        entries.insert(.init("description", .string(description)), at: 0)
        if let value = field.defaultValue, field.shape.record == nil { entries.append(.init("default", value)) }
        if let example = field.example { entries.append(.init("examples", .list([example]))) }
        return .map(entries)
    }

    private static func schema(of shape: Shape, _ definitions: inout [ConfigValue.Entry]) -> ConfigValue {
        switch shape {
        case .boolean: return .record(["type": "boolean"])
        case .integer(let low, let high):
            return bounded("integer", low.map { .int($0) }, high.map { .int($0) })
        case .number(let low, let high):
            return bounded("number", low.map { .number($0) }, high.map { .number($0) })
        case .integerChoice(let choices): return .record(["enum": .list(choices.map { .int($0) })])
        case .choice(let choices):
            // A version may be written without quotes; YAML then reads a number.
            let numbers = choices.compactMap { Double($0) }.map { ConfigValue.double($0) }
            return .record(["enum": .list(choices.map { .string($0) } + numbers)])
        case .text(let format): return text(format)
        case .list(let item, let low, let high, let unique):
            return list(schema(of: item, &definitions), low, high, unique)
        case .map(let keys, let values, let high):
            var entries: [ConfigValue.Entry] = [
                .init("type", "object"), .init("propertyNames", text(keys, isKey: true)),
                .init("additionalProperties", schema(of: values, &definitions)),
            ]
            if let high { entries.append(.init("maxProperties", .int(high))) }
            return .map(entries)
        case .record(let record):
            if !definitions.contains(where: { $0.key == record.name }) {
                definitions.append(.init(record.name, .null))
                let definition = object(record, &definitions)
                if let index = definitions.firstIndex(where: { $0.key == record.name }) {
                    definitions[index].value = definition
                }
            }
            return .record(["$ref": .string("#/$defs/\(record.name)")])
        }
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
