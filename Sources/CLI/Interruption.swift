internal import Dispatch
internal import Foundation

/// Ctrl-C while a stack is under way: the stack goes on, and the person is told how to come back.
final class Interruption: Sendable {
    private let console: Console

    init(console: Console) {
        self.console = console
    }

    /// From now on Ctrl-C says how to come back to a stack and ends with the AWS CLI's status.
    func arm(stack: String) {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let console = console
        source.setEventHandler {
            console.say("\nInterrupted; the stack goes on. To come back to it: stackgen watch \(stack)")
            exit(ExitStatus.interrupted.rawValue)
        }
        source.resume()
        Self.sources.withLock { $0.append(source) }
    }

    /// A source ends with its last reference, so the process keeps it.
    private static let sources = SignalSources()
}

private final class SignalSources: @unchecked Sendable {
    private let lock = NSLock()
    private var sources: [any DispatchSourceSignal] = []

    func withLock(_ body: (inout [any DispatchSourceSignal]) -> Void) {
        lock.lock()
        defer { lock.unlock() }
        body(&sources)
    }
}
