import Foundation

/// `GetRole`: a role with who may assume it.
public struct GetRoleInput: QueryOperation {
    /// A role.
    public struct Output: Sendable, Equatable {
        /// The ARN, with the role's path.
        public let arn: String
        /// Who may assume it, JSON.
        public let assumeRolePolicy: String
        /// The permissions boundary, where it has one.
        public let permissionsBoundaryARN: String?
    }

    /// IAM.
    public static let service = AWSService.iam
    /// `GetRole`.
    public static let name = "GetRole"

    /// The role's name, without its path.
    public var roleName: String

    /// Makes the input.
    public init(roleName: String) {
        self.roleName = roleName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("RoleName", roleName)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let role = result["Role"], let arn = role.string("Arn") else { throw Self.failure("it has no role") }
        // IAM encodes the document as a part of an address (RFC 3986).
        let policy = role.string("AssumeRolePolicyDocument") ?? ""
        return Output(
            arn: arn, assumeRolePolicy: policy.removingPercentEncoding ?? policy,
            permissionsBoundaryARN: role.child("PermissionsBoundary", "PermissionsBoundaryArn")?.text)
    }
}
