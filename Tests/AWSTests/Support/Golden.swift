import Foundation
import Testing

/// Compares with a file beside the cases. With `STACKGEN_RECORD=1` the file is written instead, and the test
/// still fails, so that a recording is never taken for a success.
func expectGolden(_ actual: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = Cases.folder.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1" {
        try Data(actual.utf8).write(to: url)
        Issue.record("recorded \(path)", sourceLocation: sourceLocation)
        return
    }
    let expected = (try? String(decoding: Data(contentsOf: url), as: UTF8.self)) ?? "(no file)"
    #expect(actual == expected, "differs from \(path)", sourceLocation: sourceLocation)
}
