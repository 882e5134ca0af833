/// What a governance policy comes to in the words of `cluster-stack`, so that the rules of that kind judge it.
struct PolicyMapping {
    /// A cluster with the policy and, where the configuration says what there is, with groups that have it.
    private(set) var cluster = ClusterStack()
    /// Where each value of the cluster stands in the policy.
    private(set) var places: [ConfigPath: ConfigPath] = ["task_governance": "task_governance", "region": "region"]

    /// Maps a policy.
    init(_ policy: GovernancePolicy) {
        cluster.name = policy.name
        cluster.region = policy.region
        cluster.taskGovernance = policy.taskGovernance
        if !policy.capacity.isEmpty { places["instance_groups"] = "capacity" }
        for (index, entry) in policy.capacity.entries.enumerated() {
            var group = InstanceGroup()
            group.name = HyperPodName(text: "group-\(index + 1)")
            group.instanceType = entry.key
            group.count = entry.value.value
            cluster.instanceGroups.append(group)
            let place = ConfigPath([.key("capacity"), .key(entry.key.text)])
            for key in ["count", "instance_type"] { places[("instance_groups" as ConfigPath)[index] / key] = place }
        }
    }

    /// The rules of `cluster-stack` that hold for a policy on its own: those of classes, teams and quotas. What they
    /// say of the cluster itself is asked of the cluster, when the policy is applied.
    static func isShared(_ rule: Rule) -> Bool { shared.contains(rule.id) }

    private static let shared: Set = [
        "GOV006", "GOV007", "GOV008", "GOV009", "GOV010", "GOV011", "GOV020", "GOV021", "GOV022", "GOV023", "GOV024",
        "GOV025", "GOV026", "GOV027", "GOV028", "GOV029", "GOV030", "GOV031", "GOV032", "GOV033", "GOV034", "GOV035",
        "GOV036", "GOV037", "GOV038", "GOV039", "GOV040", "GOV041", "GOV042", "GOV043", "GOV044", "GOV045", "GOV046",
        "GOV048", "GOV049", "NET021",
    ]
}
