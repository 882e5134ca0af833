/// Why a waiter stopped before the stack came to an end. The stack goes on without it.
public enum StackWaiterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The time allowed is over.
    case timedOut(stack: String, after: Duration)
    /// There is no such stack.
    case stackMissing(String)
    /// Asking failed too often in a row; the last reason.
    case tooManyFailures(stack: String, count: Int, last: String)

    /// What happened.
    public var description: String {
        switch self {
        case .timedOut(let stack, let after):
            "the stack \(stack) has not come to an end after \(after.components.seconds) s; it goes on"
        case .stackMissing(let stack):
            "there is no stack \(stack)"
        case .tooManyFailures(let stack, let count, let last):
            "asking for the stack \(stack) failed \(count) times in a row, the last time with: \(last)"
        }
    }
}
