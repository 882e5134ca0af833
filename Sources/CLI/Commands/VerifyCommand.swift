internal import ArgumentParser
internal import Foundation
internal import StackGen

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a run record: every file against the manifest.")

    @Argument(help: "A record, such as run/20261121T093000Z-1f2e3d4c.", completion: .directory)
    var record: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let console = output.console
        let report = try VerifyRecord.run(URL(fileURLWithPath: record))
        try console.result(report.text, json: try RecordJSON.bytes(report))
        if !report.discrepancies.isEmpty { throw ExitStatus.invalidInput.code }
    }
}
