import Diagnostics

extension Rule {
    /// Endpoints and other settings of the control plane.
    static let controlPlane = [
        noEndpoint, restrictedPublicEndpoint, ignoredPublicRanges, existingClusterNeedsVPC, ignoredClusterSettings,
        coreAddonsOff, oldNetworkPlugin, noAdministrator,
    ]

    private static let noEndpoint = Rule(
        "EKS010", .error, "The API server has an endpoint.", because: "EKS refuses a cluster without any.",
        source: "AWS docs: VpcConfigRequest", reads: ["eks.endpoint_public_access", "eks.endpoint_private_access"]
    ) { context in
        let eks = context.stack.eks
        guard !eks.endpointPublicAccess, !eks.endpointPrivateAccess else { return }
        context.report(
            "neither the public nor the private endpoint is on", at: "eks.endpoint_private_access",
            fix: context.replacement(of: "eks.endpoint_private_access", with: "true"))
    }

    private static let restrictedPublicEndpoint = Rule(
        "EKS011", .warning, "With a restricted public endpoint the private one is on.",
        because: "Nodes reach the API server through the NAT gateway's address, which is not among the ranges, and "
            + "never join.",
        source: "AWS docs: Cluster API server endpoint",
        reads: ["eks.endpoint_public_access", "eks.endpoint_private_access", "eks.public_access_cidrs"]
    ) { context in
        let eks = context.stack.eks
        guard eks.endpointPublicAccess, !eks.endpointPrivateAccess, !eks.publicAccessCIDRs.isEmpty,
            !eks.publicAccessCIDRs.contains("0.0.0.0/0")
        else { return }
        context.report(
            "the nodes cannot reach the API server: the public endpoint is restricted and the private one is off",
            at: "eks.endpoint_private_access",
            fix: context.replacement(of: "eks.endpoint_private_access", with: "true"))
    }

    private static let ignoredPublicRanges = Rule(
        "EKS012", .warning, "Ranges of the public endpoint are given only when it is on.",
        because: "Without a public endpoint the ranges have no effect.", source: "AWS docs: VpcConfigRequest",
        reads: ["eks.endpoint_public_access", "eks.public_access_cidrs"]
    ) { context in
        let eks = context.stack.eks
        guard !eks.endpointPublicAccess, !eks.publicAccessCIDRs.isEmpty else { return }
        context.report(
            "`public_access_cidrs` has no effect: the public endpoint is off", atKey: "eks.public_access_cidrs",
            fix: Diagnostic.Fix("remove it"))
    }

    private static let existingClusterNeedsVPC = Rule(
        "EKS013", .error, "An existing EKS cluster stands in an existing VPC.",
        because: "The nodes have to be in the VPC of the control plane.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod", reads: ["eks.existing_cluster", "vpc.id"]
    ) { context in
        guard context.stack.eks.existingCluster != nil, context.stack.vpc.id == nil else { return }
        context.report(
            "an existing EKS cluster needs its VPC named", atKey: "eks.existing_cluster",
            fix: Diagnostic.Fix("set `vpc.id`, `vpc.subnets` and `vpc.security_group_ids` to those of the cluster"))
    }

    private static let ignoredClusterSettings = Rule(
        "EKS014", .warning, "Beside an existing EKS cluster nothing is said about a new one.",
        because: "The setting has no effect.", source: "stackgen: reference of `eks`", reads: ["eks"]
    ) { context in
        guard context.stack.eks.existingCluster != nil else { return }
        let keys = [
            "name", "authentication_mode", "bootstrap_creator_admin", "endpoint_public_access",
            "endpoint_private_access",
            "public_access_cidrs", "service_ipv4_cidr", "logging", "secrets_kms_key_arn", "support_type",
            "cluster_role_arn",
        ]
        for key in context.changed(context.stack.eks, among: keys) {
            context.report(
                "`eks.\(key)` has no effect beside `eks.existing_cluster`", atKey: "eks" / key,
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let coreAddonsOff = Rule(
        "EKS015", .warning, "A new EKS cluster gets its core add-ons.",
        because:
            "Without the pod identity agent no add-on has rights in AWS, and self-managed plugins are not upgraded.",
        source: "AWS docs: Amazon EKS add-ons", reads: ["eks.core_addons", "eks.existing_cluster"]
    ) { context in
        guard !context.stack.eks.coreAddons, context.stack.eks.existingCluster == nil else { return }
        context.report(
            "a new cluster without core add-ons has no pod identity agent", at: "eks.core_addons",
            fix: context.replacement(of: "eks.core_addons", with: "true"))
    }

    private static let oldNetworkPlugin = Rule(
        "EKS016", .error, "vpc-cni is at least 1.18.3.", because: "HyperPod demands it.",
        source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod",
        reads: ["eks.core_addon_versions"]
    ) { context in
        guard let version = context.stack.eks.coreAddonVersions["vpc-cni"], version.isBefore([1, 18, 3]) else { return }
        context.report("vpc-cni \(version) is older than v1.18.3", at: "eks.core_addon_versions" / "vpc-cni")
    }

    private static let noAdministrator = Rule(
        "EKS017", .warning, "Somebody administrates a new EKS cluster.",
        because: "Without the creator as administrator and without an entry with an admin policy nobody but the Helm "
            + "installer can do anything in the cluster.",
        source: "AWS docs: Grant IAM users access to Kubernetes with EKS access entries",
        reads: ["eks.bootstrap_creator_admin", "eks.access_entries", "eks.existing_cluster"]
    ) { context in
        let eks = context.stack.eks
        let hasAdministrator = eks.accessEntries.contains { entry in
            !entry.kubernetesGroups.isEmpty || entry.policies.contains { $0.policy.name.contains("Admin") }
        }
        guard eks.existingCluster == nil, !eks.bootstrapCreatorAdmin, !hasAdministrator else { return }
        context.report(
            "nobody administrates the cluster", at: "eks.bootstrap_creator_admin",
            fix: Diagnostic.Fix("add an access entry with the policy AmazonEKSClusterAdminPolicy"))
    }
}
