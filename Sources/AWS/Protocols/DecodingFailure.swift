/// A service said that it succeeded, but its answer is not what its API promises.
public struct DecodingFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The operation, such as `CloudFormation DescribeStacks`.
    public let operation: String
    /// What is missing or wrong.
    public let problem: String

    /// Makes a failure.
    public init(operation: String, problem: String) {
        self.operation = operation
        self.problem = problem
    }

    /// The operation and the problem.
    public var description: String { "\(operation): the answer cannot be read: \(problem)" }
}
