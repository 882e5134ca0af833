import Diagnostics

extension Rule {
    /// Names, types and numbers of instance groups.
    static let groupBasics = [
        noGroup, repeatedGroupName, mixedGroups, typeChoice, unknownType, flexibleTypes, mixedArchitectures,
        minimumCount,
        minimumNeedsContinuous, spotNeedsContinuous, threadsPerCore, imageTwice, keyWithoutVolume,
    ]

    private static let noGroup = Rule(
        "GRP001", .error, "There is at least one instance group.", because: "SageMaker makes no cluster without one.",
        source: "AWS docs: CreateCluster", reads: ["instance_groups", "restricted_instance_groups"]
    ) { context in
        guard context.groups.isEmpty else { return }
        context.report(
            "there is no instance group", at: "instance_groups",
            fix: Diagnostic.Fix("add `instance_groups: [{name: workers, instance_type: ml.g5.12xlarge, count: 1}]`"))
    }

    private static let repeatedGroupName = Rule(
        "GRP002", .error, "Names of groups are unique in the cluster.", because: "SageMaker refuses the second group.",
        source: "AWS docs: AWS::SageMaker::Cluster", reads: ["instance_groups.name", "restricted_instance_groups.name"]
    ) { context in
        var first: [String: ConfigPath] = [:]
        for group in context.groups {
            let path = group.path / "name"
            guard let earlier = first.updateValue(path, forKey: group.name) else { continue }
            first[group.name] = earlier
            context.report(
                "there is a group `\(group.name)` already", at: path, notes: [context.note("first here", at: earlier)])
        }
    }

    private static let mixedGroups = Rule(
        "GRP003", .error, "Ordinary and restricted groups are not in one cluster.",
        because: "A cluster with restricted groups is closed: AWS does not support ordinary groups beside them.",
        source: "AWS docs: AWS::SageMaker::Cluster; aws-samples/awsome-distributed-training: rig_custom.tfvars",
        reads: ["instance_groups", "restricted_instance_groups"]
    ) { context in
        guard !context.stack.instanceGroups.isEmpty, !context.stack.restrictedInstanceGroups.isEmpty else { return }
        context.report(
            "restricted groups exclude ordinary ones", atKey: "restricted_instance_groups",
            notes: [context.note("the ordinary groups are here", at: "instance_groups")])
    }

    private static let typeChoice = Rule(
        "GRP004", .error, "A group has instance_type or instance_types.",
        because: "SageMaker takes exactly one of them.",
        source: "AWS docs: ClusterInstanceGroupSpecification",
        reads: ["instance_groups.instance_type", "instance_groups.instance_types"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            switch (group.instanceType, group.instanceTypes.isEmpty) {
            case (nil, true):
                context.report(
                    "this group has no machine type", at: path / "name",
                    fix: Diagnostic.Fix("add `instance_type: ml.…`"))
            case (.some, false):
                context.report(
                    "this group has both `instance_type` and `instance_types`",
                    atKey: path / "instance_types", fix: Diagnostic.Fix("remove one of them"))
            default: break
            }
        }
    }

    private static let unknownType = Rule(
        "GRP005", .warning, "Machine types are known.",
        because: "HyperPod takes a part of EC2's types only; for one newer than the catalog nothing can be checked.",
        source: "AWS docs: CreateCluster (ClusterInstanceType)",
        reads: [
            "instance_groups.instance_type", "instance_groups.instance_types",
            "restricted_instance_groups.instance_type",
        ]
    ) { context in
        for (path, type) in context.groupTypes where type.facts == nil {
            let nearest = Catalog.instanceTypes.nearest(to: type)
            context.report(
                "\(type) is not among the machine types of HyperPod in the catalog", at: path,
                label: nearest.map { "did you mean `\($0)`?" },
                fix: nearest.map { context.replacement(of: path, with: $0) })
        }
    }

    private static let flexibleTypes = Rule(
        "GRP006", .error, "Several machine types need continuous provisioning.",
        because: "SageMaker takes flexible groups in that mode only.",
        source: "AWS docs: ClusterInstanceGroupSpecification",
        reads: ["instance_groups.instance_types", "hyperpod.node_provisioning_mode"]
    ) { context in
        for (path, group) in context.ordinaryGroups where !group.instanceTypes.isEmpty && !context.isContinuous {
            context.report(
                "`instance_types` needs continuous provisioning", atKey: path / "instance_types", fix: continuousFix)
        }
    }

    private static let mixedArchitectures = Rule(
        "GRP007", .warning, "The machine types of a group have one architecture.",
        because: "Images for one of them do not run on the other, and pods cannot tell which they get.",
        source: "AWS docs: ClusterInstanceGroupSpecification", reads: ["instance_groups.instance_types"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            let architectures = group.instanceTypes.compactMap { $0.facts?.architecture }.uniqued()
            guard architectures.count > 1 else { continue }
            context.report(
                "group `\(group.name)` mixes \(architectures.joined(separator: " and "))",
                atKey: path / "instance_types")
        }
    }

