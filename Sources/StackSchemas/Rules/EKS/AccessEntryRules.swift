import Diagnostics

extension Rule {
    /// Access entries.
    static let accessEntries = [
        repeatedPrincipal, policiesOfNodes, groupsOfNodes, unknownPolicy, reservedGroup, repeatedPolicy,
        reservedUserName,
    ]

    private static let repeatedPrincipal = Rule(
        "EKS020", .error, "Every principal has one access entry.", because: "EKS answers with a conflict.",
        source: "AWS docs: CreateAccessEntry", reads: ["eks.access_entries.principal_arn"]
    ) { context in
        let entries = context.stack.eks.accessEntries
        for (index, entry) in entries.enumerated() {
            guard let first = entries[..<index].firstIndex(where: { $0.principalARN == entry.principalARN }) else {
                continue
            }
            context.report(
                "this principal has an access entry already", at: list[index] / "principal_arn",
                notes: [context.note("first here", at: list[first] / "principal_arn")],
                fix: Diagnostic.Fix("put the policies of both into one entry"))
        }
    }

    private static let policiesOfNodes = Rule(
        "EKS021", .error, "Only STANDARD entries have policies.",
        because: "EKS refuses policies on entries of nodes.", source: "AWS docs: CreateAccessEntry",
        reads: ["eks.access_entries.type", "eks.access_entries.policies"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated()
        where entry.type != .standard && entry.type != .ec2 && !entry.policies.isEmpty {
            context.report(
                "an entry of type \(entry.type.rawValue) takes no policies", atKey: list[index] / "policies",
                fix: Diagnostic.Fix("remove them, or make the type STANDARD"))
        }
    }

    private static let groupsOfNodes = Rule(
        "EKS022", .error, "Only STANDARD entries have Kubernetes groups.",
        because: "EKS gives entries of nodes their groups itself.", source: "AWS docs: CreateAccessEntry",
        reads: ["eks.access_entries.type", "eks.access_entries.kubernetes_groups"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated()
        where entry.type != .standard && !entry.kubernetesGroups.isEmpty {
            context.report(
                "an entry of type \(entry.type.rawValue) takes no groups", atKey: list[index] / "kubernetes_groups",
                fix: Diagnostic.Fix("remove them, or make the type STANDARD"))
        }
    }

    /// AWS docs: Review access policy permissions.
    private static let policies = [
        "AmazonEKSAdminPolicy", "AmazonEKSClusterAdminPolicy", "AmazonEKSAdminViewPolicy", "AmazonEKSEditPolicy",
        "AmazonEKSViewPolicy", "AmazonEKSAutoNodePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy", "AmazonEKSComputePolicy", "AmazonEKSHybridPolicy",
        "AmazonEKSClusterInsightsPolicy",
        "AmazonSagemakerHyperpodClusterPolicy", "AmazonSagemakerHyperpodControllerPolicy",
        "AmazonSagemakerHyperpodSystemNamespacePolicy", "AmazonSagemakerHyperpodSpacePolicy",
        "AmazonSagemakerHyperpodSpaceTemplatePolicy",
    ]

    private static let unknownPolicy = Rule(
        "EKS023", .warning, "Access policies are known.",
        because: "EKS refuses policies that do not exist; they are not policies of IAM.",
        source: "AWS docs: Review access policy permissions", reads: ["eks.access_entries.policies"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated() {
            for (position, policy) in entry.policies.enumerated() where !policies.contains(policy.policy.name) {
                let path = (list[index] / "policies")[position] / "policy"
                let nearest = Spelling.nearest(to: policy.policy.name, in: policies)
                context.report(
                    "\(policy.policy) is not among the access policies of EKS", at: path,
                    label: nearest.map { "did you mean `\($0)`?" },
                    fix: nearest.map { context.replacement(of: path, with: $0) })
            }
        }
    }

    private static let reservedGroup = Rule(
        "EKS024", .error, "Groups do not begin with system:, eks:, aws:, amazon: or iam:.",
        because: "EKS keeps these prefixes to itself.", source: "AWS docs: Create access entries",
        reads: ["eks.access_entries.kubernetes_groups"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated() {
            for (position, group) in entry.kubernetesGroups.enumerated() where isReserved(group.text) {
                context.report(
                    "EKS refuses the group \(group)", at: (list[index] / "kubernetes_groups")[position],
                    fix: Diagnostic.Fix("use the policy AmazonEKSClusterAdminPolicy, or a group of your own"))
            }
        }
    }

    private static let repeatedPolicy = Rule(
        "EKS025", .error, "An entry has every policy once.", because: "EKS answers with a conflict.",
        source: "AWS docs: AssociateAccessPolicy", reads: ["eks.access_entries.policies"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated() {
            for (position, policy) in entry.policies.enumerated() {
                let earlier = entry.policies[..<position].firstIndex { $0.policy.name == policy.policy.name }
                guard let earlier else { continue }
                let path = list[index] / "policies"
                context.report(
                    "\(policy.policy) is given twice", at: path[position] / "policy",
                    notes: [context.note("first here", at: path[earlier] / "policy")],
                    fix: Diagnostic.Fix("put the namespaces of both into one"))
            }
        }
    }

    private static let reservedUserName = Rule(
        "EKS026", .error, "User names do not begin with system:, eks:, aws:, amazon: or iam:.",
        because: "EKS keeps these prefixes to itself.", source: "AWS docs: Create access entries",
        reads: ["eks.access_entries.username"]
    ) { context in
        for (index, entry) in context.stack.eks.accessEntries.enumerated() {
            guard let name = entry.username, isReserved(name.text) else { continue }
            context.report("EKS refuses the user name \(name)", at: list[index] / "username")
        }
    }

    private static let list: ConfigPath = "eks.access_entries"

    private static func isReserved(_ text: String) -> Bool {
        ["system:", "eks:", "aws:", "amazon:", "iam:"].contains { text.hasPrefix($0) }
    }
}

extension Rule {
    /// The family EKS.
    static let eks = kubernetesVersions + controlPlane + accessEntries
}
