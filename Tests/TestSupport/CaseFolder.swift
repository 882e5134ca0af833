public import Foundation

/// The input files of a test module: the folder `Cases` beside its tests.
public struct CaseFolder: Sendable {
    /// The folder.
    public let url: URL

    /// The cases of the module that a test file belongs to.
    /// - Parameter filePath: the test file, `#filePath` of the caller.
    public init(_ name: String = "", filePath: String = #filePath) {
        let cases = URL(fileURLWithPath: filePath).deletingLastPathComponent().appendingPathComponent("Cases")
        url = name.isEmpty ? cases : cases.appendingPathComponent(name)
    }

    /// The names of the files with an extension, without it, sorted.
    /// - Throws: a Cocoa error when the folder cannot be read.
    public func names(ending pathExtension: String) throws -> [String] {
        let suffix = "." + pathExtension
        return try FileManager.default.contentsOfDirectory(atPath: url.path)
            .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }

    /// The bytes of a file.
    /// - Throws: a Cocoa error when it cannot be read.
    public func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url.appendingPathComponent(name)))
    }

    /// The place of a file.
    public func file(_ name: String) -> URL { url.appendingPathComponent(name) }
}

/// A folder that is gone when its owner is.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL

    /// Makes an empty folder.
    /// - Throws: a Cocoa error when it cannot be made.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("stackgen-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
