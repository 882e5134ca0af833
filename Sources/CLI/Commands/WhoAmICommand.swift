internal import ArgumentParser
internal import StackGen

struct WhoAmICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Account, identity and region that commands use, and where each was found.")

    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let caller = try await WhoAmI.ask(connection.options, host: .terminal(console))
        try console.result(Table.text(rows(caller)), json: try RecordJSON.bytes(caller))
    }

    private func rows(_ caller: WhoAmI.Caller) -> [[String]] {
        let end = caller.credentials.expiresAt.map { ", until \($0)" } ?? ""
        var rows = [
            ["account", caller.account, ""],
            ["arn", caller.arn, ""],
            ["user id", caller.userID, ""],
            ["region", caller.region.value, "from \(caller.region.source)"],
            ["profile", caller.profile.value, "from \(caller.profile.source)"],
            ["credentials", "…\(caller.credentials.accessKeySuffix)\(end)", "from \(caller.credentials.source)"],
        ]
        if let endpoint = caller.endpoint { rows.append(["endpoint", endpoint.value, "from \(endpoint.source)"]) }
        return rows.map { $0.last == "" ? $0.dropLast() : $0 }
    }
}
