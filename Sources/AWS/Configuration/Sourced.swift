/// A value with the place it was given at, for messages such as `us-east-1 (AWS_REGION)`.
public struct Sourced<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The value.
    public let value: Value
    /// The place, for people: `--region`, `AWS_REGION`, `profile dev`.
    public let source: String

    /// Makes a value with its place.
    public init(_ value: Value, source: String) {
        self.value = value
        self.source = source
    }
}
