/// Where each job stands.
struct JobRuns {
    /// What a job does.
    enum State: UInt8 {
        case unknown
        case waiting
        /// It has quota and no machines.
        case withoutNodes
        case running
        /// It was told to go and holds its quota until its pods are gone.
        case ending
        case ended
    }

    private(set) var state: [State]
    /// Since when it does that.
    private(set) var since: [Int64]
    /// The work that is saved, in milliseconds.
    private(set) var progress: [Int64]
    /// When its work will be done; -1 while it does not run.
    private(set) var doneAt: [Int64]

    init(count: Int) {
        state = Array(repeating: .unknown, count: count)
        since = Array(repeating: 0, count: count)
        progress = since
        doneAt = Array(repeating: -1, count: count)
    }

    mutating func set(_ job: Int, _ new: State, at time: Int64, _ outcome: inout SimulationResult.JobOutcome) {
        count(job, at: time, &outcome)
        if new == .running, outcome.firstStart < 0 { outcome.firstStart = time }
        state[job] = new
        since[job] = time
    }

    private mutating func count(_ job: Int, at time: Int64, _ outcome: inout SimulationResult.JobOutcome) {
        let span = time - since[job]
        switch state[job] {
        case .waiting, .withoutNodes, .ending:
            outcome.waited += span
            outcome.longestWait = max(outcome.longestWait, span)
        case .running: outcome.ran += span
        case .unknown, .ended: break
        }
    }

    /// Lets a job work until it is done.
    /// - Returns: when; `nil` for one that works until it is stopped.
    mutating func work(_ job: Int, _ duration: Int64, from time: Int64) -> Int64? {
        guard duration >= 0 else { return nil }
        doneAt[job] = time + max(0, duration - progress[job])
        return doneAt[job]
    }

    /// Stops a running job.
    /// - Returns: how much of its work is lost.
    mutating func stop(_ job: Int, at time: Int64, checkpoint: Int64) -> Int64 {
        doneAt[job] = -1
        guard state[job] == .running else { return 0 }
        let reached = progress[job] + time - since[job]
        let kept = checkpoint > 0 ? max(progress[job], reached / checkpoint * checkpoint) : 0
        progress[job] = kept
        return reached - kept
    }

    mutating func close(_ job: Int, at end: Int64, submitted: Int64, _ outcome: inout SimulationResult.JobOutcome) {
        guard state[job] != .ended, state[job] != .unknown else { return }
        count(job, at: end, &outcome)
    }
}
