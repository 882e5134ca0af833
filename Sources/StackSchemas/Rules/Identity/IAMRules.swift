import Diagnostics

extension Rule {
    /// The family IAM: roles, policies and keys.
    static let iam = [foreignPartition, keyOfOtherRegion, severalAccounts, unusedExecutionRole, sharedNodeRole]

    private static let foreignPartition = Rule(
        "IAM001", .error, "ARNs are of the region's partition.",
        because: "Nothing can be used across partitions (aws, aws-cn, aws-us-gov).",
        source: "AWS docs: Amazon Resource Names", reads: arnPaths + ["region"]
    ) { context in
        let partition = context.stack.region.partition
        for item in context.allARNs where item.partition != partition {
            context.report(
                "this ARN is of the partition \(item.partition), \(context.stack.region) is of \(partition)",
                at: item.path)
        }
    }

    private static let keyOfOtherRegion = Rule(
        "IAM002", .error, "Keys and topics are in the region.",
        because: "EBS, EKS and CloudFormation use keys and topics of their own region only.",
        source: "AWS docs: ClusterEbsVolumeConfig, AWS::EKS::Cluster, CreateStack", reads: arnPaths + ["region"]
    ) { context in
        for item in context.allARNs where item.isRegional && item.region != context.stack.region.text {
            context.report("this is in \(item.region), not in \(context.stack.region)", at: item.path)
        }
    }

    private static let severalAccounts = Rule(
        "IAM003", .warning, "Roles are of one account.",
        because: "A stack can pass roles of its own account only.",
        source: "AWS docs: Granting a user permissions to pass a role",
        reads: arnPaths
    ) { context in
        let roles = context.allARNs.filter { $0.isPassedRole }
        guard let first = roles.first else { return }
        for role in roles where role.account != first.account {
            context.report(
                "this role is of account \(role.account), another one of \(first.account)", at: role.path,
                notes: [context.note("the other role is here", at: first.path)])
        }
    }

    private static let unusedExecutionRole = Rule(
        "IAM004", .warning, "A boundary is given where roles are created.",
        because: "It has no effect on existing roles.",
        source: "AWS docs: Permissions boundaries for IAM entities",
        reads: ["iam", "eks.existing_cluster", "eks.cluster_role_arn", "lifecycle", "helm", "fsx", "addons"]
    ) { context in
        let stack = context.stack
        let createsRoles =
            stack.iam.executionRoleARN == nil || (stack.eks.existingCluster == nil && stack.eks.clusterRoleARN == nil)
            || stack.lifecycle.s3URI == nil || stack.fsx?.csiDriver == true
            || stack.addons.all.contains { $0.addon.enabled } || stack.hyperpod.karpenter.enabled
        guard stack.iam.permissionsBoundaryARN != nil, !createsRoles else { return }
        context.report("no role is created that it could bound", at: "iam.permissions_boundary_arn")
    }

    private static let sharedNodeRole = Rule(
        "IAM005", .error, "Nodes and control plane have different roles.",
        because: "The services trust different principals, and HyperPod refuses roles of EKS.",
        source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod",
        reads: ["iam.execution_role_arn", "eks.cluster_role_arn"]
    ) { context in
        guard let role = context.stack.iam.executionRoleARN, role == context.stack.eks.clusterRoleARN else { return }
        context.report(
            "this is the role of the control plane", at: "iam.execution_role_arn",
            notes: [context.note("the control plane's role is here", at: "eks.cluster_role_arn")])
    }

    private static let arnPaths: [ConfigPath] = [
        "stack", "eks", "iam", "hyperpod.karpenter", "instance_groups", "restricted_instance_groups",
    ]
}

/// An ARN of the configuration with its place.
struct LocatedARN {
    let path: ConfigPath
    let partition: String
    let region: String
    let account: String
    /// Whether it has to be in the stack's region.
    var isRegional = false
    /// Whether the stack passes it to a service.
    var isPassedRole = false

    init<Kind>(_ path: ConfigPath, _ arn: ARN<Kind>, isRegional: Bool = false, isPassedRole: Bool = false) {
        self.path = path
        self.partition = arn.partition
        self.region = arn.region
        self.account = arn.account
        self.isRegional = isRegional
        self.isPassedRole = isPassedRole
    }
}

extension RuleContext {
    /// Finds the ARNs, in the order of the schema.
    func locatedARNs() -> [LocatedARN] {
        var found: [LocatedARN] = []
        for (index, topic) in stack.stack.notificationARNs.enumerated() {
            found.append(LocatedARN(("stack.notification_arns" as ConfigPath)[index], topic, isRegional: true))
        }
        let roles: [(ConfigPath, ARN<IAMRole>?)] = [
            ("stack.role_arn", stack.stack.roleARN), ("eks.cluster_role_arn", stack.eks.clusterRoleARN),
            ("iam.execution_role_arn", stack.iam.executionRoleARN),
            ("hyperpod.karpenter.cluster_role_arn", stack.hyperpod.karpenter.clusterRoleARN),
        ]
        for case (let path, let role?) in roles { found.append(LocatedARN(path, role, isPassedRole: true)) }
        if let key = stack.eks.secretsKMSKeyARN {
            found.append(LocatedARN("eks.secrets_kms_key_arn", key, isRegional: true))
        }
        if let policy = stack.iam.permissionsBoundaryARN {
            found.append(LocatedARN("iam.permissions_boundary_arn", policy))
        }
        for (index, entry) in stack.eks.accessEntries.enumerated() {
            found.append(LocatedARN(("eks.access_entries" as ConfigPath)[index] / "principal_arn", entry.principalARN))
        }
        return found + groupARNs
    }

    private var groupARNs: [LocatedARN] {
        var found: [LocatedARN] = []
        for (path, group) in ordinaryGroups {
            if let role = group.executionRoleARN {
                found.append(LocatedARN(path / "execution_role_arn", role, isPassedRole: true))
            }
            if let key = group.ebsKMSKeyARN {
                found.append(LocatedARN(path / "ebs_kms_key_arn", key, isRegional: true))
            }
            if let key = group.rootVolumeKMSKeyARN {
                found.append(LocatedARN(path / "root_volume_kms_key_arn", key, isRegional: true))
            }
        }
        for (index, group) in stack.restrictedInstanceGroups.enumerated() {
            guard let role = group.executionRoleARN else { continue }
            let path = ("restricted_instance_groups" as ConfigPath)[index]
            found.append(LocatedARN(path / "execution_role_arn", role, isPassedRole: true))
        }
        return found
    }
}
