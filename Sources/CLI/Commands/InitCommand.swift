internal import ArgumentParser
internal import StackGen

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Start a configuration: config.yaml, its template, a JSON Schema for editors, a README.",
        discussion: "Examples: \(Initialize.exampleNames.joined(separator: ", ")).")

    @Argument(help: "What to provision: \(Initialize.kindNames.joined(separator: ", ")).")
    var kind: String

    @Argument(help: "The folder; made when it is not there.", completion: .directory)
    var folder = "."

    @Option(name: .long, help: "The cluster's name.")
    var name: String?

    @Option(name: .long, help: "The region; zones are chosen to fit.")
    var region: String?

    @Option(name: .long, help: "Start from an example instead of the commented defaults.")
    var example: String?

    @Flag(name: .long, help: "Overwrite files that are there.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let console = output.console
        let outcome = try Initialize.run(
            Initialize.Request(
                kind: kind, folder: folder, name: name, region: region, example: example, overwrites: force))
        console.report(outcome.diagnostics)
        try console.result(
            outcome.files.map { "wrote \($0)\n" }.joined(), json: try RecordJSON.bytes(["files": outcome.files]))
        let isPlain = folder.allSatisfy { $0.isLetter || $0.isNumber || "/._-~".contains($0) }
        let word = isPlain ? folder : "'\(folder.replacing("'", with: "'\\''"))'"
        console.say("Next: stackgen validate \(word), then stackgen create \(word) --wait")
    }
}
