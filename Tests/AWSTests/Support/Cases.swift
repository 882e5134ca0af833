import Foundation

/// The input files of the tests, beside the tests.
enum Cases {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Cases")

    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(path))
    }

    /// The lines of a JSONL file.
    static func lines<Line: Decodable>(_ path: String, as type: Line.Type) throws -> [Line] {
        try data(path).split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(type, from: $0) }
    }

    /// The names of the files with an extension in a folder, without it, sorted.
    static func names(in path: String, ending pathExtension: String) throws -> [String] {
        let suffix = "." + pathExtension
        return try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
            .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }
}
