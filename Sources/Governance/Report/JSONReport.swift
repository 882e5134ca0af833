public import Foundation

/// A simulation as JSON for machines. Times are seconds from the beginning, amounts texts of Kubernetes.
public struct JSONReport: Encodable, Sendable {
    private struct JobEntry: Encodable {
        var team, name, status: String
        var priorityClass: String?
        var submitted: Double
        var firstStart, ended: Double?
        var waited, ran, lost: Double
        var evictions: Int
    }

    private struct Step: Encodable {
        var time: Double
        var job, kind: String
        var reason, by: String?
    }

    private struct TeamEntry: Encodable {
        var name: String
        var owned, guaranteed, borrowed, preempted, lost: Double
        var evictions: Int
    }

    private struct UsageEntry: Encodable {
        var team, flavor, resource, nominal, total, borrowed: String
    }

    private struct SnapshotEntry: Encodable {
        var time: Double
        var usage: [UsageEntry]
    }

    private struct Promise: Encodable {
        var expectation: String
        var isKept: Bool
        var failure: String?
    }

    private struct StoryEntry: Encodable {
        var time: Double
        var job, text, condition: String
    }

    private var unit: String
    private var end, capacityHours, idleHours: Double
    private var cycles: Int
    private var teams: [TeamEntry]
    private var waitingByTeam, waitingByClass: [WaitingTimes]
    private var jobs: [JobEntry]
    private var steps: [Step]
    private var snapshots: [SnapshotEntry]
    private var expectations: [Promise]
    private var stories: [StoryEntry]
    private var unstable: [Double]
    private var assumptions: [String: String]
    private var sensitivities: [[String: String]]

    /// A report on a simulation.
    public init(
        _ input: SimulationInput, _ result: SimulationResult, _ history: JobHistory,
        expectations: [ExpectationOutcome] = [], assumptions: [String: String] = [:],
        sensitivities: [[String: String]] = []
    ) {
        func seconds(_ time: Int64) -> Double { Double(time) / 1000 }
        func name(_ job: Int) -> String { "\(input.teams[Int(input.jobs[job].team)])/\(input.jobs[job].name)" }
        unit = result.unit
        end = seconds(result.end)
        capacityHours = result.capacityHours
        idleHours = max(0, result.capacityHours - result.teams.reduce(0) { $0 + $1.guaranteed + $1.borrowed })
        cycles = result.cycles
        teams = zip(input.teams, result.teams).map {
            TeamEntry(
                name: $0, owned: $1.owned, guaranteed: $1.guaranteed, borrowed: $1.borrowed, preempted: $1.preempted,
                lost: $1.lost, evictions: $1.evictions)
        }
        waitingByTeam = WaitingTimes.byTeam(input, result)
        waitingByClass = WaitingTimes.byClass(input, result)
        jobs = zip(input.jobs, result.jobs).enumerated().map { place, pair in
            let (job, outcome) = pair
            return JobEntry(
                team: input.teams[Int(job.team)], name: job.name,
                status: history.status(of: place, at: result.end).rawValue,
                priorityClass: job.priorityClass < 0 ? nil : input.classes[Int(job.priorityClass)],
                submitted: seconds(job.submitted),
                firstStart: outcome.firstStart < 0 ? nil : seconds(outcome.firstStart),
                ended: outcome.ended < 0 ? nil : seconds(outcome.ended), waited: seconds(outcome.waited),
                ran: seconds(outcome.ran), lost: seconds(outcome.lost), evictions: Int(outcome.evictions))
        }
        steps = result.transitions.map {
            Step(
                time: seconds($0.time), job: name(Int($0.job)), kind: "\($0.kind)", reason: $0.reason?.rawValue,
                by: $0.by < 0 ? nil : name(Int($0.by)))
        }
        snapshots = result.snapshots.map { snapshot in
            SnapshotEntry(
                time: seconds(snapshot.time),
                usage: zip(input.teams, snapshot.teams).flatMap { team, rows in
                    rows.map {
                        UsageEntry(
                            team: team, flavor: $0.flavor, resource: $0.resource,
                            nominal: Quantity.text($0.nominal, of: $0.resource),
                            total: Quantity.text($0.total, of: $0.resource),
                            borrowed: Quantity.text($0.borrowed, of: $0.resource))
                    }
                })
        }
        self.expectations = expectations.map {
            Promise(expectation: $0.expectation.text, isKept: $0.failure == nil, failure: $0.failure)
        }
        stories = result.stories.map {
            StoryEntry(time: seconds($0.time), job: name($0.job), text: $0.text, condition: $0.condition)
        }
        unstable = result.unstable.map(seconds)
        self.assumptions = assumptions
        self.sensitivities = sensitivities
    }

    /// The report's bytes.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(self)
    }
}
