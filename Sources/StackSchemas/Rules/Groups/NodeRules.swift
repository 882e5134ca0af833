import Diagnostics

extension Rule {
    /// What nodes carry and how they are looked after.
    static let nodes = [
        reservedLabel, repeatedTaint, taintsAndChecks, checksWithoutAccelerators, batchSize, batchesWithoutUpdate,
        updateScheduleFixed,
        karpenterContinuous, karpenterRecovery, karpenterRoleUnused, tieredStorageOff, restrictedModes,
        restrictedFileSystemSize, clusterTypeMissing, restrictedEnvironmentUnused,
        sharedSizeAndThroughput, mountOfNoFileSystem, mountNames,
    ]

    private static let reservedLabel = Rule(
        "GRP040", .error, "Labels do not use the domains of Kubernetes and AWS.",
        because: "SageMaker refuses labels of these domains.", source: "AWS docs: ClusterKubernetesConfig",
        reads: ["instance_groups.labels"]
    ) { context in
        let domains = [
            "kubernetes.io", "k8s.io", "sagemaker.amazonaws.com", "eks.amazonaws.com", "k8s.aws", "karpenter.sh",
        ]
        for (path, group) in context.ordinaryGroups {
            for entry in group.labels.entries {
                guard let prefix = entry.key.prefix,
                    let domain = domains.first(where: { prefix == $0 || prefix.hasSuffix("." + $0) })
                else { continue }
                context.report(
                    "labels of the domain \(domain) are reserved", atKey: path / "labels" / entry.key.text,
                    fix: Diagnostic.Fix("use a domain of your own, or none"))
            }
        }
    }

    private static let repeatedTaint = Rule(
        "GRP041", .error, "A group has every taint once.", because: "Kubernetes refuses nodes with repeated taints.",
        source: "Kubernetes docs: Taints and Tolerations", reads: ["instance_groups.taints"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            for (index, taint) in group.taints.enumerated() {
                let first = group.taints[..<index].firstIndex { $0.key == taint.key && $0.effect == taint.effect }
                guard let first else { continue }
                context.report(
                    "taint \(taint.key) with \(taint.effect.rawValue) is given twice",
                    at: (path / "taints")[index] / "key",
                    notes: [context.note("first here", at: (path / "taints")[first] / "key")])
            }
        }
    }

    private static let taintsAndChecks = Rule(
        "GRP042", .error, "A group has taints or deep health checks.",
        because: "SageMaker refuses both together: the checks put a taint of their own on new nodes.",
        source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod",
        reads: ["instance_groups.taints", "instance_groups.deep_health_checks"]
    ) { context in
        for (path, group) in context.ordinaryGroups where !group.taints.isEmpty && !group.deepHealthChecks.isEmpty {
            context.report(
                "taints exclude deep health checks", atKey: path / "taints",
                notes: [context.note("the checks are here", at: path / "deep_health_checks")])
        }
    }

