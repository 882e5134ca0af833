internal import ArgumentParser

/// What has to do with sharing a cluster between teams.
struct GovernanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "governance",
        abstract: "Task governance: how teams share a cluster.",
        subcommands: [
            GovernanceSetupCommand.self,
            GovernanceApplyCommand.self,
            GovernanceShowCommand.self,
            GovernanceManifestsCommand.self,
            GovernanceSimulateCommand.self,
            GovernanceReplayCommand.self,
        ])
}
