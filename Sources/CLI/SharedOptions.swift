internal import ArgumentParser
internal import StackGen

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "How the result is printed to standard output.")
    var output: Console.Format = .text

    var console: Console { Console(format: output) }
}

extension Console.Format: ExpressibleByArgument {}

/// How AWS is reached. What is not given comes from where the AWS CLI takes it.
struct ConnectionArguments: ParsableArguments {
    @Option(name: .long, help: "The region; must be the configuration's where there is one.")
    var region: String?

    @Option(name: .long, help: "A profile of the shared AWS configuration files.")
    var profile: String?

    @Option(name: .customLong("endpoint-url"), help: "Send every call there; plain http only to this machine.")
    var endpointURL: String?

    @Flag(name: .customLong("allow-plain-http"), help: "Allow an endpoint of plain http on another machine.")
    var allowsPlainHTTP = false

    @Option(name: .long, help: deadlineHelp)
    var deadline: Int?

    static let deadlineHelp: ArgumentHelp =
        "Seconds that the whole command may take, 1 to 2592000; a stack goes on without it."

    /// - Throws: `ValidationError` for a time that is none.
    static func check(deadline: Int?) throws {
        guard let deadline, !(1...2_592_000).contains(deadline) else { return }
        throw ValidationError("--deadline takes 1 to 2592000 seconds, not \(deadline)")
    }

    func validate() throws {
        try Self.check(deadline: deadline)
        for (flag, value) in [("--region", region), ("--profile", profile), ("--endpoint-url", endpointURL)]
        where value?.isEmpty == true {
            throw ValidationError("\(flag) is empty")
        }
    }

    var options: ConnectionOptions {
        var options = ConnectionOptions(
            region: region, profile: profile, endpointURL: endpointURL, allowsPlainHTTP: allowsPlainHTTP)
        options.deadline = deadline.map { .seconds($0) }
        return options
    }
}

/// How long to follow a stack.
struct WaitArguments: ParsableArguments {
    @Option(name: .long, help: "Minutes to wait at most, 1 to 43200.")
    var timeout: Int?

    func validate() throws {
        guard let timeout, !(1...43_200).contains(timeout) else { return }
        throw ValidationError("--timeout takes 1 to 43200 minutes, not \(timeout)")
    }

    /// The time, where one is given.
    var duration: Duration? { timeout.map { .seconds($0 * 60) } }
}

/// Where a project is.
struct ProjectArgument: ParsableArguments {
    @Argument(help: "The folder with config.yaml, or the configuration file itself.", completion: .directory)
    var path = "."

    var project: Project { Project(path: path) }
}
