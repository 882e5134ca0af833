/// What happened in a simulation.
public struct SimulationResult: Sendable {
    /// What happened to jobs, in the order of time.
    public internal(set) var transitions: [Transition] = []
    /// The numbers of each job, in the order of the input.
    public internal(set) var jobs: [JobOutcome] = []
    /// The hours of each team, in the order of the input.
    public internal(set) var teams: [TeamOutcome] = []
    /// Usage at the times asked for.
    public internal(set) var snapshots: [Snapshot] = []
    /// The stories of the jobs that were watched.
    public internal(set) var stories: [Story] = []
    /// When it ended.
    public internal(set) var end: Int64 = 0
    /// What the hours are counted in: `GPU`, `Neuron device`, `vCPU`.
    public internal(set) var unit = "GPU"
    /// Hours that the machines (or the quotas, where no machines are known) had to give.
    public internal(set) var capacityHours = 0.0
    /// How many scheduling cycles were run.
    public internal(set) var cycles = 0
    /// Times at which workloads evicted each other without end, so that the cycles were cut off.
    public internal(set) var unstable: [Int64] = []

    /// A step in a job's life.
    public struct Transition: Sendable, Equatable {
        /// When.
        public var time: Int64
        /// Which job.
        public var job: Int32
        /// What.
        public var kind: Kind
        /// Why, of an eviction.
        public var reason: PreemptionReason?
        /// The job that made it go; -1 for none.
        public var by: Int32 = -1
    }

    /// What can happen to a job.
    public enum Kind: UInt8, Sendable {
        /// It got quota within what its team owns.
        case admitted
        /// It got quota, and its team is above what it owns.
        case admittedBorrowing
        /// It has quota, and no machine for some pod.
        case waitsForNodes
        /// It runs (after waiting for machines).
        case started
        /// It was told to go.
        case evicted
        /// A machine under it failed; it keeps its quota.
        case interrupted
        /// It is done.
        case finished
        /// It was taken away.
        case deleted
    }

    /// The numbers of a job.
    public struct JobOutcome: Sendable, Equatable {
        /// When it first ran; -1 for never.
        public var firstStart: Int64 = -1
        /// When it ended; -1 where it had not by the end.
        public var ended: Int64 = -1
        /// How long it waited in all: before its first start and after evictions.
        public var waited: Int64 = 0
        /// The longest time it waited at a stretch.
        public var longestWait: Int64 = 0
        /// How long it ran.
        public var ran: Int64 = 0
        /// How much of that was lost, because it had to begin again.
        public var lost: Int64 = 0
        /// How often it was evicted.
        public var evictions: Int32 = 0
        /// Whether it is done.
        public var isFinished = false
    }

    /// The hours of a team, in units of the result.
    public struct TeamOutcome: Sendable, Equatable {
        /// Hours it owned.
        public var owned = 0.0
        /// Hours it used of what it owns.
        public var guaranteed = 0.0
        /// Hours it used above.
        public var borrowed = 0.0
        /// Hours of work that evictions of its jobs undid.
        public var preempted = 0.0
        /// Hours of work that failing machines undid.
        public var lost = 0.0
        /// How often its jobs were evicted.
        public var evictions = 0
    }

    /// Usage at a time.
    public struct Snapshot: Sendable, Equatable {
        /// When.
        public var time: Int64
        /// What each team uses.
        public var teams: [[Usage]]

        /// One flavor's resource of a team.
        public struct Usage: Sendable, Equatable {
            /// The flavor.
            public var flavor: String
            /// The resource.
            public var resource: String
            /// What the team owns.
            public var nominal: Int64
            /// What it uses.
            public var total: Int64
            /// What it uses above what it owns.
            public var borrowed: Int64 { max(0, total - nominal) }
        }
    }

    /// What happened to a job and why, in words.
    public struct Story: Sendable, Equatable {
        /// Which job.
        public var job: Int
        /// When.
        public var time: Int64
        /// What and why.
        public var text: String
        /// Kueue's condition, as `kubectl describe workload` shows it.
        public var condition: String
    }
}
