/// What each key of `hyp` becomes in the kind `cluster-stack`: the one table that `stackgen migrate` and
/// `docs/coming-from-hyp.md` are made from.
public enum HostedCounterparts {
    /// What becomes of a key.
    public enum Fate: String, Codable, Sendable {
        /// The same value under another name.
        case maps
        /// The same thing, said in another way.
        case changes
        /// Nothing.
        case none
    }

    /// A key with its counterpart.
    public struct Row: Codable, Sendable, Equatable {
        /// The key of `hyp`.
        public let key: String
        /// The path in `cluster-stack`; `nil` where there is none.
        public let path: String?
        /// What becomes of it.
        public let fate: Fate
        /// What changes and why; empty where nothing does.
        public let reason: String
    }

    private static func maps(_ key: String, _ path: String) -> Row {
        Row(key: key, path: path, fate: .maps, reason: "")
    }

    private static func changes(_ key: String, _ path: String, _ reason: String) -> Row {
        Row(key: key, path: path, fate: .changes, reason: reason)
    }

    private static func none(_ key: String, _ reason: String) -> Row {
        Row(key: key, path: nil, fate: .none, reason: reason)
    }

    /// The row of a key.
    static func row(_ key: String) -> Row? { rows.first { $0.key == key } }

    /// All rows as a Markdown table.
    static var table: String {
        let lines = rows.map { row in
            let path = row.path.map { "`\($0)`" } ?? "none"
            return "| `\(row.key)` | \(path) | \(row.reason) |"
        }
        return (["| hyp | cluster-stack | what changes and why |", "|---|---|---|"] + lines).joined(separator: "\n")
            + "\n"
    }

    /// Every key, in the order of `hyp`.
    public static let rows: [Row] = [
        changes("resource_name_prefix", "name", "names get no random characters, so a run can be repeated"),
        none("create_hyperpod_cluster_stack", "the cluster is what cluster-stack makes"),
        maps("hyperpod_cluster_name", "hyperpod.cluster_name"),
        changes(
            "create_eks_cluster_stack", "eks",
            "an existing cluster is named as eks.existing_cluster, a new one as eks.name"),
        maps("kubernetes_version", "eks.version"),
        maps("eks_cluster_name", "eks.name"),
        maps("create_helm_chart_stack", "helm.install"),
        maps("namespace", "helm.namespace"),
        maps("helm_repo_url", "helm.repository_url"),
        maps("helm_repo_path", "helm.repository_path"),
        changes("helm_operators", "helm.operators", "only parts that differ from the chart's own choice are named"),
        maps("helm_release", "helm.release_name"),
        changes("node_provisioning_mode", "hyperpod.node_provisioning_mode", "the empty text is absence"),
        maps("node_recovery", "hyperpod.node_recovery"),
        changes("instance_group_settings", "instance_groups", "keys in snake case with units; no numbered parameters"),
        changes("rig_settings", "restricted_instance_groups", "keys in snake case with units"),
        changes(
            "rig_s3_bucket_name", "restricted_environment.input_bucket",
            "the published role reads there and writes nowhere; name output_bucket where nodes write"),
        changes("tags", "tags", "a map; the tags reach every resource and not the cluster alone"),
        changes("create_vpc_stack", "vpc", "a VPC is made unless vpc.id names one"),
        maps("vpc_id", "vpc.id"),
        changes(
            "vpc_cidr", "vpc.cidr",
            "subnets of nodes lie inside, not in ranges of their own; name those as vpc.secondary_cidrs"),
        changes("availability_zone_ids", "vpc.availability_zones", "zones are always named; nothing is looked up"),
        changes("create_security_group_stack", "vpc.security_group_ids", "a group is made unless groups are named"),
        maps("security_group_id", "vpc.security_group_ids"),
        maps("security_group_ids", "vpc.security_group_ids"),
        changes("private_subnet_ids", "vpc.subnets", "each subnet is named with its zone"),
        changes("eks_private_subnet_ids", "vpc.subnets", "each subnet is named with its zone, as type control_plane"),
        none("nat_gateway_ids", "routes of an existing VPC are left as they are"),
        none("private_route_table_ids", "routes of an existing VPC are left as they are"),
        maps("create_s3_endpoint_stack", "vpc.s3_gateway_endpoint"),
        maps("enable_hp_inference_feature", "addons.inference.enabled"),
        none("stage", "the Helm chart alone comes from the published bucket, in its released form"),
        maps("custom_bucket_name", "helm.bucket"),
        none("create_life_cycle_script_stack", "the script is always put into the bucket, before the cluster is made"),
        changes("create_s3_bucket_stack", "lifecycle.bucket", "a bucket is made unless one is named"),
        changes("s3_bucket_name", "lifecycle.bucket", "named only where it exists; a new one has a name of its own"),
        changes(
            "github_raw_url", "lifecycle.script_file",
            "the script is a file beside the configuration, or the one in the binary"),
        changes("on_create_path", "lifecycle.on_create", "the name of a script and not of a bucket"),
        changes("create_sagemaker_iam_role_stack", "iam.execution_role_arn", "a role is made unless one is named"),
        changes(
            "sagemaker_iam_role_name", "iam.execution_role_arn",
            "an existing role is named by its ARN; a new one has a name of its own"),
        changes("create_fsx_stack", "fsx", "a file system is made where the key is there"),
        none("fsx_subnet_id", "the subnet follows from the zone"),
        maps("fsx_availability_zone_id", "fsx.availability_zone"),
        maps("per_unit_storage_throughput", "fsx.throughput_mbps_per_tib"),
        maps("data_compression_type", "fsx.compression"),
        changes("file_system_type_version", "fsx.lustre_version", "a text: 2.10 stays 2.10"),
        maps("storage_capacity", "fsx.storage_gib"),
        maps("fsx_file_system_id", "fsx.existing_file_system_id"),
    ]
}
