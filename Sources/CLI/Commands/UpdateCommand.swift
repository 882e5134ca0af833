internal import ArgumentParser
internal import StackGen

struct UpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change the stack that is there to what config.yaml says now.",
        discussion: """
            CloudFormation works out the changes first; they are shown module by module, with what is replaced and
            why. A resource that holds data is replaced or deleted only with a word for it: at the terminal, or
            --allow-replacement LOGICAL-ID in a script.
            """)

    @OptionGroup var arguments: SubmissionArguments

    @Flag(
        name: .customLong("no-execute"),
        help: "Show what would change and remove the change set again; exit status 3 when there is anything.")
    var showsOnly = false

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(
            "Take in a resource that is there already; may be given more than once.",
            valueName: "logical-id=property=value"))
    var imports: [String] = []

    func validate() throws {
        for text in imports where ImportedResource(text) == nil {
            throw ValidationError("--import takes LogicalID=Property=value, not \(text)")
        }
        if arguments.importsExisting, !imports.isEmpty {
            throw ValidationError("--import names each resource, --import-existing-resources none: take one of the two")
        }
        if arguments.withoutChangeSet, showsOnly || !imports.isEmpty {
            throw ValidationError("--no-execute and --import need a change set")
        }
    }

    func run() async throws {
        let console = arguments.output.console
        var request = arguments.request
        request.showsOnly = showsOnly
        request.imports = imports.compactMap { ImportedResource($0) }
        let talk = SubmissionTalk(console: console)
        let outcome = try await UpdateStack.run(request, host: .terminal(console)) { talk.tell($0) }
        let after = GovernanceAfterStack(console: console, arguments: arguments, onlyPlans: showsOnly)
        let isPolicyChanged = try await after.finish(outcome)
        if showsOnly, isPolicyChanged || outcome.changes?.changes.isEmpty == false {
            throw ExitStatus.changesPending.code
        }
    }
}
