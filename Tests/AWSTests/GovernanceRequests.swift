@testable import AWS

/// Calls of task governance with every member given, for the recorded requests.
enum GovernanceRequests {
    private static let cluster = "arn:aws:sagemaker:us-west-2:123456789012:cluster/abcdefghij12"

    private static let policy = SchedulerConfiguration(
        priorityClasses: [.init(name: "inference", weight: 90), .init(name: "training", weight: 0)],
        fairShare: "Enabled", idleResourceSharing: "Disabled")

    private static let quota = ComputeQuotaConfiguration(
        computeQuotaResources: [
            ComputeQuotaResource(instanceType: "ml.g5.12xlarge", count: 1),
            ComputeQuotaResource(instanceType: "ml.g6.12xlarge", accelerators: 2, vCpu: 24, memoryInGiB: 96.5),
            ComputeQuotaResource(
                instanceType: "ml.p4d.24xlarge", acceleratorPartition: .init(type: "mig-1g.5gb", count: 7)),
        ],
        resourceSharingConfig: .init(
            strategy: "LendAndBorrow", borrowLimit: 100,
            absoluteBorrowLimits: [ComputeQuotaResource(instanceType: "ml.g5.12xlarge", count: 2)]),
        preemptTeamTasks: "LowerPriority")

    static let operations: [any AWSOperation] = [
        CreateClusterSchedulerConfigInput(
            name: "policy", clusterArn: cluster, schedulerConfig: policy, description: "Who goes first",
            tags: [ResourceTag(key: "team", value: "ml platform")]),
        UpdateClusterSchedulerConfigInput(
            clusterSchedulerConfigId: "abcdefghij12", targetVersion: 3, schedulerConfig: policy),
        DescribeClusterSchedulerConfigInput(clusterSchedulerConfigId: "abcdefghij12"),
        ListClusterSchedulerConfigsInput(clusterArn: cluster, nextToken: "n"),
        DeleteClusterSchedulerConfigInput(clusterSchedulerConfigId: "abcdefghij12"),
        CreateComputeQuotaInput(
            name: "quota", clusterArn: cluster, computeQuotaConfig: quota,
            computeQuotaTarget: ComputeQuotaTarget(teamName: "team-a", fairShareWeight: 100),
            activationState: "Enabled", description: "d", tags: []),
        UpdateComputeQuotaInput(
            computeQuotaId: "abcdefghij12", targetVersion: 1, computeQuotaConfig: quota,
            computeQuotaTarget: ComputeQuotaTarget(teamName: "team-a")),
        DescribeComputeQuotaInput(computeQuotaId: "abcdefghij12"),
        ListComputeQuotasInput(clusterArn: cluster),
        DeleteComputeQuotaInput(computeQuotaId: "abcdefghij12"),
        ListAddonsInput(clusterName: "eks", nextToken: "a b"),
        DescribeAddonInput(clusterName: "eks", addonName: "amazon-sagemaker-hyperpod-taskgovernance"),
        CreateAddonInput(
            clusterName: "eks", addonName: "amazon-sagemaker-hyperpod-taskgovernance",
            addonVersion: "v1.6.0-eksbuild.1", clientRequestToken: "t", tags: ["a": "b"]),
        UpdateAddonInput(
            clusterName: "eks", addonName: "amazon-sagemaker-hyperpod-taskgovernance",
            addonVersion: "v1.6.0-eksbuild.1", clientRequestToken: "t"),
        DeleteAddonInput(clusterName: "eks", addonName: "amazon-sagemaker-hyperpod-taskgovernance"),
    ]
}
