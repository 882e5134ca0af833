internal import ArgumentParser
internal import StackGen

struct YAMLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yaml",
        abstract: "Read YAML texts and print their trees.",
        discussion: """
            With --jsonl, every line of standard input is {"id": …, "text": …}; it is answered by {"id": …, "tree": …}
            or {"id": …, "error": {"message": …, "line": …, "column": …}}.
            """,
        shouldDisplay: false)

    @Flag(name: .long, help: "Read and answer JSON, a line each.")
    var jsonl = false

    func run() throws {
        guard jsonl else {
            throw ValidationError("give --jsonl: texts are read as lines of JSON")
        }
        Console().answerLines(YAMLTrees.answer)
    }
}
