/// The stretches of every job's life, drawn from a simulation's transitions.
public struct JobHistory: Sendable {
    /// A time in which a job stood somewhere.
    public struct Stretch: Sendable, Equatable {
        /// Where.
        public var status: JobStatus
        /// Whether its team used more than it owns when the job got its quota.
        public var isBorrowing: Bool
        /// From when.
        public var start: Int64
        /// Until when.
        public var end: Int64
    }

    /// The stretches of each job, in the order of time.
    public let stretches: [[Stretch]]
    private let names: [String: Int]

    /// The history of a simulation.
    public init(_ input: SimulationInput, _ result: SimulationResult) {
        var lives = input.jobs.map { Life(since: $0.submitted) }
        for transition in result.transitions { lives[Int(transition.job)].apply(transition) }
        stretches = lives.map { life in
            var life = life
            life.close(at: max(result.end, life.since))
            return life.stretches
        }
        names = Dictionary(
            input.jobs.enumerated().map { ("\(input.teams[Int($1.team)])/\($1.name)", $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The place of a job by `team/job`.
    public func job(_ name: String) -> Int? { names[name] }

    /// Where a job stands once everything of a time has happened.
    public func status(of job: Int, at time: Int64) -> JobStatus {
        guard let last = stretches[job].last(where: { $0.start <= time }) else { return .absent }
        return last.status
    }
}

/// A job's life while it is drawn.
private struct Life {
    var since: Int64
    var stretches: [JobHistory.Stretch] = []
    private var status = JobStatus.queued
    private var isBorrowing = false

    init(since: Int64) { self.since = since }

    mutating func apply(_ transition: SimulationResult.Transition) {
        switch transition.kind {
        case .admitted, .admittedBorrowing:
            turn(.running, transition.time)
            isBorrowing = transition.kind == .admittedBorrowing
        case .started: turn(.running, transition.time)
        case .waitsForNodes, .interrupted: turn(.starting, transition.time)
        case .evicted:
            turn(.suspended, transition.time)
            isBorrowing = false
        case .finished: turn(.finished, transition.time)
        case .deleted: turn(.deleted, transition.time)
        }
    }

    private mutating func turn(_ new: JobStatus, _ time: Int64) {
        if time > since { stretches.append(.init(status: status, isBorrowing: isBorrowing, start: since, end: time)) }
        (status, since) = (new, time)
    }

    mutating func close(at end: Int64) {
        stretches.append(.init(status: status, isBorrowing: isBorrowing, start: since, end: end))
    }
}
