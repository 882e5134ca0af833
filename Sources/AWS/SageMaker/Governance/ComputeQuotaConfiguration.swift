/// What a team owns, lends and borrows.
///
/// Source: SageMaker API, `ComputeQuotaConfig`.
public struct ComputeQuotaConfiguration: Sendable, Equatable, Codable {
    /// What the team owns, at most 15 entries.
    public var computeQuotaResources: [ComputeQuotaResource]?
    /// What it lends and borrows.
    public var resourceSharingConfig: ResourceSharing?
    /// `LowerPriority` or `Never`; SageMaker takes `LowerPriority` when absent.
    public var preemptTeamTasks: String?

    /// What a team lends and borrows.
    public struct ResourceSharing: Sendable, Equatable, Codable {
        /// `Lend`, `DontLend` or `LendAndBorrow`.
        public var strategy: String
        /// How much it borrows, in percent of its quota.
        public var borrowLimit: Int?
        /// How much it borrows of each machine type, at most 15 entries.
        public var absoluteBorrowLimits: [ComputeQuotaResource]?

        enum CodingKeys: String, CodingKey {
            case strategy = "Strategy"
            case borrowLimit = "BorrowLimit"
            case absoluteBorrowLimits = "AbsoluteBorrowLimits"
        }

        /// Makes a way of sharing.
        public init(strategy: String, borrowLimit: Int? = nil, absoluteBorrowLimits: [ComputeQuotaResource]? = nil) {
            self.strategy = strategy
            self.borrowLimit = borrowLimit
            self.absoluteBorrowLimits = absoluteBorrowLimits
        }
    }

    enum CodingKeys: String, CodingKey {
        case computeQuotaResources = "ComputeQuotaResources"
        case resourceSharingConfig = "ResourceSharingConfig"
        case preemptTeamTasks = "PreemptTeamTasks"
    }

    /// Makes a quota.
    public init(
        computeQuotaResources: [ComputeQuotaResource]? = nil, resourceSharingConfig: ResourceSharing? = nil,
        preemptTeamTasks: String? = nil
    ) {
        self.computeQuotaResources = computeQuotaResources
        self.resourceSharingConfig = resourceSharingConfig
        self.preemptTeamTasks = preemptTeamTasks
    }
}

/// An amount of one machine type: whole machines, or parts of them.
///
/// Source: SageMaker API, `ComputeQuotaResourceConfig`.
public struct ComputeQuotaResource: Sendable, Equatable, Codable {
    /// The machine type, such as `ml.g5.12xlarge`.
    public var instanceType: String
    /// Whole machines.
    public var count: Int?
    /// GPUs or Neuron devices.
    public var accelerators: Int?
    /// Virtual processors.
    public var vCpu: Double?
    /// Memory in GiB.
    public var memoryInGiB: Double?
    /// Parts of GPUs.
    public var acceleratorPartition: Partition?

    /// Parts of GPUs of one MIG profile.
    public struct Partition: Sendable, Equatable, Codable {
        /// The profile, such as `mig-1g.5gb`.
        public var type: String
        /// The number of parts.
        public var count: Int

        enum CodingKeys: String, CodingKey {
            case type = "Type"
            case count = "Count"
        }

        /// Makes parts.
        public init(type: String, count: Int) {
            self.type = type
            self.count = count
        }
    }

    enum CodingKeys: String, CodingKey {
        case instanceType = "InstanceType"
        case count = "Count"
        case accelerators = "Accelerators"
        case vCpu = "VCpu"
        case memoryInGiB = "MemoryInGiB"
        case acceleratorPartition = "AcceleratorPartition"
    }

    /// Makes an amount.
    public init(
        instanceType: String, count: Int? = nil, accelerators: Int? = nil, vCpu: Double? = nil,
        memoryInGiB: Double? = nil, acceleratorPartition: Partition? = nil
    ) {
        self.instanceType = instanceType
        self.count = count
        self.accelerators = accelerators
        self.vCpu = vCpu
        self.memoryInGiB = memoryInGiB
        self.acceleratorPartition = acceleratorPartition
    }
}

/// The team of a quota.
///
/// Source: SageMaker API, `ComputeQuotaTarget`.
public struct ComputeQuotaTarget: Sendable, Equatable, Codable {
    /// The team; its namespace is `hyperpod-ns-<name>`.
    public var teamName: String
    /// 0 to 100; SageMaker takes 0 when absent.
    public var fairShareWeight: Int?

    enum CodingKeys: String, CodingKey {
        case teamName = "TeamName"
        case fairShareWeight = "FairShareWeight"
    }

    /// Makes a target.
    public init(teamName: String, fairShareWeight: Int? = nil) {
        self.teamName = teamName
        self.fairShareWeight = fairShareWeight
    }
}
