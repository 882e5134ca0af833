internal import ArgumentParser
internal import StackGen

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Start a configuration: config.yaml, its template, a JSON Schema for editors, a README.",
        discussion: "Examples: \(Initialize.exampleNames.joined(separator: ", ")).")

    @Argument(
        help: "What to provision: \(Initialize.kindNames.joined(separator: ", ")).",
        completion: .list(Initialize.kindNames))
    var kind: String

    @Argument(help: "The folder; made when it is not there.", completion: .directory)
    var folder = "."

    @Option(name: .long, help: "The cluster's name.")
    var name: String?

    @Option(
        name: .long, help: "The region; zones are chosen to fit.",
        completion: .custom { _, _, word in Completions.regions.filter { $0.hasPrefix(word) } })
    var region: String?

    @Option(
        name: .long, help: "Start from an example instead of the commented defaults.",
        completion: .list(Initialize.exampleNames))
    var example: String?

    @Option(name: .long, help: "The template of a cluster-stack: native, or hosted for the one that AWS publishes.")
    var template: ClusterTemplate = .native

    @Flag(name: .long, help: "Overwrite files that are there.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let console = output.console
        let outcome = try Initialize.run(
            Initialize.Request(
                kind: try template.kind(kind), folder: folder, name: name, region: region, example: example,
                overwrites: force))
        console.report(outcome.diagnostics)
        try console.result(
            outcome.files.map { "wrote \($0)\n" }.joined(), json: try RecordJSON.bytes(["files": outcome.files]))
        let isPlain = folder.allSatisfy { $0.isLetter || $0.isNumber || "/._-~".contains($0) }
        let word = isPlain ? folder : "'\(folder.replacing("'", with: "'\\''"))'"
        console.say("Next: stackgen validate \(word), then stackgen create \(word) --wait")
    }
}

/// What a cluster stack is made from.
enum ClusterTemplate: String, CaseIterable, ExpressibleByArgument {
    /// One flat template of stackgen's own.
    case native
    /// AWS's published main stack, which `hyp` submits.
    case hosted

    /// The kind that is meant.
    func kind(_ name: String) throws -> String {
        guard self == .hosted else { return name }
        guard ["cluster-stack", "hosted-stack"].contains(name) else {
            throw ValidationError("--template hosted is one of cluster-stack")
        }
        return "hosted-stack"
    }
}
