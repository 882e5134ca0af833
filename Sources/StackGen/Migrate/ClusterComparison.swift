internal import Diagnostics
internal import StackSchemas
internal import YAML

/// What two evaluated documents, parameters of the published template and a template of stackgen's own, say of the same
/// cluster, side by side.
public struct ClusterComparison: Codable, Sendable, Equatable {
    /// One thing.
    public struct Row: Codable, Sendable, Equatable {
        /// What it is.
        public let subject: String
        /// What the parameters say.
        public let hosted: String
        /// What the template says.
        public let native: String

        /// Whether both say the same.
        public var isEqual: Bool { hosted == native }
    }

    /// The things in their order.
    public let rows: [Row]

    /// Whether both are the same cluster.
    public var isEqual: Bool { rows.allSatisfy(\.isEqual) }

    /// Compares.
    init(hosted: ClusterFacts, native: ClusterFacts) {
        var subjects = hosted.facts.map(\.subject)
        subjects += native.facts.map(\.subject).filter { !subjects.contains($0) }
        rows = subjects.map { Row(subject: $0, hosted: hosted[$0] ?? "-", native: native[$0] ?? "-") }
    }

    /// The table for a person.
    public var text: String {
        let cells = [["", "hosted-stack", "cluster-stack"]] + rows.map { [$0.subject, $0.hosted, $0.native] }
        let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let line = (0..<3).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            let mark = row[1] == row[2] || row[0].isEmpty ? "" : "  differs"
            return line.joined(separator: "  ") + mark + "\n"
        }.joined()
    }
}

/// What an evaluated document says of its cluster.
struct ClusterFacts {
    let facts: [(subject: String, value: String)]

    subscript(subject: String) -> String? { facts.first { $0.subject == subject }?.value }

    /// Reads the parameters of a hosted stack.
    init(parameters document: ParameterDocument, zones: [ZoneID]) {
        let values = Dictionary(document.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { one, _ in one })
        var facts: [(subject: String, value: String)] = []
        func add(_ subject: String, _ name: String) { facts.append((subject, values[name] ?? "-")) }
        add("cluster", "HyperPodClusterName")
        add("node recovery", "NodeRecovery")
        if values["NodeProvisioningMode"]?.isEmpty == false { add("provisioning", "NodeProvisioningMode") }
        for entry in document.parameters where entry.name.hasPrefix("InstanceGroupSettings") {
            facts += Self.groups(inJSON: entry.value).map { Self.group($0) }
        }
        for entry in document.parameters where entry.name.hasPrefix("RigSettings") {
            facts += Self.groups(inJSON: entry.value).map { Self.group($0, "restricted group") }
        }
        if values["CreateVPCStack"] == "true" {
            add("VPC", "VpcCIDR")
            facts.append(("zones", zones.map(\.text).sorted().joined(separator: " ")))
        }
        add("EKS cluster", "EKSClusterName")
        if values["CreateEKSClusterStack"] == "true" { add("Kubernetes", "KubernetesVersion") }
        if values["CreateFsxStack"] == "true" {
            add("FSx size", "StorageCapacity")
            add("FSx throughput", "PerUnitStorageThroughput")
            add("FSx compression", "DataCompressionType")
            add("FSx Lustre", "FileSystemTypeVersion")
        }
        if values["CreateHelmChartStack"] == "true" {
            facts += Self.parts(values["HelmOperators"] ?? "")
        }
        self.facts = facts
    }

    /// Reads a template of stackgen's own.
    init(template: EvaluatedTemplate, zones: [ZoneID]) {
        var facts: [(subject: String, value: String)] = []
        func properties(_ type: String) -> Node? { template.resources.first { $0.type == type }?.body["Properties"] }
        func add(_ subject: String, _ node: Node?) {
            if let text = node?.scalar?.text { facts.append((subject, text)) }
        }
        let cluster = properties("AWS::SageMaker::Cluster")
        add("cluster", cluster?["ClusterName"])
        add("node recovery", cluster?["NodeRecovery"])
        add("provisioning", cluster?["NodeProvisioningMode"])
        facts += (cluster?["InstanceGroups"]?.sequence ?? []).map { Self.group($0) }
        let restricted = cluster?["RestrictedInstanceGroups"]?.sequence ?? []
        facts += restricted.map { Self.group($0, "restricted group") }
        if let vpc = properties("AWS::EC2::VPC") {
            add("VPC", vpc["CidrBlock"])
            facts.append(("zones", zones.map(\.text).sorted().joined(separator: " ")))
        }
        let eks = properties("AWS::EKS::Cluster")
        add("EKS cluster", eks?["Name"])
        add("Kubernetes", eks?["Version"])
        let fsx = properties("AWS::FSx::FileSystem")
        add("FSx size", fsx?["StorageCapacity"])
        let lustre = fsx?["LustreConfiguration"]
        add("FSx throughput", lustre?["PerUnitStorageThroughput"])
        add("FSx compression", lustre?["DataCompressionType"])
        add("FSx Lustre", fsx?["FileSystemTypeVersion"])
        let nested = template.resources.filter { $0.type == "AWS::CloudFormation::Stack" }
        let operators = nested.lazy.compactMap { $0.body["Properties"]?["Parameters"]?["HelmOperators"]?.scalar }.first
        if let operators { facts += Self.parts(operators.text) }
        self.facts = facts
    }

    /// The groups of one parameter: the hosted function reads lists of groups inside the list.
    private static func groups(inJSON text: String) -> [Node] {
        let items = Parser.parse(SourceFile(name: "<parameter>", text: text)).document?.root?.sequence ?? []
        return items.flatMap { $0.sequence ?? [$0] }
    }

    /// A group in the words of the SageMaker API, which both documents have.
    private static func group(
        _ node: Node, _ kind: String = "group"
    ) -> (subject: String, value: String) {
        let volumes = (node["InstanceStorageConfigs"]?.sequence ?? []).compactMap {
            $0["EbsVolumeConfig"]?["VolumeSizeInGB"]?.scalar?.text
        }
        let parts = [
            node["InstanceCount"]?.scalar.map { "\($0.text) x" },
            node["InstanceType"]?.scalar?.text,
            volumes.isEmpty ? nil : volumes.joined(separator: "+") + " GiB",
            node["ThreadsPerCore"]?.scalar.map { "\($0.text) thread" + ($0.text == "1" ? "" : "s") },
            node["EnvironmentConfig"]?["FSxLustreConfig"]?["SizeInGiB"]?.scalar.map { "FSx \($0.text) GiB" },
        ]
        return (
            "\(kind) \(node["InstanceGroupName"]?.scalar?.text ?? "?")", parts.compactMap { $0 }.joined(separator: " ")
        )
    }

    /// The add-ons that the chart installs, in the order of the alphabet.
    private static func parts(_ switches: String) -> [(subject: String, value: String)] {
        HelmSwitches(text: switches).partsThatAreOn.map { ("add-on \($0)", "on") }
    }
}
