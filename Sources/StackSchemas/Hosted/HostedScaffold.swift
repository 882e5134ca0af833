/// Writes the `config.yaml` of a new folder of the kind `hosted-stack`: in the form of `hyp`, so that either of the two
/// tools takes it, with values that are right in the region.
public struct HostedScaffold: Sendable {
    /// The prefix of names.
    public var name: String
    /// The region.
    public var region: String

    /// What a new configuration begins with.
    public init(name: String, region: String) {
        self.name = name
        self.region = region
    }

    /// The text of the configuration, ending in a newline.
    public func configText() -> String {
        let info = StackKind.hostedStack.info
        var lines = ["# template: \(HostedHeader.clusterStack)", "# version: \(info.version)"]
        lines += ["# yaml-language-server: $schema=./\(info.kind).schema.json", ""]
        lines += ScaffoldWriter.comment(
            info.root.summary + " Keys that are commented out have no default; all others hold theirs, or a value for "
                + "the region, and can be left out.", indent: "")
        let values = values
        // The comments name kind and version; their keys would say it twice.
        for field in info.root.fields where field.key != "kind" && field.key != "version" {
            lines += [""] + ScaffoldWriter.comment(field.summary, indent: "")
            lines += body(of: field, values[field.key])
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func body(of field: FieldInfo, _ value: ConfigValue?) -> [String] {
        if let value = value ?? field.defaultValue, value != .list([]) || field.isOptional {
            guard case .list(let items) = value, field.shape.record != nil else {
                return ["\(field.key): \(value.flowText)"]
            }
            return ["\(field.key):"] + items.map { "  - \($0.flowText)" }
        }
        return ["# \(field.key): \((field.example ?? .list([])).flowText)"]
    }

    private var values: [String: ConfigValue] {
        let region = Region(text: region)
        let zones = HostedPlanner.firstZones(of: region)
        var group = HostedGroup.scaffoldJSON
        if case .map(var entries) = group, let zone = zones.last {
            for index in entries.indices where entries[index].key == "TargetAvailabilityZoneId" {
                entries[index].value = .string(zone.text)
            }
            group = .map(entries)
        }
        return [
            "resource_name_prefix": .string(name), "hyperpod_cluster_name": .string(name),
            "eks_cluster_name": .string("\(name)-eks"), "kubernetes_version": .string(EKSSettings().version.text),
            "region": .string(region.text), "instance_group_settings": .list([group]),
            "availability_zone_ids": .list(zones.map { .string($0.text) }),
            "fsx_availability_zone_id": .optional(zones.last?.text),
        ]
    }
}
