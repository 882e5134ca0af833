internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import StackGen

struct ConfigureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Change values of config.yaml: the values asked for and not one other byte.",
        discussion: """
            Changes are paths with values, or the flags that every scalar field has:

              stackgen configure eks.version=1.33 'instance_groups[gpu-workers].count=8'
              stackgen configure --eks-version 1.33
              stackgen configure 'instance_groups+={name: more, instance_type: ml.t3.2xlarge, count: 2}'
              stackgen configure --unset fsx

            All changes of one call are written at once, or none. `--fields` lists the paths and flags.
            """)

    @Option(name: .long, help: "The folder with config.yaml, or the file itself.", completion: .directory)
    var folder = "."

    @Option(name: .long, help: "A key or list item to remove.")
    var unset: [String] = []

    @Flag(name: .customLong("dry-run"), help: "Print the changed file instead of writing it.")
    var isDryRun = false

    @Flag(name: .long, help: "Write even when the configuration gets errors that it did not have.")
    var force = false

    @Flag(name: .long, help: "List every path with its flag, and stop.")
    var fields = false

    @Argument(parsing: .allUnrecognized, help: "Changes: path=value, path+=value, or --flag value.")
    var changes: [String] = []

    func run() throws {
        let console = Console()
        if fields {
            console.output(Array(ConfigureFlags.listing.utf8))
            return
        }
        let requested = try ConfigureFlags.changes(in: changes) + unset.map { Configure.Change.unset(path: $0) }
        guard !requested.isEmpty else {
            throw ValidationError("no change given: write path=value, such as eks.version=1.33")
        }
        let outcome = try Configure.run(requested, project: Project(path: folder), writes: !isDryRun, force: force)
        console.report(outcome.diagnostics)
        if isDryRun {
            console.output(outcome.after.bytes)
        } else {
            console.good(outcome.isChanged ? "changed \(outcome.path)" : "\(outcome.path) says so already")
        }
    }
}
