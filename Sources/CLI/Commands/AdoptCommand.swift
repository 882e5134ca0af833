internal import ArgumentParser
internal import StackGen

struct AdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Take over a stack that another tool made, for a configuration that describes it.",
        discussion: """
            The stack gets the template and the tags that config.yaml stands for, by a change set that is shown first.
            What the two templates have in common by name and properties stays as it is; a resource that holds data
            is replaced or deleted only with a word for it. Afterwards the stack is like one that stackgen made. For a
            stack of hyp, `stackgen migrate` writes the configuration first.
            """)

    @OptionGroup var arguments: SubmissionArguments

    @Flag(
        name: .customLong("no-execute"),
        help: "Show what would change and remove the change set again; exit status 3 when there is anything.")
    var showsOnly = false

    func validate() throws {
        if arguments.withoutChangeSet { throw ValidationError("a stack is taken over by a change set only") }
    }

    func run() async throws {
        let console = arguments.output.console
        var request = arguments.request
        request.adopts = true
        request.showsOnly = showsOnly
        let talk = SubmissionTalk(console: console)
        let outcome = try await UpdateStack.run(request, host: .terminal(console)) { talk.tell($0) }
        try console.result(SubmissionTalk.text(outcome), json: try RecordJSON.bytes(outcome))
        if showsOnly, outcome.changes?.changes.isEmpty == false { throw ExitStatus.changesPending.code }
    }
}