    private static let checksWithoutAccelerators = Rule(
        "GRP043", .warning, "Deep health checks run on nodes with accelerators.",
        because: "SageMaker skips them on other machine types.", source: "AWS docs: Deep health checks",
        reads: [
            "instance_groups.deep_health_checks", "instance_groups.instance_type",
            "restricted_instance_groups.deep_health_checks", "restricted_instance_groups.instance_type",
        ]
    ) { context in
        let ordinary = context.stack.instanceGroups.map(\.deepHealthChecks.isEmpty)
        let restricted = context.stack.restrictedInstanceGroups.map(\.deepHealthChecks.isEmpty)
        for (group, hasNone) in zip(context.groups, ordinary + restricted) where !hasNone {
            guard let type = group.types.first(where: { $0.facts?.accelerators == 0 }) else { continue }
            context.report(
                "\(type) has no accelerators to check", atKey: group.path / "deep_health_checks",
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let batchSize = Rule(
        "GRP044", .error, "A rolling update has one batch size.", because: "SageMaker takes a share or a number.",
        source: "AWS docs: RollingDeploymentPolicy", reads: ["instance_groups.rolling_update"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            guard let update = group.rollingUpdate else { continue }
            switch (update.maxBatchPercent, update.maxBatchCount) {
            case (nil, nil):
                context.report(
                    "a rolling update needs `max_batch_percent` or `max_batch_count`", atKey: path / "rolling_update")
            case (.some, .some):
                context.report(
                    "a rolling update takes `max_batch_percent` or `max_batch_count`, not both",
                    at: path / "rolling_update" / "max_batch_count", fix: Diagnostic.Fix("remove one of them"))
            default: break
            }
        }
    }

    private static let batchesWithoutUpdate = Rule(
        "GRP057", .warning, "A rolling update belongs to an update schedule or to automatic patching.",
        because: "It has no place in the template otherwise, and no effect.",
        source: "AWS docs: AWS::SageMaker::Cluster", reads: ["instance_groups"]
    ) { context in
        for (path, group) in context.ordinaryGroups
        where group.rollingUpdate != nil && group.updateSchedule == nil && group.autoPatch == nil {
            context.report(
                "`rolling_update` has no effect without `update_schedule` or `auto_patch`",
                atKey: path / "rolling_update",
                fix: Diagnostic.Fix("add `auto_patch: {strategy: WhenIdle}` or an `update_schedule`"))
        }
    }

    private static let updateScheduleFixed = Rule(
        "GRP045", .warning, "An update schedule is meant to stay.",
        because: "Once set it cannot be changed; later updates of the stack fail.",
        source: "hi-space/aws-physical-ai-recipes: hyperpod-training/README.md (field report)",
        reads: ["instance_groups.update_schedule"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.updateSchedule != nil {
            context.report("an update schedule can probably not be changed later", at: path / "update_schedule")
        }
    }

    private static let karpenterContinuous = Rule(
        "GRP046", .error, "Karpenter needs continuous provisioning.", because: "SageMaker refuses it otherwise.",
        source: "AWS docs: Autoscaling on SageMaker HyperPod EKS",
        reads: ["hyperpod.karpenter", "hyperpod.node_provisioning_mode"]
    ) { context in
        guard context.stack.hyperpod.karpenter.enabled, !context.isContinuous else { return }
        context.report(
            "Karpenter needs continuous provisioning", at: "hyperpod.karpenter.enabled", fix: Rule.continuousFix)
    }

    private static let karpenterRecovery = Rule(
        "GRP047", .error, "Karpenter needs automatic node recovery.", because: "SageMaker refuses it otherwise.",
        source: "AWS docs: Autoscaling on SageMaker HyperPod EKS",
        reads: ["hyperpod.karpenter", "hyperpod.node_recovery"]
    ) { context in
        guard context.stack.hyperpod.karpenter.enabled, context.stack.hyperpod.nodeRecovery == .none else { return }
        context.report(
            "Karpenter needs automatic node recovery", at: "hyperpod.node_recovery",
            fix: context.replacement(of: "hyperpod.node_recovery", with: "Automatic"))
    }

    private static let karpenterRoleUnused = Rule(
        "GRP048", .warning, "A role for Karpenter is given only with Karpenter.", because: "It has no effect.",
        source: "AWS docs: Create an IAM role for HyperPod autoscaling with Karpenter", reads: ["hyperpod.karpenter"]
    ) { context in
        let karpenter = context.stack.hyperpod.karpenter
        guard karpenter.clusterRoleARN != nil, !karpenter.enabled else { return }
        context.report(
            "`cluster_role_arn` has no effect without Karpenter", atKey: "hyperpod.karpenter.cluster_role_arn",
            fix: Diagnostic.Fix("set `hyperpod.karpenter.enabled` to true, or remove it"))
    }

    private static let tieredStorageOff = Rule(
        "GRP049", .warning, "A share of memory is given only with tiered storage.", because: "It has no effect.",
        source: "AWS docs: Managed tiered checkpointing", reads: ["hyperpod.tiered_storage"]
    ) { context in
        let storage = context.stack.hyperpod.tieredStorage
        guard storage.memoryPercent != nil, !storage.enabled else { return }
        context.report(
            "`memory_percent` has no effect without tiered storage", at: "hyperpod.tiered_storage.memory_percent",
            fix: Diagnostic.Fix("set `hyperpod.tiered_storage.enabled` to true, or remove it"))
    }

    private static let restrictedModes = Rule(
        "GRP050", .error, "Restricted groups exclude continuous provisioning and Karpenter.",
        because: "AWS switches both off for clusters with restricted groups.",
        source: "aws-samples/awsome-distributed-training: hyperpod-eks-tf README (RIG mode)",
        reads: ["restricted_instance_groups", "hyperpod.karpenter", "hyperpod.node_provisioning_mode"]
    ) { context in
        guard !context.stack.restrictedInstanceGroups.isEmpty else { return }
        if context.isContinuous {
            context.report(
                "restricted groups exclude continuous provisioning", at: "hyperpod.node_provisioning_mode",
                fix: Diagnostic.Fix("remove it"))
        } else if context.stack.hyperpod.karpenter.enabled {
            context.report(
                "restricted groups exclude Karpenter", at: "hyperpod.karpenter.enabled",
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let restrictedFileSystemSize = Rule(
        "GRP051", .error, "File systems of restricted groups have 1200 GiB or a multiple of 2400.",
        because: "FSx makes no other sizes.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["restricted_instance_groups.fsx", "restricted_environment.fsx"]
    ) { context in
        var sizes = context.stack.restrictedInstanceGroups.enumerated().compactMap { index, group in
            group.fsx.map { (("restricted_instance_groups" as ConfigPath)[index] / "fsx" / "size_gib", $0.sizeGiB) }
        }
        if let size = context.stack.restrictedEnvironment?.fsx?.sizeGiB {
            sizes.append(("restricted_environment.fsx.size_gib", size))
        }
        for (path, size) in sizes where size != 1200 && size % 2400 != 0 {
            let step = CapacitySteps(first: [1200], step: 2400)
            context.report(
                "\(size) GiB is not 1200 or a multiple of 2400", at: path,
                fix: context.replacement(of: path, with: String(step.next(from: size))))
        }
    }

    private static let clusterTypeMissing = Rule(
        "GRP052", .error, "CloudFormation has HyperPod clusters in the region.",
        because: "CloudFormation refuses templates with resource types that its registry does not have.",
        source: "CloudFormation registry schemas (catalog)", reads: ["region"]
    ) { context in
        let type = "AWS::SageMaker::Cluster"
        guard let region = Catalog.regions[context.stack.region], !region.cloudFormationTypes.contains(type) else {
            return
        }
        let regions = Catalog.regions.regions(with: [type]).joined(separator: ", ")
        context.report(
            "CloudFormation has no \(type) in \(region.name)", at: "region",
            notes: [Diagnostic.Note("it has it in \(regions)")])
    }

    private static let sharedSizeAndThroughput = Rule(
        "GRP054", .error, "The shared file system has size and throughput, or neither.",
        because: "The service takes both or chooses both.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["restricted_environment.fsx"]
    ) { context in
        guard let shared = context.stack.restrictedEnvironment?.fsx,
            (shared.sizeGiB == nil) != (shared.throughputMBpsPerTiB == nil)
        else { return }
        let missing = shared.sizeGiB == nil ? "size_gib" : "throughput_mbps_per_tib"
        context.report("the shared file system needs `\(missing)` as well", atKey: "restricted_environment.fsx")
    }

    private static let mountOfNoFileSystem = Rule(
        "GRP055", .error, "A mount without a name is that of the stack's new file system.",
        because: "There is no other file system whose names are known.", source: "AWS docs: ClusterFsxLustreConfig",
        reads: ["instance_groups.fsx_mount", "fsx"]
    ) { context in
        guard context.newFileSystem == nil else { return }
        for (path, group) in context.ordinaryGroups {
            guard let mount = group.fsxMount, mount.dnsName == nil, mount.mountName == nil else { continue }
            context.report(
                "this mount needs `dns_name` and `mount_name`: the stack makes no file system",
                atKey: path / "fsx_mount")
        }
    }

    private static let mountNames = Rule(
        "GRP056", .error, "A mount has DNS name and mount name, or neither.",
        because: "Both belong to one file system.", source: "AWS docs: ClusterFsxLustreConfig",
        reads: ["instance_groups.fsx_mount"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            guard let mount = group.fsxMount, (mount.dnsName == nil) != (mount.mountName == nil) else { continue }
            let missing = mount.dnsName == nil ? "dns_name" : "mount_name"
            context.report("this mount needs `\(missing)` as well", atKey: path / "fsx_mount")
        }
    }

    private static let restrictedEnvironmentUnused = Rule(
        "GRP053", .warning, "A restricted environment has restricted groups.", because: "It has no effect without.",
        source: "stackgen: reference of `restricted_environment`",
        reads: ["restricted_environment", "restricted_instance_groups"]
    ) { context in
        guard context.stack.restrictedEnvironment != nil, context.stack.restrictedInstanceGroups.isEmpty else { return }
        context.report(
            "`restricted_environment` has no effect without restricted groups", atKey: "restricted_environment",
            fix: Diagnostic.Fix("remove it"))
    }
}

extension Rule {
    /// The family GRP.
    static let groups = groupBasics + placement + nodes
}
