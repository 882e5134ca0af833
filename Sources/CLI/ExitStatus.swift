internal import ArgumentParser

/// The exit statuses of `stackgen`: a contract, documented in `docs/exit-statuses.md`.
///
/// The AWS CLI's own numbers are kept: 130, 252, 253 and 254.
enum ExitStatus: Int32, CaseIterable {
    /// Everything asked for was done.
    case success = 0
    /// Something that is nobody's input: the disk, the network of this machine, a mistake of ours.
    case failure = 1
    /// The configuration, the template or the data has errors.
    case invalidInput = 2
    /// There are changes that were only to be shown.
    case changesPending = 3
    /// What is there on AWS or on the disk does not allow it; nothing was sent.
    case preflightFailed = 4
    /// The stack failed, and was rolled back where that was asked for.
    case stackFailed = 5
    /// The time given for waiting ran out; the stack goes on.
    case timedOut = 6
    /// A promise about a simulation is broken.
    case promiseBroken = 7
    /// Stopped by Ctrl-C.
    case interrupted = 130
    /// The command line is wrong.
    case usage = 252
    /// No credentials, or settings that cannot be used.
    case environment = 253
    /// An AWS service refused.
    case service = 254

    var code: ExitCode { ExitCode(rawValue) }
}
