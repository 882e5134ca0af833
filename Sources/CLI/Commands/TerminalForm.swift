internal import Diagnostics
internal import Foundation
internal import StackGen

/// `configure` on a terminal: asks for every field, then shows the difference and asks whether to write it.
struct TerminalForm {
    let target: ConfigTarget
    private let console = Console()

    func run() throws {
        let form = try ConfigForm(project: target.project)
        console.say(ConfigForm.introduction)
        let changes = form.changes(
            ask: { question in
                console.prompt(question)
                return readLine()
            }, say: { console.say($0) })
        guard !changes.isEmpty else {
            console.good("nothing was changed")
            return
        }
        let outcome = try outcome(of: changes)
        console.report(outcome.diagnostics)
        let difference = UnifiedDiff.text(from: outcome.before, to: outcome.after, path: outcome.path)
        guard outcome.isChanged else {
            console.good("\(outcome.path) says so already")
            return
        }
        if target.isDryRun {
            console.output(Array(difference.utf8))
            return
        }
        console.say(difference)
        guard Console.confirm("write \(outcome.path)?") else {
            console.good("nothing was written")
            return
        }
        let written = try Configure.run(changes, project: target.project, force: true)
        console.good("changed \(written.path)")
    }

    /// The answers are right one by one; together they may still be against a rule.
    private func outcome(of changes: [Configure.Change]) throws -> Configure.Outcome {
        do {
            return try Configure.run(changes, project: target.project, writes: false, force: target.force)
        } catch let error as DiagnosticError {
            console.report(error.diagnostics)
            guard Console.confirm("go on with these errors?") else { throw ExitStatus.invalidInput.code }
            return try Configure.run(changes, project: target.project, writes: false, force: true)
        }
    }
}

extension Console {
    /// A question, with the cursor left behind it.
    fileprivate func prompt(_ question: String) {
        try? FileHandle.standardError.write(contentsOf: Data(question.utf8))
    }
}
