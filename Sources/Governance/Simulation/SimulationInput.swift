/// What a simulation is of: a policy, the machines under it, and jobs over time. Times are milliseconds.
public struct SimulationInput: Sendable {
    /// The queues, one for each team.
    public var queues: [ClusterQueue]
    /// Cohorts with quota of their own.
    public var cohorts: [Cohort]
    /// What Kueue is told.
    public var options: KueueOptions
    /// The names of teams, in the order of `queues`.
    public var teams: [String]
    /// The machines; empty where only quota is looked at.
    public var nodes: [NodeGroup] = []
    /// The names of priority classes that jobs refer to.
    public var classes: [String] = []
    /// Every distinct request of a job.
    public var shapes: [JobShape] = []
    /// The jobs, in any order.
    public var jobs: [Job] = []
    /// What else happens, in any order.
    public var events: [SimulationEvent] = []
    /// How long an evicted job keeps its quota.
    public var gracePeriod: Int64 = 0
    /// When it ends; `nil` where it ends with the last event.
    public var end: Int64?
    /// Times whose usage is wanted.
    public var snapshots: [Int64] = []
    /// Jobs whose story is wanted, by their places in `jobs`.
    public var watched: Set<Int> = []

    /// A policy without jobs. Teams are the queues' names unless given.
    public init(
        queues: [ClusterQueue], cohorts: [Cohort] = [], options: KueueOptions = KueueOptions(), teams: [String]? = nil
    ) {
        self.queues = queues
        self.cohorts = cohorts
        self.options = options
        self.teams = teams ?? queues.map(\.name)
    }
}

/// A job of a team.
public struct Job: Sendable, Equatable {
    /// The name, unique within the team.
    public var name: String
    /// The place of its team.
    public var team: Int32
    /// The place of its priority class; -1 for none.
    public var priorityClass: Int16 = -1
    /// Its priority: the weight of its class.
    public var priority: Int32 = 0
    /// The place of its request.
    public var shape: Int32
    /// When it is submitted.
    public var submitted: Int64
    /// How long it works; -1 for as long as it is let.
    public var duration: Int64 = -1
    /// How often it saves its work; 0 for never, so that an eviction loses all of it.
    public var checkpoint: Int64 = 0

    /// A job.
    public init(name: String, team: Int, shape: Int, submitted: Int64) {
        self.name = name
        self.team = Int32(truncatingIfNeeded: team)
        self.shape = Int32(truncatingIfNeeded: shape)
        self.submitted = submitted
    }
}

/// Something that happens beside the submission of jobs.
public struct SimulationEvent: Sendable {
    /// When.
    public var time: Int64
    /// What.
    public var kind: Kind

    /// Something at a time.
    public init(_ time: Int64, _ kind: Kind) {
        self.time = time
        self.kind = kind
    }

    /// What happens.
    public enum Kind: Sendable {
        /// A job ends well.
        case finish(job: Int)
        /// A job is taken away.
        case delete(job: Int)
        /// Machines of a type fail.
        case nodeLost(type: String, count: Int)
        /// Machines of a type are there again.
        case nodeBack(type: String, count: Int)
        /// The policy is replaced; names of queues, flavors and resources stay.
        case policy(queues: [ClusterQueue], cohorts: [Cohort])
    }
}

/// Equal machines.
public struct NodeGroup: Sendable, Equatable {
    /// The machine type, which is the flavor of its quota.
    public var type: String
    /// How many.
    public var count: Int
    /// What pods can use of one machine.
    public var capacity: [String: Int64]

    /// Equal machines.
    public init(type: String, count: Int, capacity: [String: Int64]) {
        self.type = type
        self.count = count
        self.capacity = capacity
    }
}
