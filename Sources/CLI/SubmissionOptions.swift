internal import ArgumentParser
internal import Foundation
internal import StackGen

/// What `create`, `update` and `adopt` take.
struct SubmissionArguments: ParsableArguments {
    @OptionGroup var target: ProjectArgument
    @OptionGroup var connection: ConnectionArguments

    @Option(name: .customLong("stack-name"), help: "The stack's name, in place of the configuration's.")
    var stackName: String?

    @Option(name: .long, help: "The account that is meant, 12 digits; with credentials of another nothing is sent.")
    var account: String?

    @Flag(name: .customLong("dry-run"), help: "Stop before the network: compile, verify and record.")
    var isDryRun = false

    @Flag(
        name: .customLong("no-change-set"), help: "Send the call at once instead of a change set that is shown first.")
    var withoutChangeSet = false

    @Option(
        name: .customLong("allow-replacement"),
        help: ArgumentHelp(
            "Agree that a resource that holds data is replaced or deleted; may be given more than once.",
            valueName: "logical-id"))
    var allowedReplacements: [String] = []

    @Flag(
        name: .customLong("import-existing-resources"),
        help: """
            Take resources into the stack that are there already under a name that the template writes out, and that \
            it retains.
            """)
    var importsExisting = false

    @Flag(name: .customLong("no-preflight"), help: "Do not ask AWS about permissions, quotas and zones first.")
    var withoutPreflight = false

    @Flag(name: .long, help: "Follow the stack until its end; fail with the first cause when it fails.")
    var wait = false

    @OptionGroup var waiting: WaitArguments

    @Flag(name: [.customShort("y"), .long], help: "Agree to what would be asked for: a bucket for a long template.")
    var yes = false

    @Option(name: .long, help: "Write the record exactly there instead of below run/.", completion: .directory)
    var record: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if importsExisting, withoutChangeSet {
            throw ValidationError("--import-existing-resources needs a change set, which --no-change-set forgoes")
        }
        guard let account, account.count != 12 || !account.allSatisfy(\.isNumber) else { return }
        throw ValidationError("--account takes the 12 digits of an account, not \(account)")
    }

    var request: Submission.Request {
        var request = Submission.Request(project: target.project)
        request.connection = connection.options
        request.stackName = stackName
        request.account = account
        request.isDryRun = isDryRun
        request.usesChangeSet = !withoutChangeSet
        request.importsExisting = importsExisting
        request.checksBefore = !withoutPreflight
        request.allowedReplacements = Set(allowedReplacements)
        request.waits = wait
        request.timeout = waiting.duration
        request.assumesYes = yes
        request.recordURL = record.map { URL(fileURLWithPath: $0) }
        return request
    }
}
