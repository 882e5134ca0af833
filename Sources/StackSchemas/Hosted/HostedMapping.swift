/// What a hosted configuration comes to in the words of `cluster-stack`: so that the rules of that kind judge it, and
/// so that it can be moved there.
struct HostedMapping {
    /// The same cluster.
    private(set) var cluster = ClusterStack()
    /// Where each value of the cluster stands in the hosted configuration.
    private(set) var places: [ConfigPath: ConfigPath] = [:]

    /// Maps a configuration whose zones and region are settled.
    init(_ hosted: HostedStack, region: Region, zones: [ZoneID]) {
        place("region", "region")
        place("name", "resource_name_prefix")
        cluster.region = region
        cluster.name = hosted.resourceNamePrefix
        cluster.stack.name = hosted.stackName
        place("stack.name", "stack_name")
        mapTags(hosted)
        mapNetwork(hosted, zones)
        mapControlPlane(hosted)
        mapChart(hosted)
        mapNodes(hosted)
        mapStorage(hosted)
    }

    private mutating func place(_ native: ConfigPath, _ hosted: ConfigPath) { places[native] = hosted }

    private mutating func mapTags(_ hosted: HostedStack) {
        place("tags", "tags")
        for (index, tag) in (hosted.tags ?? []).enumerated() where cluster.tags[tag.key.text] == nil {
            cluster.tags.entries.append(.init(key: tag.key, value: tag.value))
            place(ConfigPath([.key("tags"), .key(tag.key.text)]), ("tags" as ConfigPath)[index] / "Value")
        }
    }

    private mutating func mapNetwork(_ hosted: HostedStack, _ zones: [ZoneID]) {
        place("vpc", "create_vpc_stack")
        place("vpc.id", "vpc_id")
        place("vpc.cidr", "vpc_cidr")
        place("vpc.availability_zones", "availability_zone_ids")
        place("vpc.s3_gateway_endpoint", "create_s3_endpoint_stack")
        place("vpc.security_group_ids", "security_group_ids")
        if hosted.createVPCStack {
            cluster.vpc.cidr = hosted.vpcCIDR
            cluster.vpc.availabilityZones = zones
            cluster.vpc.s3GatewayEndpoint = hosted.createS3EndpointStack
            return
        }
        cluster.vpc.id = hosted.vpcID
        cluster.vpc.securityGroupIDs = hosted.securityGroupIDs ?? hosted.securityGroupID.map { [$0] } ?? []
    }

    private mutating func mapControlPlane(_ hosted: HostedStack) {
        place("eks", "create_eks_cluster_stack")
        place("eks.version", "kubernetes_version")
        place("eks.name", "eks_cluster_name")
        place("eks.existing_cluster", "eks_cluster_name")
        cluster.eks.version = hosted.kubernetesVersion
        if hosted.createEKSClusterStack {
            cluster.eks.name = hosted.eksClusterName
        } else {
            cluster.eks.existingCluster = hosted.eksClusterName
            cluster.eks.coreAddons = false
        }
    }

    private mutating func mapChart(_ hosted: HostedStack) {
        place("helm", "create_helm_chart_stack")
        place("helm.install", "create_helm_chart_stack")
        place("helm.bucket", "custom_bucket_name")
        place("helm.namespace", "namespace")
        place("helm.release_name", "helm_release")
        place("helm.repository_url", "helm_repo_url")
        place("helm.repository_path", "helm_repo_path")
        place("helm.operators", "helm_operators")
        cluster.helm.install = hosted.createHelmChartStack
        cluster.helm.bucket = hosted.customBucketName
        cluster.helm.namespace = hosted.namespace
        cluster.helm.releaseName = hosted.helmRelease
        cluster.helm.repositoryURL = hosted.helmRepoURL
        cluster.helm.repositoryPath = hosted.helmRepoPath
        cluster.helm.operators = HelmMapping.overrides(hosted.helmOperators)
        for entry in cluster.helm.operators.entries {
            place(ConfigPath([.key("helm"), .key("operators"), .key(entry.key.text)]), "helm_operators")
        }
    }

