/// `AssumeRole`: temporary credentials of a role.
public struct AssumeRoleInput: QueryOperation {
    /// STS answers with credentials.
    public typealias Output = RoleCredentials
    /// STS.
    public static let service = AWSService.sts
    /// `AssumeRole`.
    public static let name = "AssumeRole"

    /// The role.
    public var roleARN: String
    /// The name of the session, which AWS CloudTrail shows.
    public var roleSessionName: String
    /// What the role's owner agreed on with a third party.
    public var externalID: String?
    /// How long the credentials last, 900 to 43,200 seconds; nil is one hour.
    public var durationSeconds: Int?
    /// The multi-factor device.
    public var serialNumber: String?
    /// The device's current code.
    public var tokenCode: String?

    /// Makes the input.
    public init(roleARN: String, roleSessionName: String) {
        self.roleARN = roleARN
        self.roleSessionName = roleSessionName
    }

    /// A code of a device is good only once.
    public var isRepeatable: Bool { tokenCode == nil }

    var parameterForm: QueryParameters {
        var parameters = QueryParameters()
        parameters.set("RoleArn", roleARN)
        parameters.set("RoleSessionName", roleSessionName)
        parameters.set("ExternalId", externalID)
        parameters.set("DurationSeconds", durationSeconds)
        parameters.set("SerialNumber", serialNumber)
        parameters.set("TokenCode", tokenCode)
        return parameters
    }

    func decode(_ result: XMLTree) throws -> RoleCredentials {
        guard let credentials = RoleCredentials(result) else { throw Self.failure("it has no credentials") }
        return credentials
    }
}
