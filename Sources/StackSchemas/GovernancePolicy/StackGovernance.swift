/// The two ways in which a cluster of the kind `cluster-stack` gets its task governance.
extension ClusterStack {
    /// The types of task governance that the configuration needs and CloudFormation lacks in the region.
    ///
    /// None without task governance, for a region that is not known, and for one without HyperPod.
    var missingGovernanceTypes: [String] {
        guard let governance = taskGovernance, let region = Catalog.regions[region],
            region.cloudFormationTypes.contains("AWS::SageMaker::Cluster")
        else { return [] }
        var needed = ["AWS::SageMaker::ClusterSchedulerConfig"]
        if !governance.teams.isEmpty { needed.append("AWS::SageMaker::ComputeQuota") }
        return needed.filter { !region.cloudFormationTypes.contains($0) }
    }
}

extension CheckedConfig {
    /// The policy of a `cluster-stack` whose region lacks CloudFormation's types for it, in the words of the kind
    /// `task-governance`: what is applied through the APIs once the stack is complete. `nil` where the stack makes the
    /// policy, or there is none.
    public var policyBesideStack: PolicyConfig? {
        guard hosted == nil, policy == nil, let stack, let plan, !plan.governsInStack,
            let governance = stack.taskGovernance
        else { return nil }
        var policy = GovernancePolicy()
        policy.name = stack.name
        policy.region = stack.region
        policy.cluster = HyperPodClusterReference(text: plan.hyperPodClusterName)
        policy.eksCluster = EKSClusterName(text: plan.eksClusterName)
        policy.taskGovernance = governance
        policy.tags = stack.tags
        return PolicyConfig(policy)
    }
}
