/// Writes a commented `config.yaml` that holds every key of a kind and validates as it stands.
///
/// Keys with a default are written with it; keys without one are commented out with an example behind them.
public struct Scaffold: Sendable {
    /// The name of the configuration.
    public var name: String
    /// The region.
    public var region: String
    /// The file name of the JSON Schema, for editors.
    public var schemaFile: String?

    /// What a new configuration begins with.
    public init(name: String, region: String, schemaFile: String? = nil) {
        self.name = name
        self.region = region
        self.schemaFile = schemaFile
    }

    /// The text of the configuration, ending in a newline.
    public func configText(for kind: StackKind) -> String {
        let info = kind.info
        var lines: [String] = []
        if let schemaFile { lines.append("# yaml-language-server: $schema=./\(schemaFile)") }
        lines += ScaffoldWriter.comment(info.root.summary, indent: "")
        lines.append("#")
        lines += ScaffoldWriter.comment(
            "Every key is here. Keys that are commented out have no default; what stands behind them is an example. "
                + "All others hold their default and can be left out.", indent: "")
        lines.append("")
        var writer = ScaffoldWriter(values: values(for: info))
        writer.write(info.root, indent: "", under: "")
        return (lines + writer.lines).joined(separator: "\n") + "\n"
    }

    /// The values of required keys, chosen so that the configuration is valid in the region.
    private func values(for info: SchemaInfo) -> [String: ConfigValue] {
        let region = Region(text: region)
        let zones = Catalog.regions[region]?.zonesForControlPlane ?? []
        let types: [InstanceType] = ["ml.g5.12xlarge", "ml.g6.12xlarge", "ml.g4dn.12xlarge", "ml.m5.4xlarge"]
        let offer = types.lazy.map { type in
            (type: type, zones: zones.filter { Catalog.regions.offers(type, in: ZoneID(text: $0)) ?? true })
        }.first { !$0.zones.isEmpty }
        let code = ZoneID.regionCode(of: region)
        let ordered = ((offer?.zones ?? []) + zones + ["\(code)-az1", "\(code)-az2"]).uniqued().prefix(2)
        let group: ConfigValue = .record([
            "name": "workers", "instance_type": .string(offer?.type.text ?? "ml.m5.4xlarge"), "count": 1,
            "availability_zone": .string(ordered[0]), "ebs_volume_gib": 500,
        ])
        return [
            "kind": .string(info.kind), "version": .string(info.version), "name": .string(name),
            "region": .string(self.region), "vpc.availability_zones": .list(ordered.map { .string($0) }),
            "instance_groups": .list([group]),
        ]
    }
}

/// Writes the keys of a schema with their explanations.
struct ScaffoldWriter {
    let values: [String: ConfigValue]
    private(set) var lines: [String] = []

    init(values: [String: ConfigValue]) { self.values = values }

    static func comment(_ text: String, indent: String) -> [String] {
        Wrapping.lines(text, width: 98 - indent.count).map { "\(indent)# \($0)" }
    }

    mutating func write(_ record: RecordInfo, indent: String, under prefix: String) {
        for (index, field) in record.fields.enumerated() {
            if prefix.isEmpty, index > 0 { lines.append("") }
            write(field, indent: indent, under: prefix)
        }
    }

    private mutating func write(_ field: FieldInfo, indent: String, under prefix: String) {
        let path = prefix + field.key
        lines += Self.comment("\(field.summary) (\(field.facts))", indent: indent)
        if let value = values[path] { return write(field, value, indent: indent) }
        if case .record(let record) = field.shape, !field.isOptional {
            lines.append("\(indent)\(field.key):")
            return write(record, indent: indent + "  ", under: path + ".")
        }
        if let value = field.defaultValue { return write(field, value, indent: indent) }
        if field.shape.record != nil {
            writeExample(field, indent: indent)
        } else {
            lines.append("\(indent)# \(field.key): \((field.example ?? .null).flowText)")
        }
    }

    private mutating func write(_ field: FieldInfo, _ value: ConfigValue, indent: String) {
        guard let record = field.shape.record, case .list(let items) = value else {
            lines.append("\(indent)\(field.key): \(value.flowText)")
            return
        }
        if items.isEmpty {
            lines.append("\(indent)\(field.key): []")
            return writeExample(field, indent: indent)
        }
        lines.append("\(indent)\(field.key):")
        for item in items { writeItem(record, item, indent: indent + "  ", isComment: false) }
    }

    /// A record or list of records that is absent by default, commented out with every key that it has.
    private mutating func writeExample(_ field: FieldInfo, indent: String) {
        guard let record = field.shape.record else { return }
        var inner = ScaffoldWriter(values: [:])
        if case .list = field.shape {
            inner.writeItem(record, .map([]), indent: "  ", isComment: true)
        } else {
            inner.writeKeys(record, .map([]), indent: "  ")
        }
        lines.append("\(indent)# \(field.key):")
        lines += inner.lines.map { "\(indent)# \($0)" }
    }

    private mutating func writeItem(_ record: RecordInfo, _ item: ConfigValue, indent: String, isComment: Bool) {
        var inner = ScaffoldWriter(values: [:])
        inner.writeKeys(record, item, indent: "")
        var isFirst = true
        for line in inner.lines {
            // The dash stands before the first key; explanations above it move before the dash.
            if isFirst, !line.hasPrefix("#") {
                lines.append("\(indent)- \(line)")
                isFirst = false
            } else {
                lines.append(isFirst ? "\(indent)\(line)" : "\(indent)  \(line)")
            }
        }
    }

    private mutating func writeKeys(_ record: RecordInfo, _ item: ConfigValue, indent: String) {
        for field in record.fields {
            lines += Self.comment("\(field.summary) (\(field.facts))", indent: indent)
            if let value = item[field.key] {
                lines.append("\(indent)\(field.key): \(value.flowText)")
            } else if field.isRequired {
                lines.append("\(indent)\(field.key): \((field.example ?? .null).flowText)")
            } else if case .record(let inner) = field.shape, !field.isOptional {
                lines.append("\(indent)\(field.key):")
                writeKeys(inner, .map([]), indent: indent + "  ")
            } else if let value = field.defaultValue {
                lines.append("\(indent)\(field.key): \(value.flowText)")
            } else {
                lines.append("\(indent)# \(field.key): \((field.example ?? .null).flowText)")
            }
        }
    }
}
