/// What follows from a configuration before anything is evaluated: names, subnets, quotas with all parts.
///
/// The same configuration always gives the same plan.
public struct Plan: Sendable, Equatable {
    /// The name of the CloudFormation stack.
    public var stackName: String
    /// The name of the EKS cluster, new or existing.
    public var eksClusterName: String
    /// The name of the HyperPod cluster.
    public var hyperPodClusterName: String
    /// The new network; `nil` for an existing VPC.
    public var network: NetworkPlan?
    /// All subnets: public, control plane, nodes.
    public var subnets: [SubnetPlan]
    /// The zone of the file system's subnet; `nil` without a file system.
    public var fsxZone: ZoneID?
    /// The bucket that AWS's Helm installer comes from.
    public var helmBucket: String
    /// The switches of the chart as `name.enabled=true,…`.
    public var helmOperators: String
    /// The quotas of the teams, in their order.
    public var quotas: [QuotaPlan]
    /// Whether the stack makes policy and quotas; otherwise they are applied through the APIs.
    public var governsInStack = true

    /// The zones with a subnet for nodes, in order, each once.
    public var nodeZones: [ZoneID] { SubnetPlan.zones(of: subnets, type: .nodes) }

    /// The plain value that templates see as `plan`.
    public var configValue: ConfigValue {
        .record([
            "stack_name": .string(stackName),
            "eks_cluster_name": .string(eksClusterName),
            "hyperpod_cluster_name": .string(hyperPodClusterName),
            "network": network?.configValue ?? .null,
            "subnets": .list(subnets.map(\.configValue)),
            "node_zones": nodeZones.configValue,
            "fsx_zone": fsxZone.configValue,
            "helm_bucket": .string(helmBucket),
            "helm_operators": .string(helmOperators),
            "quotas": .list(quotas.map(\.configValue)),
            "create_efa_rules": true,
            "governs_in_stack": .bool(governsInStack),
        ])
    }
}
