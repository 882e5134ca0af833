public import ArgumentParser
public import StackGen

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a kind's schema: JSON Schema, reference page, rules, or plain data.")

    @Argument(
        help: "The kind: \(Initialize.kindNames.joined(separator: ", ")).", completion: .list(Initialize.kindNames))
    var kind = "cluster-stack"

    @Option(name: .long, help: "json-schema, reference, rules or info.")
    var format: Reference.Format = .jsonSchema

    func run() throws {
        Console().output(Array(try Reference.text(of: kind, format).utf8))
    }
}

extension Reference.Format: ExpressibleByArgument {}

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a key of config.yaml, such as eks.version, or a rule, such as FSX004.")

    @Argument(
        help: "A path or a rule id.",
        completion: .custom { _, _, word in Completions.subjects.filter { $0.hasPrefix(word) } })
    var subject: String

    func run() throws {
        Console().output(Array(try Reference.explain(subject).utf8))
    }
}
