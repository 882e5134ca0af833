internal import ArgumentParser
internal import StackGen

struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign requests with AWS Signature Version 4.",
        discussion: """
            With --jsonl, every line of standard input is a request as JSON; it is answered by {"id": …, "signature": …}
            with "headers" or "url", or by {"id": …, "error": {"field": …, "message": …}}.
            """,
        shouldDisplay: false)

    @Flag(name: .long, help: "Read and answer JSON, a line each.")
    var jsonl = false

    func run() throws {
        guard jsonl else {
            throw ValidationError("give --jsonl: requests are read as lines of JSON")
        }
        Console().answerLines(SigningLines.answer)
    }
}
