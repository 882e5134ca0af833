internal import AWS
internal import ArgumentParser
internal import Foundation
internal import StackGen

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The stacks that stackgen made, found by their tag.")

    @OptionGroup var connection: ConnectionArguments

    @Option(name: .long, help: "Only stacks whose name holds this text.")
    var name: String?

    @Option(name: .long, help: "Only stacks of this kind, such as cluster-stack.")
    var kind: String?

    @Option(
        name: .long,
        help:
            "Only stacks whose status holds this text, such as CREATE_COMPLETE or failed; may be given more than once.")
    var status: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Only stacks with this tag; may be given more than once.", valueName: "key[=value]"))
    var tag: [String] = []

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var filter = Stacks.Filter()
        filter.name = name
        filter.kind = kind
        filter.statuses = status
        filter.tags = tag
        let stacks = try await Stacks.list(connection.options, filter: filter, host: .terminal())
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

    @Option(name: .long, help: "Only resources whose type holds this text, such as AWS::EC2 or Lambda.")
    var type: String?

    @Option(name: .long, help: "Only resources whose status holds this text, such as failed.")
    var status: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let target = try StackTarget(stack)
        var description = try await Stacks.describe(
            target.name, connection.options, configRegion: target.region, host: .terminal())
        description.resources.removeAll { resource in
            type.map { !resource.type.contains($0) } ?? false
                || status.map { !resource.status.contains($0.uppercased()) } ?? false
        }
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
        if description.isTerminationProtected { rows.append(["protected", "from deletion"]) }
        if let role = description.roleARN { rows.append(["role", role]) }
        let tags = description.tags.filter { !$0.key.hasPrefix(StackTags.prefix) }.sorted { $0.key < $1.key }
        if !tags.isEmpty { rows.append(["tags", tags.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")]) }
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

    @Flag(name: .customLong("dry-run"), help: "Say what would go, in which order, and what would stay; delete nothing.")
    var isDryRun = false

    @Flag(
        name: .customLong("empty-buckets"),
        help: "Delete every version of every object in the buckets that go; S3 deletes no other bucket.")
    var emptiesBuckets = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A resource that stays, of a stack whose deletion failed; may be given more than once.",
            valueName: "logical-id"))
    var retain: [String] = []

    @Flag(name: .long, help: "Follow the stack until it is gone.")
    var wait = false

    @OptionGroup var waiting: WaitArguments

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let target = try StackTarget(stack)
        var request = DeleteStack.Request(
            stackName: target.name, connection: connection.options, configRegion: target.region, waits: wait,
            timeout: waiting.duration)
        request.retains = retain
        request.emptiesBuckets = emptiesBuckets
        request.isDryRun = isDryRun
        let agreed = yes
        let outcome = try await DeleteStack.run(request, host: .terminal()) { plan in
            console.say(DeletionText.text(plan))
            return try agreed || Self.ask(plan, console)
        } progress: {
            EventLine(console: console).tell($0)
        }
        if isDryRun, let plan = outcome.plan {
            return try console.result(DeletionText.text(plan) + "\n", json: try RecordJSON.bytes(plan))
        }
        try console.result("\(outcome.stackName): \(outcome.status)\n", json: try RecordJSON.bytes(outcome))
    }

    private static func ask(_ plan: DeletionPlan, _ console: Console) throws -> Bool {
        guard Console.isInteractive else {
            throw WorkflowError(
                .preflight, "the stack `\(plan.stackName)` was not deleted: nobody can be asked here",
                advice: ["pass --yes to agree in a script"])
        }
        console.say("To go on, type the stack's name:")
        return readLine()?.trimmingCharacters(in: .whitespaces) == plan.stackName
    }
}

/// What a deletion does, as a person reads it.
enum DeletionText {
    static func text(_ plan: DeletionPlan) -> String {
        let count = plan.deletions.count
        let what = count == 0 ? "no resource is left" : "\(count) resources go, in this order"
        var lines: [String] = []
        if !plan.attachments.isEmpty {
            lines.append("of the cluster, made beside the stack, go first")
            lines += plan.attachments.map { "  \($0.subject) \($0.name)" }
        }
        lines.append("\(plan.stackName) (\(plan.status)): \(what)")
        let rows = plan.deletions.map {
            ["  \($0.step)", $0.logicalID, $0.type, $0.physicalID ?? "", $0.holdsData ? "with what it holds" : ""]
        }
        lines += Table.text(rows).split(separator: "\n").map(String.init)
        if !plan.retentions.isEmpty {
            lines.append("\(plan.retentions.count) stay, belong to no stack then and cost what they cost")
            lines += Table.text(plan.retentions.map { ["  " + $0.logicalID, $0.type, $0.physicalID ?? "", $0.reason] })
                .split(separator: "\n").map(String.init)
        }
        lines += plan.fullBuckets.map {
            "not empty: \($0.bucket) (\($0.logicalID)), \($0.versions) versions such as "
                + $0.examples.joined(separator: ", ")
        }
        return (lines + plan.notes).joined(separator: "\n")
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
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
