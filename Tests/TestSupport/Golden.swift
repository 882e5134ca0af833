public import Foundation
public import Testing

/// Compares a text with a golden file. With `STACKGEN_RECORD=1` the file is written instead, and the test still
/// fails, so that a recording is never taken for a success.
public func expectGolden(
    _ actual: String, at url: URL, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
    if ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1" {
        let known = try? Data(contentsOf: url)
        guard known != Data(actual.utf8) else { return }
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: url)
        Issue.record("recorded \(url.lastPathComponent): read the difference", sourceLocation: sourceLocation)
        return
    }
    let expected = (try? String(decoding: Data(contentsOf: url), as: UTF8.self)) ?? "(no file)"
    #expect(actual == expected, "differs from \(url.path)", sourceLocation: sourceLocation)
}
