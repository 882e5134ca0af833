import Foundation

/// The case files of a folder below `Cases`.
enum CaseFile {
    static func all(in folder: String) throws -> [URL] {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases/\(folder)")
        return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// A case's title, the input as bytes, and what is expected of it.
    static func read(_ url: URL) throws -> (title: String, input: Data, expected: [String: Any]) {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any] ?? [:]
        return (
            object["title"] as? String ?? "", try JSONSerialization.data(withJSONObject: object["input"] ?? [:]),
            object["expected"] as? [String: Any] ?? [:]
        )
    }
}
