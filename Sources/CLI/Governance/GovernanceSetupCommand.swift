internal import ArgumentParser
internal import Foundation
internal import StackGen

struct GovernanceSetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Propose a policy and teams for a cluster, write them as config.yaml, and apply them.",
        discussion: """
            Finds the cluster, takes the machine type with the most accelerators, and proposes four classes of work and
            two teams that lend and borrow. What the cluster has already is taken over and left alone.
            """)

    @Argument(help: "The folder for config.yaml.", completion: .directory)
    var folder = "."

    @Option(name: .long, help: "The HyperPod cluster: name or ARN; by default the only one, or it is asked for.")
    var cluster: String?

    @Option(name: .customLong("instance-type"), help: "The machine type that the teams share.")
    var instanceType: String?

    @Option(name: .customLong("team"), help: "A team, as often as there are teams; by default team-a and team-b.")
    var teams: [String] = []

    @Flag(name: .customLong("no-apply"), help: "Write config.yaml only.")
    var isOnlyWritten = false

    @Flag(name: .long, help: "Replace a config.yaml that is there.")
    var force = false

    @Flag(name: [.customShort("y"), .long], help: "Agree to the plan.")
    var yes = false

    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var waiting: WaitArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        var request = SetupPolicy.Request(folder: folder)
        request.cluster = cluster
        request.instanceType = instanceType
        if !teams.isEmpty { request.teams = teams }
        request.connection = connection.options
        request.overwrites = force
        let outcome = try await SetupPolicy.run(
            request, host: .live(notice: { console.say($0) }), ask: Console.isInteractive ? Self.choose : nil)
        for line in outcome.lines { console.say("  \(line)") }
        console.good("wrote \(outcome.path)")
        if isOnlyWritten { return }
        var apply = ApplyPolicy.Request(project: Project(path: folder))
        apply.connection = connection.options
        apply.connection.region = nil
        apply.timeout = waiting.duration
        try await PolicyApplication(console: console, agrees: yes).run(apply)
    }

    /// Lets a person choose by number or name.
    private static let choose: @Sendable ([String]) -> String? = { names in
        let console = Console()
        for (index, name) in names.enumerated() { console.say("  \(index + 1)  \(name)") }
        console.say("Which cluster?")
        guard let answer = readLine()?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let number = Int(answer), names.indices.contains(number - 1) { return names[number - 1] }
        return names.first { $0 == answer }
    }
}
