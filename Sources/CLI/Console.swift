internal import Diagnostics
internal import Foundation
internal import StackGen

/// Where results and talk go: the result to standard output, everything else to standard error.
struct Console: Sendable {
    /// How results are printed.
    enum Format: String, CaseIterable, Sendable {
        case text
        case json
    }

    let format: Format
    private let style: TextStyle

    init(format: Format = .text) {
        self.format = format
        let environment = ProcessInfo.processInfo.environment
        let wantsColour = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        style = wantsColour && isatty(STDERR_FILENO) == 1 ? .ansi : .plain
    }

    /// Whether a person can be asked.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks a question that is answered with yes or no; without a person the answer is no.
    static let confirm: @Sendable (String) -> Bool = { question in
        guard isInteractive else { return false }
        Console().say("\(question) [y/N]")
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    /// The result of a command, as text or as JSON, whichever was asked for.
    func result(_ text: @autoclosure () -> String, json: @autoclosure () throws -> [UInt8]) throws {
        switch format {
        case .text: write(Array(text().utf8), to: .standardOutput)
        case .json: write(try json(), to: .standardOutput)
        }
    }

    /// Bytes of a result, as they are.
    func output(_ bytes: [UInt8]) { write(bytes, to: .standardOutput) }

    /// A line of talk.
    func say(_ text: String) { write(Array((text + "\n").utf8), to: .standardError) }

    /// A line of talk about something that went well.
    func good(_ text: String) { say(style.good("✓") + " " + text) }

    /// Problems for a person.
    func report(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return }
        write(Array(TextRenderer(style: style).render(diagnostics).utf8), to: .standardError)
    }

    /// A failure without a place.
    func fail(_ message: String) { say("\(style.severity(.error, "error"))\(style.strong(": " + message))") }

    private func write(_ bytes: [UInt8], to handle: FileHandle) {
        if bytes.isEmpty { return }
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch  where WorkflowError.isBrokenPipe(error) {
            // A reader that went away (`stackgen … | head`) is no failure of ours.
        } catch {
            // A result that reached nobody is no success.
            let message = "error: the result cannot be written: \(WorkflowError.reason(of: error))\n"
            try? FileHandle.standardError.write(contentsOf: Data(message.utf8))
            Foundation.exit(ExitStatus.failure.rawValue)
        }
    }
}
