/// Amazon EKS `UpdateAddon`: another version of an installed add-on, which takes minutes.
public struct UpdateAddonInput: AWSOperation, Encodable {
    /// Nothing that is of use: where the update stands is read from the add-on.
    public typealias Output = EmptyOutput
    /// EKS.
    public static let service = AWSService.eks
    /// `UpdateAddon`.
    public static let name = "UpdateAddon"

    /// The EKS cluster.
    public var clusterName: String
    /// The add-on.
    public var addonName: String
    /// The version.
    public var addonVersion: String
    /// Makes a second arrival of the request harmless.
    public var clientRequestToken: String

    enum CodingKeys: String, CodingKey {
        case addonVersion, clientRequestToken
    }

    /// Makes the input.
    public init(clusterName: String, addonName: String, addonVersion: String, clientRequestToken: String) {
        self.clusterName = clusterName
        self.addonName = addonName
        self.addonVersion = addonVersion
        self.clientRequestToken = clientRequestToken
    }

    /// `POST /clusters/NAME/addons/ADDON/update`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        EKSAddonOperation.post(
            self, to: endpoint, path: EKSAddonOperation.path(cluster: clusterName, addonName, "update"))
    }

    /// Reads nothing.
    public func decode(_ response: HTTPResponse) throws -> EmptyOutput { EmptyOutput() }
}
