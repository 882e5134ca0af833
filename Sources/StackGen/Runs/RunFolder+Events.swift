internal import Foundation

extension RunFolder {
    /// Adds a line to `events.jsonl`; the table of contents follows with `closeEvents`.
    ///
    /// Part of a line at the end is what a process left that was killed while it wrote; the line comes again, whole.
    /// - Throws: a Cocoa error when it cannot be written.
    public func append(event line: [UInt8]) throws {
        let file = url.appendingPathComponent(RunFile.events)
        if !FileManager.default.fileExists(atPath: file.path) {
            try DurableFile.write([], to: file)
        }
        let handle = try FileHandle(forUpdating: file)
        defer { try? handle.close() }
        try Self.dropPartOfLine(handle)
        try handle.write(contentsOf: Data(line))
    }

    /// Leaves the handle behind the last whole line, which then ends the file.
    private static func dropPartOfLine(_ handle: FileHandle) throws {
        let end = try handle.seekToEnd()
        guard end > 0 else { return }
        try handle.seek(toOffset: end - 1)
        if try handle.read(upToCount: 1) == Data([UInt8(ascii: "\n")]) { return }
        try handle.seek(toOffset: 0)
        let contents = try handle.readToEnd() ?? Data()
        let whole = contents.lastIndex(of: UInt8(ascii: "\n")).map { $0 - contents.startIndex + 1 } ?? 0
        try handle.truncate(atOffset: UInt64(whole))
        try handle.seek(toOffset: UInt64(whole))
    }
}