    private mutating func mapNodes(_ hosted: HostedStack) {
        place("hyperpod", "create_hyperpod_cluster_stack")
        place("hyperpod.cluster_name", "hyperpod_cluster_name")
        place("hyperpod.node_recovery", "node_recovery")
        place("hyperpod.node_provisioning_mode", "node_provisioning_mode")
        place("lifecycle.bucket", "s3_bucket_name")
        place("lifecycle.on_create", "on_create_path")
        place("instance_groups", "instance_group_settings")
        place("restricted_instance_groups", "rig_settings")
        cluster.hyperpod.clusterName = hosted.hyperPodClusterName
        cluster.hyperpod.nodeRecovery = hosted.nodeRecovery
        cluster.hyperpod.nodeProvisioningMode = hosted.nodeProvisioningMode == .continuous ? .continuous : nil
        if !hosted.createS3BucketStack { cluster.lifecycle.bucket = hosted.s3BucketName }
        for (index, group) in hosted.instanceGroupSettings.enumerated() {
            cluster.instanceGroups.append(group.native)
            placeGroup(("instance_groups" as ConfigPath)[index], ("instance_group_settings" as ConfigPath)[index])
        }
        for (index, group) in hosted.rigSettings.enumerated() {
            cluster.restrictedInstanceGroups.append(group.nativeRestricted)
            placeGroup(("restricted_instance_groups" as ConfigPath)[index], ("rig_settings" as ConfigPath)[index])
        }
    }

    private mutating func placeGroup(_ native: ConfigPath, _ hosted: ConfigPath) {
        place(native, hosted)
        for (key, names) in Self.groupPlaces { place(native / key, ConfigPath(hosted.steps + names.map { .key($0) })) }
        let volume = (hosted / "InstanceStorageConfigs")[0] / "EbsVolumeConfig"
        place(native / "ebs_volume_gib", volume / "VolumeSizeInGB")
        place(native / "ebs_kms_key_arn", volume / "VolumeKmsKeyId")
    }

    /// Where the keys of a group stand inside the hosted group.
    static let groupPlaces: [(String, [String])] = [
        ("name", ["InstanceGroupName"]), ("instance_type", ["InstanceType"]),
        ("instance_types", ["InstanceRequirements", "InstanceTypes"]), ("count", ["InstanceCount"]),
        ("min_count", ["MinInstanceCount"]), ("availability_zone", ["TargetAvailabilityZoneId"]),
        ("threads_per_core", ["ThreadsPerCore"]), ("execution_role_arn", ["ExecutionRole"]),
        ("lifecycle_s3_uri", ["LifeCycleConfig", "SourceS3Uri"]),
        ("lifecycle_on_create", ["LifeCycleConfig", "OnCreate"]),
        ("deep_health_checks", ["OnStartDeepHealthChecks"]), ("training_plan_arn", ["TrainingPlanArn"]),
        ("labels", ["KubernetesConfig", "Labels"]), ("taints", ["KubernetesConfig", "Taints"]),
        ("capacity_type", ["CapacityRequirements"]), ("image_id", ["ImageId"]),
        ("image_release_version", ["ImageReleaseVersion"]),
        ("network_interface_type", ["NetworkInterface", "InterfaceType"]),
        ("security_group_ids", ["OverrideVpcConfig", "SecurityGroupIds"]),
        ("update_schedule", ["ScheduledUpdateConfig", "ScheduleExpression"]), ("fsx", ["EnvironmentConfig"]),
    ]

    private mutating func mapStorage(_ hosted: HostedStack) {
        place("iam.execution_role_arn", "sagemaker_iam_role_name")
        place("fsx", "create_fsx_stack")
        place("fsx.existing_file_system_id", "fsx_file_system_id")
        place("fsx.availability_zone", "fsx_availability_zone_id")
        place("fsx.throughput_mbps_per_tib", "per_unit_storage_throughput")
        place("fsx.compression", "data_compression_type")
        place("fsx.lustre_version", "file_system_type_version")
        place("fsx.storage_gib", "storage_capacity")
        guard hosted.createFSxStack else { return }
        var fsx = FSxSettings()
        fsx.availabilityZone = hosted.fsxAvailabilityZoneID
        fsx.throughputMBpsPerTiB = hosted.perUnitStorageThroughput
        fsx.compression = hosted.dataCompressionType == .lz4 ? .lz4 : .none
        fsx.lustreVersion = hosted.fileSystemTypeVersion
        fsx.storageGiB = hosted.storageCapacity
        cluster.fsx = fsx
    }
}

