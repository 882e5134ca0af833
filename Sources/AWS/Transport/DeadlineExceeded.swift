/// The time that was allowed for a whole command is over; the call was not sent, or its answer not waited for.
public struct DeadlineExceeded: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call that was to be made, such as `CloudFormation DescribeStacks`.
    public let call: String

    /// What happened.
    public var description: String { "the time allowed for this command was over before \(call) was answered" }
}
