internal import Foundation

/// Writes that are whole or not there, whatever moment the process or the machine stops.
enum DurableFile {
    /// Writes a new file and waits until it is on the disk.
    /// - Throws: a Cocoa error naming the path when the file cannot be written.
    static func write(_ bytes: [UInt8], to url: URL) throws {
        try Data(bytes).write(to: url, options: .withoutOverwriting)
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        try handle.synchronize()
    }

    /// Puts contents in the place of a file in one step: a reader sees the old ones or the new ones.
    /// - Throws: `WorkflowError` (`RUN004`) naming the path when the file cannot be written.
    static func replace(_ url: URL, with bytes: [UInt8]) throws {
        let name = ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)"
        let temporary = url.deletingLastPathComponent().appendingPathComponent(name)
        try? FileManager.default.removeItem(at: temporary)
        do {
            try write(bytes, to: temporary)
            keepAccess(of: url, on: temporary)
            try rename(temporary, to: url)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw WorkflowError(unwritable: url.path, error)
        }
        synchronize(folder: url.deletingLastPathComponent())
    }

    /// The new file has the mode and, where the process may give it away, the owner of the one it replaces.
    private static func keepAccess(of original: URL, on url: URL) {
        guard let known = try? FileManager.default.attributesOfItem(atPath: original.path) else { return }
        for key in [FileAttributeKey.posixPermissions, .ownerAccountID, .groupOwnerAccountID] {
            guard let value = known[key] else { continue }
            try? FileManager.default.setAttributes([key: value], ofItemAtPath: url.path)
        }
    }

    /// Moves a file or folder onto a name in one step (POSIX `rename`).
    /// - Throws: `POSIXError` when the file system refuses.
    static func rename(_ source: URL, to destination: URL) throws {
        guard Foundation.rename(source.path, destination.path) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO, userInfo: [NSFilePathErrorKey: destination.path])
        }
    }

    /// Makes the names in a folder durable. File systems that cannot do so are left as they are.
    static func synchronize(folder: URL) {
        let descriptor = open(folder.path, O_RDONLY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
