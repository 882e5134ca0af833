internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import StackGen

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Turn a configuration of hyp into one of stackgen's own kind, and show that both are one cluster.",
        discussion: """
            The new configuration goes to standard output, or into a folder with --to. What maps, what changes and
            why, and what has no counterpart is told on standard error, with a table of what both evaluate to.
            """)

    @OptionGroup var target: ProjectArgument

    @Option(name: .long, help: "Write config.yaml into this folder.", completion: .directory)
    var to: String?

    @Option(name: .long, help: "The region, where the configuration names neither it nor a zone.")
    var region: String?

    @Flag(name: .long, help: "Overwrite a file that is there.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let outcome = try Migrate.run(target.project, region: region)
        try NewConfig(folder: to, overwrites: force).deliver(outcome.config, outcome, output.console, outcome.text)
        if !outcome.open.isEmpty { throw ExitStatus.changesPending.code }
    }
}

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a configuration from the files of another tool.",
        subcommands: [ImportVariablesCommand.self])
}

struct ImportVariablesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tfvars",
        abstract: "Make a configuration from the variables of AWS's Terraform modules for HyperPod on EKS.",
        discussion: "Best effort: every variable that has no counterpart is listed.")

    @Argument(help: "The variables file.", completion: .file(extensions: ["tfvars"]))
    var file: String

    @Option(name: .long, help: "Write config.yaml into this folder.", completion: .directory)
    var to: String?

    @Flag(name: .long, help: "Overwrite a file that is there.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let outcome = try ImportVariables.run(path: file)
        try NewConfig(folder: to, overwrites: force).deliver(outcome.config, outcome, output.console, outcome.text)
        if !outcome.open.isEmpty { throw ExitStatus.changesPending.code }
    }
}

/// Where a configuration goes that was made from something else.
private struct NewConfig {
    let folder: String?
    let overwrites: Bool

    func deliver(_ config: String, _ outcome: some Encodable, _ console: Console, _ report: String) throws {
        if let folder {
            let path = try NewProject.write(config, to: folder, overwrites: overwrites)
            console.good("wrote \(path)")
        }
        switch console.format {
        case .json: console.output(try RecordJSON.bytes(outcome))
        case .text: if folder == nil { console.output(Array(config.utf8)) }
        }
        console.say(report)
    }
}
