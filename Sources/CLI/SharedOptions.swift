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

    var options: ConnectionOptions {
        ConnectionOptions(region: region, profile: profile, endpointURL: endpointURL)
    }
}

/// Where a project is.
struct ProjectArgument: ParsableArguments {
    @Argument(help: "The folder with config.yaml, or the configuration file itself.", completion: .directory)
    var path = "."

    var project: Project { Project(path: path) }
}
