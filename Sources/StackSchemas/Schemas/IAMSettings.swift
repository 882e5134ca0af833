/// Roles that exist, and what bounds new ones.
public struct IAMSettings: Record {
    /// An existing role of all nodes.
    public var executionRoleARN: ARN<IAMRole>?
    /// The policy that bounds every new role.
    public var permissionsBoundaryARN: ARN<IAMPolicy>?

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<IAMSettings>("iam", "Roles that exist, and what bounds new ones.") {
        Field(
            "execution_role_arn", \.executionRoleARN, "Existing role of all nodes instead of a new one.",
            source: "AWS docs: AWS Identity and Access Management for SageMaker HyperPod")
        Field(
            "permissions_boundary_arn", \.permissionsBoundaryARN, "Managed policy that bounds every new role.",
            source: "AWS docs: Permissions boundaries for IAM entities")
    }
}
