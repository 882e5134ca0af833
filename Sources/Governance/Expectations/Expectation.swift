/// A promise about a simulation, written in a line:
///
///     at 00:10 team-b/b2 running
///     at 00:10 team-a uses 88 cpu
///     at 00:10 team-a borrows 136Gi memory
///     never team-a/a1 waits > 30m
///     never team-a/a1 suspended
///     team-a/a1 finishes before 02:00
///     team-a/a1 preempted by team-b/b1 InCohortReclamation
public struct Expectation: Sendable, Equatable {
    /// The line.
    public let text: String
    /// Where it stands in its file, from 1; 0 where it has no file.
    public var line = 0
    let claim: Claim

    enum Claim: Sendable, Equatable {
        case state(time: Int64, job: String, state: JobStatus)
        case usage(time: Int64, team: String, amount: String, resource: String, isBorrowed: Bool)
        case neverWaits(job: String, longer: Int64)
        case never(job: String, state: JobStatus)
        case finishes(job: String, before: Int64)
        case preempted(job: String, by: String, reason: String?)
    }

    /// Why a line cannot be read.
    public struct Problem: Error, Sendable {
        /// The reason.
        public let message: String
    }

    /// Reads a line.
    public init(parsing text: String) throws(Problem) {
        self.text = text
        claim = try Self.claim(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static func claim(_ words: [String]) throws(Problem) -> Claim {
        switch words.first {
        case "at" where words.count == 4:
            return .state(time: try time(words[1]), job: words[2], state: try state(words[3]))
        case "at" where words.count == 6 && ["uses", "borrows"].contains(words[3]):
            guard Quantity.amount(words[4], of: words[5]) != nil else {
                throw Problem(message: "`\(words[4])` is no quantity")
            }
            return .usage(
                time: try time(words[1]), team: words[2], amount: words[4], resource: words[5],
                isBorrowed: words[3] == "borrows")
        case "never" where words.count == 5 && words[2] == "waits" && words[3] == ">":
            return .neverWaits(job: words[1], longer: try time(words[4]))
        case "never" where words.count == 3: return .never(job: words[1], state: try state(words[2]))
        default: break
        }
        if words.count == 4, words[1] == "finishes", words[2] == "before" {
            return .finishes(job: words[0], before: try time(words[3]))
        }
        if words.count == 4 || words.count == 5, words[1] == "preempted", words[2] == "by" {
            if words.count == 5, PreemptionReason(rawValue: words[4]) == nil {
                throw Problem(message: "`\(words[4])` is no reason of Kueue")
            }
            return .preempted(job: words[0], by: words[3], reason: words.count == 5 ? words[4] : nil)
        }
        throw Problem(message: "the expectation cannot be read")
    }

    private static func time(_ text: String) throws(Problem) -> Int64 {
        guard let time = TimeText.milliseconds(text) else { throw Problem(message: "`\(text)` is no time") }
        return time
    }

    private static func state(_ text: String) throws(Problem) -> JobStatus {
        guard let state = JobStatus(rawValue: text) else {
            let states = JobStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(message: "`\(text)` is none of \(states)")
        }
        return state
    }

    /// The teams and jobs (`team/job`) that it speaks of.
    public var names: [String] {
        switch claim {
        case .state(_, let job, _), .neverWaits(let job, _), .never(let job, _), .finishes(let job, _): [job]
        case .usage(_, let team, _, _, _): [team]
        case .preempted(let job, let by, _): [job, by]
        }
    }

    /// The time whose usage it speaks of.
    public var snapshot: Int64? {
        if case .usage(let time, _, _, _, _) = claim { time } else { nil }
    }
}

/// Where a job stands, as people say it.
public enum JobStatus: String, Sendable, CaseIterable {
    /// It was not submitted yet.
    case absent
    /// It waits and has never run.
    case queued
    /// It ran, and waits again.
    case suspended
    /// It has quota, and no machines.
    case starting
    /// It runs.
    case running
    /// It is done.
    case finished
    /// It was taken away.
    case deleted
}
