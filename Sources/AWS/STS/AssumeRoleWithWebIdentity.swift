/// `AssumeRoleWithWebIdentity`: temporary credentials of a role for a token of an identity provider. The call
/// is not signed.
public struct AssumeRoleWithWebIdentityInput: QueryOperation {
    /// STS answers with credentials.
    public typealias Output = RoleCredentials
    /// STS.
    public static let service = AWSService.sts
    /// `AssumeRoleWithWebIdentity`.
    public static let name = "AssumeRoleWithWebIdentity"

    /// The role.
    public var roleARN: String
    /// The name of the session, which AWS CloudTrail shows.
    public var roleSessionName: String
    /// The token of the identity provider; a secret.
    public var webIdentityToken: String
    /// How long the credentials last, 900 to 43,200 seconds; nil is one hour.
    public var durationSeconds: Int?

    /// Makes the input.
    public init(roleARN: String, roleSessionName: String, webIdentityToken: String, durationSeconds: Int? = nil) {
        self.roleARN = roleARN
        self.roleSessionName = roleSessionName
        self.webIdentityToken = webIdentityToken
        self.durationSeconds = durationSeconds
    }

    var parameterForm: QueryParameters {
        var parameters = QueryParameters()
        parameters.set("RoleArn", roleARN)
        parameters.set("RoleSessionName", roleSessionName)
        parameters.set("WebIdentityToken", webIdentityToken)
        parameters.set("DurationSeconds", durationSeconds)
        return parameters
    }

    func decode(_ result: XMLTree) throws -> RoleCredentials {
        guard let credentials = RoleCredentials(result) else { throw Self.failure("it has no credentials") }
        return credentials
    }
}
