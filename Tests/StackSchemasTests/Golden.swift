import Foundation
import Testing

/// Files beside the tests: inputs, and what is expected of them.
enum Golden {
    /// The folder of the inputs.
    static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    /// Whether expectations are to be written instead of compared.
    static let isRecording = ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1"

    /// The files below a folder with an extension, by path.
    static func files(in folder: String, extension suffix: String) -> [URL] {
        let root = cases.appending(path: folder)
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        let urls = (found?.allObjects ?? []).compactMap { $0 as? URL }
        return urls.filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
    }

    /// Compares a text with the file that holds what is expected; with STACKGEN_RECORD=1 writes it, and fails.
    static func expect(_ text: String, at url: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if isRecording {
            try text.write(to: url, atomically: true, encoding: .utf8)
            Issue.record("recorded \(url.lastPathComponent)", sourceLocation: sourceLocation)
            return
        }
        let expected = try? String(contentsOf: url, encoding: .utf8)
        #expect(text == expected, "\(url.path) differs; STACKGEN_RECORD=1 rewrites it", sourceLocation: sourceLocation)
    }
}
