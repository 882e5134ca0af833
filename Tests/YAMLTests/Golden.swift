import Foundation
import Testing

/// Files that hold what a test expects.
///
/// With `STACKGEN_RECORD=1` in the environment they are rewritten, and the test fails all the same: a recording
/// is looked at before it is believed.
enum Golden {
    /// The folder of the case files.
    static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")

    static let isRecording = ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1"

    /// The files of a folder with one of these endings, by name.
    static func files(in folder: String, endings: [String]) throws -> [URL] {
        let names = try FileManager.default.contentsOfDirectory(atPath: cases.appendingPathComponent(folder).path)
        return names.filter { name in endings.contains { name.hasSuffix("." + $0) } }.sorted()
            .map { cases.appendingPathComponent(folder).appendingPathComponent($0) }
    }

    static func bytes(_ file: URL) throws -> [UInt8] { try Array(Data(contentsOf: file)) }

    /// Compares with a file byte for byte.
    static func expect(_ actual: [UInt8], equals file: URL, location: SourceLocation = #_sourceLocation) throws {
        if isRecording {
            try Data(actual).write(to: file)
            Issue.record("recorded \(file.lastPathComponent)", sourceLocation: location)
            return
        }
        let expected = FileManager.default.fileExists(atPath: file.path) ? try bytes(file) : []
        #expect(
            actual == expected,
            """
            \(file.lastPathComponent) differs; STACKGEN_RECORD=1 rewrites it. Expected:
            \(String(decoding: expected, as: UTF8.self))
            Actual:
            \(String(decoding: actual, as: UTF8.self))
            """, sourceLocation: location)
    }

    /// Fails for an expectation that belongs to no input any more.
    static func expectNoOrphans(in folder: String, inputs: [URL], golden: String) throws {
        let known = Set(inputs.map { $0.deletingPathExtension().lastPathComponent })
        for file in try files(in: folder, endings: [golden]) {
            #expect(known.contains(file.deletingPathExtension().lastPathComponent), "\(file.path) has no input")
        }
    }
}
