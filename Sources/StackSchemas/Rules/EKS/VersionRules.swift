import Diagnostics

extension Rule {
    /// The version of Kubernetes. Support is judged as of the day on which the catalog was written.
    static let kubernetesVersions = [unsupportedVersion, unknownVersion, supportEnded, extendedSupport, forcedUpgrade]

    private static let unsupportedVersion = Rule(
        "EKS001", .error, "HyperPod supports the version of Kubernetes.",
        because: "HyperPod refuses to attach to a cluster of another version; task governance demands 1.30 as well.",
        source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod", reads: ["eks.version"]
    ) { context in
        let version = context.stack.eks.version
        guard let oldest = Catalog.kubernetesVersions.supported.first, version < oldest else { return }
        let list = Catalog.kubernetesVersions.supported.map(\.text).joined(separator: ", ")
        context.report(
            "HyperPod does not support Kubernetes \(version)", at: "eks.version",
            notes: [Diagnostic.Note("it supports \(list)")],
            fix: context.replacement(of: "eks.version", with: ConfigValue.quoted(EKSSettings().version.text)))
    }

    private static let unknownVersion = Rule(
        "EKS002", .warning, "The version of Kubernetes is known.",
        because: "For a version newer than the catalog neither HyperPod's nor the add-ons' support can be checked.",
        source: "AWS docs: Understand the Kubernetes version lifecycle on EKS", reads: ["eks.version"]
    ) { context in
        let version = context.stack.eks.version
        guard let newest = Catalog.kubernetesVersions.all.last?.version, version > newest else { return }
        context.report(
            "Kubernetes \(version) is newer than the catalog of \(Catalog.kubernetesVersions.date)", at: "eks.version",
            notes: [Diagnostic.Note("the newest version in it is \(newest)")],
            fix: Diagnostic.Fix("if HyperPod supports it by now, say so: \(answer("EKS002"))"))
    }

    private static let supportEnded = Rule(
        "EKS003", .warning, "EKS still supports the version of Kubernetes.",
        because: "After extended support EKS makes no new clusters of a version and upgrades those that exist.",
        source: "AWS docs: Understand the Kubernetes version lifecycle on EKS",
        reads: ["eks.version", "eks.existing_cluster"]
    ) { context in
        let catalog = Catalog.kubernetesVersions
        guard let facts = catalog[context.stack.eks.version], facts.isSupportedByHyperPod,
            facts.extendedSupportEnds < catalog.date
        else { return }
        context.report(
            "support of Kubernetes \(facts.version) ended on \(facts.extendedSupportEnds)", at: "eks.version",
            fix: newestVersion(context))
    }

    private static let extendedSupport = Rule(
        "EKS004", .note, "The version of Kubernetes is in standard support.",
        because: "A control plane in extended support costs six times as much.",
        source: "AWS docs: Understand the Kubernetes version lifecycle on EKS; Amazon EKS pricing",
        reads: ["eks.version", "eks.support_type"]
    ) { context in
        let catalog = Catalog.kubernetesVersions
        // Only a version that was chosen: the default is chosen by stackgen.
        guard context.config.contains("eks.version"), context.stack.eks.supportType == nil,
            let facts = catalog[context.stack.eks.version], facts.standardSupportEnds < catalog.date,
            facts.extendedSupportEnds >= catalog.date
        else { return }
        context.report(
            "Kubernetes \(facts.version) is in extended support since \(facts.standardSupportEnds), at a higher price",
            at: "eks.version", fix: newestVersion(context))
    }

    /// The version that stackgen takes where none is chosen.
    private static func newestVersion(_ context: RuleContext) -> Diagnostic.Fix {
        context.replacement(of: "eks.version", with: "\"\(EKSSettings().version)\"")
    }

    private static let forcedUpgrade = Rule(
        "EKS005", .warning, "With support type STANDARD the version is in standard support.",
        because: "EKS upgrades such a cluster by itself once standard support has ended.",
        source: "AWS docs: UpgradePolicyRequest", reads: ["eks.version", "eks.support_type"]
    ) { context in
        let catalog = Catalog.kubernetesVersions
        guard context.stack.eks.supportType == .standard, let facts = catalog[context.stack.eks.version],
            facts.standardSupportEnds < catalog.date
        else { return }
        context.report(
            "standard support of Kubernetes \(facts.version) ended on \(facts.standardSupportEnds); "
                + "EKS would upgrade the cluster",
            at: "eks.support_type", notes: [context.note("the version is chosen here", at: "eks.version")])
    }
}
