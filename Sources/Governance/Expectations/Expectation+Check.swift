/// Whether a promise was kept.
public struct ExpectationOutcome: Sendable, Equatable {
    /// The promise.
    public var expectation: Expectation
    /// What was instead; `nil` where it was kept.
    public var failure: String?
}

extension Expectation {
    /// Compares a simulation with a promise.
    public func check(_ input: SimulationInput, _ result: SimulationResult, _ history: JobHistory) -> ExpectationOutcome
    {
        ExpectationOutcome(expectation: self, failure: failure(input, result, history))
    }

    private func failure(_ input: SimulationInput, _ result: SimulationResult, _ history: JobHistory) -> String? {
        switch claim {
        case .state(let time, let name, let state):
            guard let job = history.job(name) else { return "there is no job \(name)" }
            let found = history.status(of: job, at: time)
            return found == state ? nil : "it is \(found.rawValue) at \(TimeText.clock(time))"
        case .never(let name, let state):
            guard let job = history.job(name) else { return "there is no job \(name)" }
            let found = history.stretches[job].first { $0.status == state }
            return found.map { "it is \(state.rawValue) at \(TimeText.clock($0.start))" }
        case .neverWaits(let name, let limit):
            guard let job = history.job(name) else { return "there is no job \(name)" }
            let longest = result.jobs[job].longestWait
            return longest > limit ? "it waits \(TimeText.span(longest))" : nil
        case .finishes(let name, let limit):
            guard let job = history.job(name) else { return "there is no job \(name)" }
            let outcome = result.jobs[job]
            guard outcome.isFinished else { return "it is not finished at \(TimeText.clock(result.end))" }
            return outcome.ended < limit ? nil : "it is finished at \(TimeText.clock(outcome.ended))"
        case .preempted(let name, let by, let reason): return preemption(name, by, reason, input, result, history)
        case .usage(let time, let team, let amount, let resource, let isBorrowed):
            return usage(time, team, amount, resource, isBorrowed, input, result)
        }
    }

    private func preemption(
        _ name: String, _ by: String, _ reason: String?, _ input: SimulationInput, _ result: SimulationResult,
        _ history: JobHistory
    ) -> String? {
        guard let job = history.job(name), let other = history.job(by) else { return "there is no such job" }
        let found = result.transitions.filter { $0.kind == .evicted && Int($0.job) == job }
        if found.contains(where: { Int($0.by) == other && (reason == nil || $0.reason?.rawValue == reason) }) {
            return nil
        }
        guard let first = found.first else { return "nobody preempted it" }
        let preemptor = input.jobs[Int(first.by)]
        return "\(input.teams[Int(preemptor.team)])/\(preemptor.name) preempted it (\(first.reason?.rawValue ?? ""))"
    }

    private func usage(
        _ time: Int64, _ team: String, _ amount: String, _ resource: String, _ isBorrowed: Bool,
        _ input: SimulationInput, _ result: SimulationResult
    ) -> String? {
        guard let place = input.teams.firstIndex(of: team),
            let snapshot = result.snapshots.first(where: { $0.time == time })
        else { return "nothing is known of \(team) at \(TimeText.clock(time))" }
        let found = snapshot.teams[place].filter { $0.resource == resource }.reduce(Int64(0)) {
            $0 + (isBorrowed ? $1.borrowed : $1.total)
        }
        guard found != Quantity.amount(amount, of: resource) else { return nil }
        return "it \(isBorrowed ? "borrows" : "uses") \(Quantity.text(found, of: resource))"
    }
}