/// The switches of the chart in both spellings.
enum HelmMapping {
    /// What the switches say against the chart's defaults; values that are no switches are left out.
    static func overrides(_ switches: HelmSwitches) -> TextMap<OperatorName, Bool> {
        var said: [String: Bool] = [:]
        for (name, value) in switches.pairs {
            guard let part = part(of: name), value == "true" || value == "false" else { continue }
            said[part] = value == "true"
        }
        var result: TextMap<OperatorName, Bool> = [:]
        // A part that is on by default and is not named is left to the chart, which has it on as well.
        for name in ChartOperators.defaults + ChartOperators.optional {
            guard let isOn = said.removeValue(forKey: name), isOn != ChartOperators.defaults.contains(name) else {
                continue
            }
            result.entries.append(.init(key: OperatorName(text: name), value: isOn))
        }
        for name in said.keys.sorted() where OperatorName.isValid(name) {
            result.entries.append(.init(key: OperatorName(text: name), value: said[name] ?? true))
        }
        return result
    }

    /// `nvidia-device-plugin.devicePlugin.enabled` switches `nvidia-device-plugin`; `nil` for other values.
    static func part(of name: String) -> String? {
        let parts = name.split(separator: ".")
        // The default of hyp misspells one switch, and what it means is plain.
        guard parts.count >= 2, parts.last == "enabled" || parts.last == "enable" else { return nil }
        return parts.count == 2 || parts[1] == "devicePlugin" ? String(parts[0]) : nil
    }
}

extension HelmSwitches {
    /// The parts of the chart that are on with these switches, in the order of the alphabet: those that the chart has on
    /// unless switched off, and those switched on.
    public var partsThatAreOn: [String] {
        var parts = Set(ChartOperators.defaults)
        for entry in HelmMapping.overrides(self).entries {
            if entry.value { parts.insert(entry.key.text) } else { parts.remove(entry.key.text) }
        }
        return parts.sorted()
    }
}

extension HostedGroup {
    /// The volume beside the root volume.
    fileprivate var volume: EBSVolume? { storage.lazy.compactMap(\.ebs).first { $0.isRoot != true } }

    /// The same group in the words of `cluster-stack`.
    var native: InstanceGroup {
        var group = InstanceGroup()
        group.name = name
        group.instanceType = instanceType
        group.instanceTypes = instanceRequirements?.types ?? []
        group.count = count
        group.minCount = minCount
        group.availabilityZone = zone
        group.ebsVolumeGiB = volume?.sizeGiB
        group.ebsKMSKeyARN = volume?.kmsKey
        group.rootVolumeKMSKeyARN = storage.lazy.compactMap(\.ebs).first { $0.isRoot == true }?.kmsKey
        group.threadsPerCore = threadsPerCore
        group.executionRoleARN = executionRole
        group.lifecycleS3URI = lifecycle?.source
        group.lifecycleOnCreate = lifecycle?.onCreate
        group.deepHealthChecks = deepHealthChecks
        group.labels = kubernetes?.labels ?? [:]
        group.taints = (kubernetes?.taints ?? []).map(\.native)
        group.trainingPlanARN = trainingPlanARN
        group.capacityType = capacity.map { $0.spot == nil ? .onDemand : .spot }
        group.imageID = imageID
        group.imageReleaseVersion = imageReleaseVersion
        group.networkInterfaceType = networkInterface?.type
        group.securityGroupIDs = overrideVPC?.securityGroupIDs ?? []
        group.updateSchedule = scheduledUpdate?.schedule
        group.fsxMount = storage.lazy.compactMap(\.lustre).first?.native
        return group
    }

    /// The same group as a restricted one.
    var nativeRestricted: RestrictedInstanceGroup {
        var group = RestrictedInstanceGroup()
        group.name = name
        group.instanceType = instanceType ?? ""
        group.count = count
        group.availabilityZone = zone
        group.ebsVolumeGiB = volume?.sizeGiB
        group.threadsPerCore = threadsPerCore
        group.executionRoleARN = executionRole
        group.deepHealthChecks = deepHealthChecks
        group.trainingPlanARN = trainingPlanARN
        if let fsx = environment?.fsx {
            var file = RestrictedFileSystem()
            file.sizeGiB = fsx.sizeGiB ?? file.sizeGiB
            file.throughputMBpsPerTiB = fsx.throughput ?? file.throughputMBpsPerTiB
            group.fsx = file
        }
        return group
    }
}

extension HostedGroup.Taint {
    fileprivate var native: InstanceGroup.Taint {
        var taint = InstanceGroup.Taint()
        taint.key = key
        taint.value = value
        taint.effect = effect
        return taint
    }
}

extension HostedGroup.LustreMount {
    fileprivate var native: InstanceGroup.FSxMount {
        var mount = InstanceGroup.FSxMount()
        mount.dnsName = dnsName
        mount.mountName = mountName
        if let mountPath { mount.mountPath = mountPath }
        return mount
    }
}
