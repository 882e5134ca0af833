/// The answer of a call that answers with nothing.
public struct EmptyOutput: Sendable, Equatable {
    /// Makes the answer.
    public init() {}
}
