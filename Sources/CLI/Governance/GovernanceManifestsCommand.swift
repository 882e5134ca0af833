internal import ArgumentParser
internal import Foundation
internal import StackGen

struct GovernanceManifestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifests",
        abstract: "The Kubernetes objects that give the teams of a stack its file system.",
        discussion: "stackgen governance manifests ml-cluster | kubectl apply -f -")

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
        let text = try await TeamManifests.run(request, host: .live(notice: { console.say($0) }))
        guard let file else { return console.output(Array(text.utf8)) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        console.good("wrote \(file)")
    }
}
