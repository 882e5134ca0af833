/// What a waiter tells while it waits.
public enum StackWaiterUpdate: Sendable, Equatable {
    /// A new event; events come in the order in which they happened, each once.
    case event(StackEvent)
    /// Asking failed for the moment; it is tried again after the delay.
    case interruption(String, retryingAfter: Duration)
    /// The end: the stack, or nil when it is gone and the service does not tell of it any more.
    case finished(Stack?)
}
