internal import Foundation

extension RunFolder {
    /// Claims the record for this process: only one writes to it at a time. The claim ends with the process, however
    /// that ends.
    /// - Returns: whether the record is this process's; `false` while another one works on it.
    func claim() -> Bool { RunClaims.shared.claim(url.path) }
}

/// The records that this process writes to, each held by a lock on its folder.
private final class RunClaims: @unchecked Sendable {
    static let shared = RunClaims()
    private let lock = NSLock()
    private var descriptors: [String: Int32] = [:]

    func claim(_ path: String) -> Bool {
        lock.withLock {
            if descriptors[path] != nil { return true }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let isHeld = errno == EWOULDBLOCK
                close(descriptor)
                // A file system without locks cannot tell; then the record is taken, as before there were claims.
                return !isHeld
            }
            descriptors[path] = descriptor
            return true
        }
    }
}
