internal import Foundation

/// What is at a path.
enum FileKind {
    case file
    case folder
    /// A pipe, a device, or a link to one.
    case other
    /// Nothing, or nothing that may be looked at.
    case nothing

    /// - Parameters:
    ///   - path: the path as the user wrote it.
    ///   - followsLinks: whether a link is what it leads to.
    init(at path: String, followsLinks: Bool = true) {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            self = .nothing
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        default: self = .other
        }
    }
}

/// The names in a folder with what they are.
enum FolderEntry {
    /// Every entry in the order of the names' bytes, links not followed; none of a folder that cannot be read.
    static func all(in path: String) -> [(name: String, kind: FileKind)] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var entries: [(name: String, kind: FileKind)] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if name == "." || name == ".." { continue }
            // The folder itself mostly tells what its entries are, which saves a call for each.
            let kind: FileKind =
                switch Int(entry.pointee.d_type) {
                case Int(DT_REG): .file
                case Int(DT_DIR): .folder
                case Int(DT_UNKNOWN): FileKind(at: path + "/" + name, followsLinks: false)
                default: .other
                }
            entries.append((name, kind))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

/// Reads files with three system calls each: a validation reads thousands.
enum FileBytes {
    /// The bytes of a regular file; `nil` where it cannot be read this way, whatever the reason.
    static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        // One byte more than there is: the read that fills less than its buffer is the last one.
        var room = Int(status.st_size) + 1
        var bytes: [UInt8] = []
        while true {
            var isFailed = false
            let rest = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                count = readAll(file, buffer)
                isFailed = count < 0
                count = max(0, count)
            }
            if isFailed { return nil }
            if bytes.isEmpty { bytes = rest } else { bytes += rest }
            if rest.count < room { return bytes }
            room = 1 << 16
        }
    }

    /// Fills a buffer as far as the file goes.
    /// - Returns: the number of bytes, or -1.
    private static func readAll(_ file: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        var count = 0
        while count < buffer.count {
            let read = Foundation.read(file, start + count, buffer.count - count)
            if read < 0, errno == EINTR { continue }
            if read < 0 { return -1 }
            if read == 0 { break }
            count += read
        }
        return count
    }
}
