internal import ArgumentParser
internal import Foundation
internal import StackGen

struct GovernanceManifestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifests",
        abstract: "The Kubernetes objects that give the teams of a stack its file system.",
        discussion: """
            Written into a run record and to standard output:

                stackgen governance manifests ml-cluster | kubectl apply -f -
            """)

    @Argument(help: "The stack's name or ARN.")
    var stack: String

    @Option(name: .customLong("team"), help: "A team, as often as there are teams; by default those of the stack.")
    var teams: [String] = []

    @Option(name: .customLong("claim-name"), help: "The name of the claim in every namespace.")
    var claimName = "fsx-claim"

    @Option(name: .customLong("storage-gib"), help: "The size that the volumes tell, in GiB.")
    var storageGiB = 1_200

    @Option(name: .shortAndLong, help: "Write there instead of to standard output.", completion: .file())
    var file: String?

    @Option(name: .customLong("run-folder"), help: "Where the run record goes.", completion: .directory)
    var runFolder = "run"

    @OptionGroup var connection: ConnectionArguments

    func validate() throws {
        guard storageGiB > 0 else { throw ValidationError("--storage-gib is at least 1") }
    }

    func run() async throws {
        let console = Console()
        var request = TeamManifests.Request(stackName: stack)
        request.teams = teams
        request.claimName = claimName
        request.storageGiB = storageGiB
        request.connection = connection.options
        let written = try await TeamManifests.run(
            request, host: .live(notice: { console.say($0) }), below: URL(fileURLWithPath: runFolder))
        if let file {
            try Data(written.text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
            console.good("wrote \(file)")
        } else {
            console.output(Array(written.text.utf8))
        }
        console.good("recorded: kubectl apply -f \(runFolder)/\(written.record.name)/\(written.file.lastPathComponent)")
    }
}
