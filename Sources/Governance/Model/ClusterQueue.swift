/// A queue of a team with its quota, as Kueue's ClusterQueue.
public struct ClusterQueue: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The cohort it shares quota in; `nil` for a queue that stands alone.
    public var cohort: String?
    /// Its quota: each resource in one group, each group with flavors in the order of trying.
    public var resourceGroups: [ResourceGroup]
    /// Whom its workloads may evict.
    public var preemption = PreemptionPolicy()
    /// Its weight in fair sharing; 0 is always last.
    public var fairWeight = 1.0
    /// What happens to a first workload that does not fit.
    public var queueingStrategy = QueueingStrategy.bestEffortFIFO
    /// When the search for a flavor ends.
    public var fungibility = FlavorFungibility()
    /// Whether it takes workloads.
    public var isActive = true

    /// A queue with Kueue's defaults.
    public init(name: String, cohort: String? = nil, resourceGroups: [ResourceGroup] = []) {
        self.name = name
        self.cohort = cohort
        self.resourceGroups = resourceGroups
    }

    /// What happens to a first workload that does not fit.
    public enum QueueingStrategy: String, Sendable {
        /// It blocks those behind it.
        case strictFIFO = "StrictFIFO"
        /// The next one is tried.
        case bestEffortFIFO = "BestEffortFIFO"
    }
}

/// A node of the tree in which quota is shared, as Kueue's Cohort.
public struct Cohort: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The cohort above it.
    public var parent: String?
    /// Quota of its own.
    public var resourceGroups: [ResourceGroup]
    /// Its weight in fair sharing.
    public var fairWeight = 1.0

    /// A cohort without quota of its own unless groups are given.
    public init(name: String, parent: String? = nil, resourceGroups: [ResourceGroup] = []) {
        self.name = name
        self.parent = parent
        self.resourceGroups = resourceGroups
    }
}

/// Resources that are always assigned from one flavor together.
public struct ResourceGroup: Sendable, Equatable {
    /// The flavors in the order of trying.
    public var flavors: [FlavorQuotas]

    /// A group of flavors.
    public init(flavors: [FlavorQuotas]) { self.flavors = flavors }

    /// The resources that the group covers, in the order of the alphabet.
    public var resources: [String] { Set(flavors.flatMap { $0.resources.keys }).sorted() }
}

/// A flavor (on HyperPod a machine type) with the quota of each resource.
public struct FlavorQuotas: Sendable, Equatable {
    /// The flavor.
    public var name: String
    /// Quotas by resource.
    public var resources: [String: ResourceLimits]

    /// Quotas of a flavor.
    public init(name: String, resources: [String: ResourceLimits]) {
        self.name = name
        self.resources = resources
    }
}

/// The quota of one resource of one flavor; amounts as `Quantity` has them.
public struct ResourceLimits: Sendable, Equatable {
    /// What is owned.
    public var nominal: Int64
    /// What may be used above it; `nil` for no limit.
    public var borrowingLimit: Int64?
    /// What others may use of it; `nil` for all.
    public var lendingLimit: Int64?

    /// A quota.
    public init(nominal: Int64, borrowingLimit: Int64? = nil, lendingLimit: Int64? = nil) {
        self.nominal = nominal
        self.borrowingLimit = borrowingLimit
        self.lendingLimit = lendingLimit
    }
}

/// Whom the workloads of a queue may evict, as ClusterQueuePreemption.
public struct PreemptionPolicy: Sendable, Equatable {
    /// Whether workloads of the own queue may be evicted.
    public var withinClusterQueue = Scope.never
    /// Whether workloads of queues that borrow may be evicted to take quota back.
    public var reclaimWithinCohort = Scope.never
    /// Whether that may be done while borrowing; not looked at in fair sharing.
    public var borrowWithinCohort: BorrowWithinCohort?

    /// Nobody.
    public init() {}

    /// Which workloads may be evicted.
    public enum Scope: String, Sendable, CaseIterable {
        /// None.
        case never = "Never"
        /// Those of lower priority.
        case lowerPriority = "LowerPriority"
        /// Those of lower priority, and younger ones of the same.
        case lowerOrNewerEqualPriority = "LowerOrNewerEqualPriority"
        /// All.
        case any = "Any"
    }

    /// Eviction in other queues by a workload that borrows.
    public struct BorrowWithinCohort: Sendable, Equatable {
        /// The highest priority that may be evicted; `nil` for any below the preemptor's.
        public var maxPriorityThreshold: Int?

        /// Eviction of lower priorities up to a threshold.
        public init(maxPriorityThreshold: Int? = nil) { self.maxPriorityThreshold = maxPriorityThreshold }
    }
}

/// When the search for a flavor ends, as FlavorFungibility.
public struct FlavorFungibility: Sendable, Equatable {
    /// Whether the search goes on when the flavor fits by borrowing.
    public var triesNextWhenBorrowing = false
    /// Whether the search goes on when the flavor fits after preemption.
    public var triesNextWhenPreempting = true
    /// Whether less borrowing is worth more than less preemption.
    public var prefersPreemptionOverBorrowing = false

    /// Kueue's defaults.
    public init() {}
}
