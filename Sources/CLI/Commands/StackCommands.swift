internal import AWS
internal import ArgumentParser
internal import Foundation
internal import StackGen

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The stacks that stackgen made, found by their tag.")

    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let stacks = try await Stacks.list(connection.options, host: .terminal())
        let rows = stacks.map { [$0.name, $0.status, $0.kind, $0.schemaVersion, $0.createdAt] }
        try output.console.result(
            Table.text([["NAME", "STATUS", "KIND", "VERSION", "CREATED"]] + rows),
            json: try RecordJSON.bytes(stacks))
    }
}

struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "A stack with its outputs and resources, and why it failed where it did.")

    @Argument(help: "The stack's name or ARN; without it, the stack of ./config.yaml.")
    var stack: String?

    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let target = try StackTarget(stack)
        let description = try await Stacks.describe(
            target.name, connection.options, configRegion: target.region, host: .terminal())
        try output.console.result(text(description), json: try RecordJSON.bytes(description))
    }

    private func text(_ description: Stacks.Description) -> String {
        let summary = description.summary
        var rows = [["name", summary.name], ["id", summary.id], ["status", summary.status]]
        if let reason = description.statusReason { rows.append(["reason", reason]) }
        if let cause = description.firstCause {
            rows.append(["first cause", "\(cause.logicalID) (\(cause.type)): \(cause.reason)"])
        }
        rows += [["kind", "\(summary.kind) \(summary.schemaVersion)"], ["created", summary.createdAt]]
        if let hash = description.configSHA256 { rows.append(["config", "sha256:\(hash)"]) }
        if let hash = description.templateSHA256 { rows.append(["template", "sha256:\(hash)"]) }
        let outputs = description.outputs.map { ["  " + $0.key, $0.value] }
        let resources = description.resources.map { ["  " + $0.logicalID, $0.type, $0.status, $0.physicalID ?? ""] }
        return Table.text(rows) + "outputs\n" + Table.text(outputs) + "resources\n" + Table.text(resources)
    }
}

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a stack that stackgen made; asks for its name first.")

    @Argument(help: "The stack's name or ARN; without it, the stack of ./config.yaml.")
    var stack: String?

    @OptionGroup var connection: ConnectionArguments

    @Flag(name: [.customShort("y"), .long], help: "Do not ask.")
    var yes = false

    @Flag(name: .long, help: "Follow the stack until it is gone.")
    var wait = false

    @OptionGroup var waiting: WaitArguments

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let target = try StackTarget(stack)
        let request = DeleteStack.Request(
            stackName: target.name, connection: connection.options, configRegion: target.region, waits: wait,
            timeout: waiting.duration)
        let agreed = yes
        let outcome = try await DeleteStack.run(request, host: .terminal()) { stack, resources in
            try agreed || Self.ask(stack, resources, console)
        } progress: {
            EventLine(console: console).tell($0)
        }
        try console.result("\(outcome.stackName): \(outcome.status)\n", json: try RecordJSON.bytes(outcome))
    }

    private static func ask(_ stack: Stack, _ resources: [StackResource], _ console: Console) throws -> Bool {
        guard Console.isInteractive else {
            throw WorkflowError(
                .preflight, "the stack `\(stack.name)` was not deleted: nobody can be asked here",
                advice: ["pass --yes to agree in a script"])
        }
        console.say("\(stack.name) has \(resources.count) resources, in status \(stack.status.rawValue).")
        console.say("All of them are deleted. To go on, type the stack's name:")
        return readLine()?.trimmingCharacters(in: .whitespaces) == stack.name
    }
}

/// The stack that a command is about: named, or that of the configuration in the current folder.
private struct StackTarget {
    let name: String
    let region: String?

    init(_ named: String?) throws {
        if let named {
            name = named
            region = nil
            return
        }
        let identity = try StackIdentity(of: Project(path: "."))
        name = identity.stackName
        region = identity.region
    }
}

/// Rows with aligned columns.
enum Table {
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell.padding(toLength: widths[index], withPad: " ", startingAt: 0)
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}
