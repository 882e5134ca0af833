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
              stackgen configure --unset fsx --rename tags.team=owner
              stackgen configure --from-json changes.json

            All changes of one call are written at once, or none. `--fields` lists the paths and flags. Without any
            change, on a terminal, every field is asked for.
            """)

    @OptionGroup var target: ConfigTarget

    @Option(name: .long, help: "A key or list item to remove.", completion: .writtenPaths)
    var unset: [String] = []

    @Option(name: .long, help: "A key to rename at its place, as path=key.", completion: .writtenPaths)
    var rename: [String] = []

    @Option(
        name: .customLong("from-json"),
        help: "A JSON object to lay over the configuration: maps are merged, null removes; `-` reads standard input.",
        completion: .file(extensions: ["json"]))
    var json: String?

    @Flag(name: .long, help: "List every path with its flag, and stop.")
    var fields = false

    @Argument(
        parsing: .allUnrecognized, help: "Changes: path=value, path+=value, or --flag value.",
        completion: .custom { words, _, word in
            Completions.changes(for: word, in: Project(path: ConfigTarget.folder(in: words)))
        })
    var changes: [String] = []

    func run() throws {
        if fields {
            Console().output(Array(ConfigureFlags.listing(of: target.project).utf8))
            return
        }
        let requested = try requested()
        if !requested.isEmpty {
            try target.make(requested)
        } else if Console.isInteractive {
            try TerminalForm(target: target).run()
        } else {
            throw ValidationError("no change given: write path=value, such as eks.version=1.33")
        }
    }

    private func requested() throws -> [Configure.Change] {
        var requested = try json.map { [Configure.Change.merge(try Configure.json(at: $0))] } ?? []
        requested += try ConfigureFlags.changes(in: changes, of: target.project)
        requested += try rename.map { try Configure.renaming($0) }
        return requested + unset.map { .unset(path: $0) }
    }
}

struct ResetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take values of config.yaml back to their defaults.",
        discussion: """
            A value with a default gets it at its place; a list, a map or a value without a default is removed:

              stackgen reset eks.version fsx

            Of a flat configuration, as hyp makes them, every key is reset when no path is given.
            """)

    @OptionGroup var target: ConfigTarget

    @Argument(help: "Paths, such as eks.version.", completion: .writtenPaths)
    var paths: [String] = []

    func run() throws {
        let wanted = paths.isEmpty ? try Configure.resettable(of: target.project) : paths
        try target.make(wanted.map { .reset(path: $0) })
    }
}

struct UpgradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Move config.yaml to the newest version of its schema.")

    @OptionGroup var target: ConfigTarget

    func run() throws {
        let outcome = try Upgrade.run(target.project, writes: !target.isDryRun)
        guard outcome.isChanged else {
            Console().good("\(outcome.path) is written for \(outcome.kind) \(outcome.to), the newest version")
            return
        }
        for line in outcome.summary { Console().say("  \(line)") }
        target.show(
            outcome.before, outcome.after, "moved \(outcome.path) from \(outcome.kind) \(outcome.from) to \(outcome.to)"
        )
    }
}

/// Which configuration is changed, and how.
struct ConfigTarget: ParsableArguments {
    @Option(name: .long, help: "The folder with config.yaml, or the file itself.", completion: .directory)
    var folder = "."

    @Flag(name: .customLong("dry-run"), help: "Print the difference instead of writing it.")
    var isDryRun = false

    @Flag(name: .long, help: "Write even when the configuration gets errors that it did not have.")
    var force = false

    var project: Project { Project(path: folder) }

    /// The folder of a command line that is being typed.
    static func folder(in words: [String]) -> String {
        for (word, next) in zip(words, words.dropFirst()) where word == "--folder" { return next }
        return "."
    }

    /// Makes changes and says what came of them.
    func make(_ changes: [Configure.Change]) throws {
        let outcome = try Configure.run(changes, project: project, writes: !isDryRun, force: force)
        Console().report(outcome.diagnostics)
        show(outcome.before, outcome.after, outcome.isChanged ? "changed \(outcome.path)" : nil)
    }

    func show(_ before: SourceFile, _ after: SourceFile, _ words: String?) {
        if isDryRun {
            Console().output(Array(UnifiedDiff.text(from: before, to: after, path: before.name).utf8))
        } else {
            Console().good(words ?? "\(before.name) says so already")
        }
    }
}

extension CompletionKind {
    /// The paths that the configuration says something at.
    fileprivate static var writtenPaths: CompletionKind {
        .custom { words, _, word in
            Completions.written(in: Project(path: ConfigTarget.folder(in: words))).filter { $0.hasPrefix(word) }
        }
    }
}
