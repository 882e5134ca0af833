import Foundation

/// A limit on work that cannot be stopped, such as a program of somebody else's that waits for a person.
enum TimeLimit {
    /// The value of the work, or the error when the time is over before. The work goes on then, and nobody hears of it.
    static func within<Value: Sendable>(
        seconds: TimeInterval, orThrow error: any Error, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let waiting = Waiting<Value>()
        let working = Task { waiting.end(await Result { try await work() }) }
        let timer = Task {
            try await Task.sleep(for: .seconds(max(0, seconds)))
            waiting.end(.failure(error))
        }
        defer {
            working.cancel()
            timer.cancel()
        }
        return try await withCheckedThrowingContinuation { waiting.begin($0) }
    }

    /// Who waits hears of the first end only, whether it came before the waiting or after.
    private final class Waiting<Value: Sendable>: @unchecked Sendable {
        // Guarded by the lock, hence unchecked above.
        private let lock = NSLock()
        private var continuation: CheckedContinuation<Value, any Error>?
        private var end: Result<Value, any Error>?

        func begin(_ continuation: CheckedContinuation<Value, any Error>) {
            let end = lock.withLock { () -> Result<Value, any Error>? in
                if self.end == nil { self.continuation = continuation }
                return self.end
            }
            if let end { continuation.resume(with: end) }
        }

        func end(_ result: Result<Value, any Error>) {
            let continuation = lock.withLock { () -> CheckedContinuation<Value, any Error>? in
                guard end == nil else { return nil }
                end = result
                defer { self.continuation = nil }
                return self.continuation
            }
            continuation?.resume(with: result)
        }
    }
}

extension Result where Failure == any Error {
    /// What a piece of work came to.
    fileprivate init(_ work: () async throws -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}
