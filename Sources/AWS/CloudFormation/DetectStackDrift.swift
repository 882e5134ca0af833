/// `DetectStackDrift`: begins to compare the resources of a stack with its template.
public struct DetectStackDriftInput: QueryOperation {
    /// The id of the detection.
    public typealias Output = String

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DetectStackDrift`.
    public static let name = "DetectStackDrift"

    /// The stack's name or ARN.
    public var stackName: String

    /// Makes the input.
    public init(stackName: String) {
        self.stackName = stackName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        return form
    }

    func decode(_ result: XMLTree) throws -> String {
        guard let id = result.string("StackDriftDetectionId") else { throw Self.failure("it has no detection id") }
        return id
    }
}

/// `DescribeStackDriftDetectionStatus`: how far a detection is.
public struct DescribeStackDriftDetectionStatusInput: QueryOperation {
    /// How far it is.
    public struct Output: Sendable, Equatable {
        /// `DETECTION_IN_PROGRESS`, `DETECTION_FAILED` or `DETECTION_COMPLETE`.
        public let detectionStatus: String
        /// Why it failed, also of single resources.
        public let reason: String?
        /// `DRIFTED`, `IN_SYNC`, `UNKNOWN` or `NOT_CHECKED`; nil until it is known.
        public let stackDriftStatus: String?
        /// The number of resources that differ.
        public let driftedResourceCount: Int?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeStackDriftDetectionStatus`.
    public static let name = "DescribeStackDriftDetectionStatus"

    /// The id that `DetectStackDrift` answered with.
    public var detectionID: String

    /// Makes the input.
    public init(detectionID: String) {
        self.detectionID = detectionID
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackDriftDetectionId", detectionID)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let status = result.string("DetectionStatus") else { throw Self.failure("it has no status") }
        return Output(
            detectionStatus: status, reason: result.string("DetectionStatusReason"),
            stackDriftStatus: result.string("StackDriftStatus"),
            driftedResourceCount: result.string("DriftedStackResourceCount").flatMap { Int($0) })
    }
}
