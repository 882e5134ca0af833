internal import ArgumentParser
internal import Foundation
internal import StackGen

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Evaluate a template: the engine alone.",
        discussion: "Includes and imports resolve inside the template's own folder.")

    @Argument(help: "The template; `-` reads standard input.", completion: .file())
    var template: String?

    @Option(name: .long, help: "The data, a JSON or YAML file with a map.", completion: .file())
    var data: String?

    @Option(name: .customLong("set"), help: "A text value, as NAME=VALUE; counts before the data file.")
    var assignments: [String] = []

    @Option(name: .long, help: "What an unknown variable does: lenient, chainable, strict or debug.")
    var undefined: String = "strict"

    @Option(name: .long, help: "How values are escaped: none, html, json or yaml.")
    var autoescape: String = "none"

    @Flag(name: .customLong("trim-blocks"), help: "Drop the newline behind a block tag.")
    var trimBlocks = false

    @Flag(name: .customLong("lstrip-blocks"), help: "Drop white space before a block tag on its line.")
    var lstripBlocks = false

    @Flag(name: .customLong("keep-trailing-newline"), help: "Keep the newline at the end of the template.")
    var keepTrailingNewline = false

    @Flag(name: .long, help: "Compile only: report every problem that can be known without data.")
    var check = false

    @Flag(name: .customLong("jsonl"), help: "Answer JSON objects on standard input, one a line: see docs/templates.md.")
    var answersLines = false

    @Option(name: [.customShort("o"), .customLong("output-file")], help: "Write there instead of standard output.")
    var outputFile: String?

    func validate() throws {
        guard answersLines == (template == nil) else {
            throw ValidationError(answersLines ? "--jsonl takes no template" : "a template is missing; `-` reads one")
        }
    }

    func run() throws {
        guard let template else { return answerLines() }
        let request = Render.Request(
            template: template, data: data, assignments: assignments, undefined: undefined, autoescape: autoescape,
            trimBlocks: trimBlocks, lstripBlocks: lstripBlocks, keepTrailingNewline: keepTrailingNewline)
        if check {
            try Render.check(request)
            return
        }
        let bytes = try Render.run(request)
        if let outputFile {
            try Render.write(bytes, to: outputFile)
        } else {
            Console().output(bytes)
        }
    }

    /// Each answer is written before the next line is read: the other side may be waiting for it.
    private func answerLines() {
        let console = Console()
        while let line = readLine(strippingNewline: true) {
            console.output(Render.answer(line: Array(line.utf8)) + [UInt8(ascii: "\n")])
        }
    }
}
