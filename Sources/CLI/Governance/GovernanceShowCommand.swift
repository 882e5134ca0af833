internal import ArgumentParser
internal import StackGen

struct GovernanceShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The policy and the quotas of a cluster now, and what its queues hold.",
        discussion: """
            What the queues hold is read with kubectl, where its context is the cluster's; without it the table has no
            usage. `--as-config` writes what is there as a configuration of the kind task-governance.
            """)

    @Argument(help: "The HyperPod cluster: name or ARN; by default the only one of the region.")
    var cluster: String?

    @Flag(name: .customLong("as-config"), help: "Print a config.yaml that says what is there.")
    var asConfig = false

    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let report = try await ShowPolicy.run(
            cluster: cluster, connection.options, host: .live(notice: { console.say($0) }))
        if asConfig { return console.output(Array(report.config.utf8)) }
        if !report.hasUsage { console.say("kubectl is not set up for \(report.eksCluster): no usage is shown") }
        try console.result(text(report), json: try RecordJSON.bytes(report))
    }

    private func text(_ report: ShowPolicy.Report) -> String {
        let none = "none"
        let facts = [
            ["cluster", report.cluster],
            ["kubernetes", "\(report.kubernetesVersion ?? "") on \(report.eksCluster)"],
            ["add-on", report.addon.map { "\($0.name) \($0.status)" } ?? none],
            ["policy", report.policy.map { "\($0.name) \($0.status)" } ?? none],
            ["classes", report.priorityClasses.map { "\($0.name) \($0.weight)" }.joined(separator: ", ")],
            [
                "sharing",
                "fair share \(report.fairShare ? "on" : "off"), idle resource sharing "
                    + (report.idleResourceSharing ? "on" : "off"),
            ],
        ]
        let teams =
            [["TEAM", "STATUS", "QUOTA", "SHARING", "WEIGHT"]]
            + report.teams.map { team in
                let limit = team.borrowLimitPercent.map { " up to \($0) %" } ?? ""
                return [
                    team.name, team.status + (team.isActive ? "" : ", inactive"),
                    team.quota.isEmpty ? "nothing" : team.quota.joined(separator: ", "), team.strategy + limit,
                    "\(team.fairShareWeight)",
                ]
            }
        return [Table.text(facts), Table.text(teams), usage(report)].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func usage(_ report: ShowPolicy.Report) -> String {
        let rows = report.teams.flatMap { team in
            team.usage.map {
                [
                    team.name, $0.flavor, $0.resource, $0.guaranteed, $0.used, $0.borrowed,
                    ($0.isLentExact ? "" : "≤ ") + $0.lent,
                ]
            }
        }
        guard !rows.isEmpty else { return "" }
        return Table.text([["TEAM", "FLAVOR", "RESOURCE", "GUARANTEED", "USED", "BORROWED", "LENT"]] + rows)
    }
}
