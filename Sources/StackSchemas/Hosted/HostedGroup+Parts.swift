extension HostedGroup {
    /// One volume or mount.
    public struct Storage: Record {
        /// A volume.
        public var ebs: EBSVolume?
        /// A file system that is mounted.
        public var lustre: LustreMount?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Storage>("hosted_storage", "A volume or a mount of a node.") {
            Field(
                "EbsVolumeConfig", \.ebs, "A volume.", example: .record(["VolumeSizeInGB": 500]), update: .perField,
                source: source)
            Field(
                "FsxLustreConfig", \.lustre, "A file system that is mounted.",
                example: .record(["DnsName": .string(LustreDNSName.format.example), "MountName": "fsx"]),
                update: .perField, source: source)
        }
    }

    /// A volume of EBS.
    public struct EBSVolume: Record {
        /// Size.
        public var sizeGiB: Int?
        /// KMS key of the volume.
        public var kmsKey: ARN<KMSKey>?
        /// Whether it is the root volume.
        public var isRoot: Bool?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<EBSVolume>("hosted_volume", "A volume of EBS.") {
            Field(
                "VolumeSizeInGB", \.sizeGiB, "Size.", limits: .range(1...16384), unit: "GiB", example: 500,
                source: source)
            Field("VolumeKmsKeyId", \.kmsKey, "KMS key of the volume.", source: source)
            Field("RootVolume", \.isRoot, "Whether it is the root volume.", example: true, source: source)
        }
    }

    /// A mounted file system.
    public struct LustreMount: Record {
        /// DNS name of the file system.
        public var dnsName: LustreDNSName?
        /// Mount name of the file system.
        public var mountName: MountName?
        /// Where the nodes see it.
        public var mountPath: MountPath?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<LustreMount>("hosted_mount", "A file system that nodes mount.") {
            Field("DnsName", \.dnsName, "DNS name of the file system.", source: source)
            Field("MountName", \.mountName, "Mount name of the file system.", source: source)
            Field("MountPath", \.mountPath, "Where the nodes see it.", source: source)
        }
    }

    /// Machine types of a flexible group.
    public struct InstanceRequirements: Record {
        /// The types.
        public var types: [InstanceType] = []

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<InstanceRequirements>(
            "hosted_requirements", "Machine types in order of preference."
        ) {
            Field(
                "InstanceTypes", \.types, "The types.", limits: .count(1...20, unique: true),
                example: .list(["ml.g5.12xlarge"]), source: source)
        }
    }

    /// Scripts of a group.
    public struct Lifecycle: Record {
        /// Where the scripts are.
        public var source: S3URI?
        /// The script that is started.
        public var onCreate: ScriptName?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Lifecycle>("hosted_lifecycle", "Scripts of a group.") {
            Field("SourceS3Uri", \.source, "Where the scripts are.", source: HostedGroup.source)
            Field("OnCreate", \.onCreate, "The script that is started.", source: HostedGroup.source)
        }
    }

    /// The network of a group.
    public struct OverrideVPC: Record {
        /// Security groups.
        public var securityGroupIDs: [SecurityGroupID] = []
        /// Subnets.
        public var subnetIDs: [SubnetID] = []

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<OverrideVPC>("hosted_network", "The network of a group.") {
            Field(
                "SecurityGroupIds", \.securityGroupIDs, "Security groups.", limits: .count(0...5, unique: true),
                source: source)
            Field("Subnets", \.subnetIDs, "Subnets.", limits: .count(0...16, unique: true), source: source)
        }
    }

    /// Labels and taints.
    public struct Kubernetes: Record {
        /// Labels.
        public var labels: TextMap<LabelKey, LabelValue> = [:]
        /// Taints.
        public var taints: [Taint] = []

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Kubernetes>("hosted_kubernetes", "Labels and taints of nodes.") {
            Field(
                "Labels", \.labels, "Labels.", limits: .count(0...50), example: .record(["role": "training"]),
                source: source)
            Field(
                "Taints", \.taints, "Taints.", limits: .count(0...50),
                example: .list([.record(["Key": "dedicated", "Effect": "NoSchedule"])]), source: source)
        }
    }

    /// A taint.
    public struct Taint: Record {
        /// Key of the taint.
        public var key: LabelKey = ""
        /// Value of the taint.
        public var value: LabelValue?
        /// What happens to pods that do not tolerate it.
        public var effect = InstanceGroup.Taint.Effect.noSchedule

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Taint>("hosted_taint", "What keeps pods away from nodes.") {
            Field("Key", \.key, "Key of the taint.", required: true, example: "dedicated", source: source)
            Field("Value", \.value, "Value of the taint.", source: source)
            Field("Effect", \.effect, "What happens to pods that do not tolerate it.", required: true, source: source)
        }
    }

    /// On-demand or spot capacity.
    public struct Capacity: Record {
        /// On demand.
        public var onDemand: Empty?
        /// Spot.
        public var spot: Empty?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Capacity>("hosted_capacity", "Where capacity comes from.") {
            Field("OnDemand", \.onDemand, "On demand.", example: .record([:]), source: source)
            Field("Spot", \.spot, "Spot.", example: .record([:]), source: source)
        }
    }

    /// A map that is there or not, and holds nothing.
    public struct Empty: Record {
        /// Nothing.
        public init() {}

        /// No fields.
        public static let schema = RecordSchema<Empty>("hosted_empty", "A map without keys.") {}
    }

    /// How EFA devices are attached.
    public struct NetworkInterface: Record {
        /// Kind of the interfaces.
        public var type: InstanceGroup.NetworkInterfaceType?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<NetworkInterface>(
            "hosted_interface", "How the EFA devices are attached."
        ) {
            Field("InterfaceType", \.type, "Kind of the interfaces.", source: source)
        }
    }

    /// A schedule of updates.
    public struct ScheduledUpdate: Record {
        /// When.
        public var schedule: CronExpression?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<ScheduledUpdate>("hosted_schedule", "A schedule of updates.") {
            Field("ScheduleExpression", \.schedule, "When.", source: source)
        }
    }

    /// The environment of a restricted group.
    public struct Environment: Record {
        /// Its file system.
        public var fsx: FSx?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Environment>(
            "hosted_environment", "The environment of a restricted group."
        ) {
            Field(
                "FSxLustreConfig", \.fsx, "Its file system.", example: .record(["SizeInGiB": 1200]),
                update: .perField, source: source)
        }
    }

    /// The file system of a restricted group.
    public struct FSx: Record {
        /// Size.
        public var sizeGiB: Int?
        /// Throughput.
        public var throughput: Int?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<FSx>("hosted_fsx", "The file system of a restricted group.") {
            Field(
                "SizeInGiB", \.sizeGiB, "Size.", limits: .range(1200...2_000_000), unit: "GiB", example: 1200,
                source: source)
            Field(
                "PerUnitStorageThroughput", \.throughput, "Throughput.", limits: .oneOf(125, 250, 500, 1000),
                unit: "MB/s per TiB", example: 250, source: source)
        }
    }
}
