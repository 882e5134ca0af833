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
        let values = values(for: info)
        for (index, field) in info.root.fields.enumerated() {
            if index > 0 { lines.append("") }
            lines += ScaffoldWriter.lines(of: field, value: values[field.key], indent: "")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The values of required keys, chosen so that the configuration is valid in the region.
    private func values(for info: SchemaInfo) -> [String: ConfigValue] {
        let region = Region(text: region)
        let zones = Catalog.regions[region]?.zonesForControlPlane ?? []
        let types: [InstanceType] = ["ml.g5.12xlarge", "ml.g6.12xlarge", "ml.g4dn.12xlarge", "ml.m5.4xlarge"]
        let offered = types.filter { Catalog.regions.offers($0, in: region) ?? true }
        let offer = offered.lazy.map { type in
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
            "region": .string(self.region), "vpc": .record(["availability_zones": .list(ordered.map { .string($0) })]),
            "instance_groups": .list([group]),
        ]
    }
}
