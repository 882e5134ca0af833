internal import ArgumentParser
internal import StackGen

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a run that was cut off, from its record alone.",
        discussion: """
            Finds out what happened: a call that reached AWS is not made again, and one that did not is made with the
            bytes and the token of the record. config.yaml is not read.
            """)

    @Argument(help: "The record, or its name below run/.", completion: .directory)
    var run: String

    @Option(name: .long, help: "A profile of the shared AWS configuration files.")
    var profile: String?

    @Option(name: .customLong("endpoint-url"), help: "Send every call there; plain http only to this machine.")
    var endpointURL: String?

    @Flag(name: .customLong("allow-plain-http"), help: "Allow an endpoint of plain http on another machine.")
    var allowsPlainHTTP = false

    @Option(
        name: .customLong("allow-replacement"),
        help: ArgumentHelp(
            "Agree that a resource that holds data is replaced or deleted; may be given more than once.",
            valueName: "logical-id"))
    var allowedReplacements: [String] = []

    @Option(name: .long, help: ConnectionArguments.deadlineHelp)
    var deadline: Int?

    @Flag(name: .long, help: "Follow the stack until its end; fail with the first cause when it fails.")
    var wait = false

    @OptionGroup var waiting: WaitArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try ConnectionArguments.check(deadline: deadline)
    }

    func run() async throws {
        let console = output.console
        let record = try ResumeRun.find(run, in: Project(path: "."))
        var request = Submission.Request(project: Project(path: "."))
        request.connection = ConnectionOptions(
            profile: profile, endpointURL: endpointURL, allowsPlainHTTP: allowsPlainHTTP)
        request.connection.deadline = deadline.map { .seconds($0) }
        request.allowedReplacements = Set(allowedReplacements)
        request.waits = wait
        request.timeout = waiting.duration
        let talk = SubmissionTalk(console: console)
        let outcome = try await ResumeRun.run(record, request, host: .terminal(console)) { talk.tell($0) }
        try console.result(SubmissionTalk.text(outcome), json: try RecordJSON.bytes(outcome))
    }
}