    private static let minimumCount = Rule(
        "GRP008", .error, "min_count is at most count.", because: "SageMaker refuses a minimum above the target.",
        source: "AWS docs: ClusterInstanceGroupSpecification",
        reads: ["instance_groups.count", "instance_groups.min_count"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            guard let minimum = group.minCount, minimum > group.count else { continue }
            context.report(
                "min_count \(minimum) is more than count \(group.count)", at: path / "min_count",
                notes: [context.note("the count is here", at: path / "count")])
        }
    }

    private static let minimumNeedsContinuous = Rule(
        "GRP009", .error, "min_count needs continuous provisioning.",
        because: "Otherwise a group comes whole or not at all.",
        source: "AWS docs: Continuous provisioning for enhanced cluster operations on Amazon EKS",
        reads: ["instance_groups.min_count", "hyperpod.node_provisioning_mode"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.minCount != nil && !context.isContinuous {
            context.report("`min_count` needs continuous provisioning", at: path / "min_count", fix: continuousFix)
        }
    }

    private static let spotNeedsContinuous = Rule(
        "GRP010", .error, "Spot capacity needs continuous provisioning.", because: "SageMaker refuses it otherwise.",
        source: "AWS docs: ClusterCapacityRequirements",
        reads: ["instance_groups.capacity_type", "hyperpod.node_provisioning_mode"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.capacityType == .spot && !context.isContinuous {
            context.report(
                "spot capacity needs continuous provisioning", at: path / "capacity_type", fix: continuousFix)
        }
    }

    private static let threadsPerCore = Rule(
        "GRP011", .error, "Two threads per core only where the processor has them.",
        because: "SageMaker refuses the setting for types without hyper-threading.",
        source: "AWS docs: CPU options for EC2 instance types",
        reads: [
            "instance_groups.threads_per_core", "instance_groups.instance_type",
            "restricted_instance_groups.threads_per_core", "restricted_instance_groups.instance_type",
        ]
    ) { context in
        let ordinary = context.stack.instanceGroups.map(\.threadsPerCore)
        let restricted = context.stack.restrictedInstanceGroups.map(\.threadsPerCore)
        for (group, threads) in zip(context.groups, ordinary + restricted) {
            guard threads == 2, let type = group.types.first(where: { $0.facts?.threadsPerCore == 1 }) else { continue }
            context.report(
                "\(type) runs one thread per core", at: group.path / "threads_per_core",
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let imageTwice = Rule(
        "GRP012", .warning, "A group has image_id or image_release_version.",
        because: "A custom image has no release of its own.",
        source: "AWS docs: Custom AMIs for SageMaker HyperPod clusters",
        reads: ["instance_groups.image_id", "instance_groups.image_release_version"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.imageReleaseVersion != nil {
            guard let image = group.imageID, image != "default" else { continue }
            context.report(
                "`image_release_version` belongs to the standard image, not to \(image)",
                at: path / "image_release_version")
        }
    }

    private static let keyWithoutVolume = Rule(
        "GRP013", .error, "A key of a volume is given with the volume.",
        because: "Without a size there is no volume at /opt/sagemaker that could be encrypted.",
        source: "AWS docs: ClusterEbsVolumeConfig",
        reads: ["instance_groups.ebs_kms_key_arn", "instance_groups.ebs_volume_gib"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.ebsKMSKeyARN != nil && group.ebsVolumeGiB == nil {
            context.report(
                "`ebs_kms_key_arn` needs `ebs_volume_gib`", at: path / "ebs_kms_key_arn",
                fix: Diagnostic.Fix("add `ebs_volume_gib: 500`"))
        }
    }

    static let continuousFix = Diagnostic.Fix("set `hyperpod.node_provisioning_mode` to Continuous")
}

extension RuleContext {
    /// Every machine type of a group with its place.
    var groupTypes: [(path: ConfigPath, type: InstanceType)] {
        let ordinary = ordinaryGroups.flatMap { path, group in
            (group.instanceType.map { [(path: path / "instance_type", type: $0)] } ?? [])
                + group.instanceTypes.enumerated().map { ((path / "instance_types")[$0], $1) }
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().map { index, group in
            (path: ("restricted_instance_groups" as ConfigPath)[index] / "instance_type", type: group.instanceType)
        }
        return ordinary + restricted
    }

    /// Whether nodes are provisioned one by one.
    var isContinuous: Bool { stack.hyperpod.nodeProvisioningMode == .continuous }
}
