/// The answer of a call that answers with nothing.
public struct EmptyOutput: Sendable, Equatable, Decodable {
    /// Makes the answer.
    public init() {}
}
