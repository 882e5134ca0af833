internal import AWS
internal import Foundation

/// The credential that a Kubernetes client shows to EKS: a pre-signed `GetCallerIdentity` that EKS sends to STS itself.
///
/// Source: kubernetes-sigs/aws-iam-authenticator, "API Authorization from Outside a Cluster".
public enum ClusterToken {
    /// What a Kubernetes client reads from a credential plugin.
    ///
    /// Source: Kubernetes docs, "client-go credential plugins".
    public struct ExecCredential: Codable, Sendable {
        /// `client.authentication.k8s.io/v1beta1`.
        public var apiVersion: String
        /// `ExecCredential`.
        public var kind = "ExecCredential"
        /// Empty; clients expect the key.
        public var spec: [String: String] = [:]
        /// The credential.
        public var status: Status

        /// The credential and its end.
        public struct Status: Codable, Sendable {
            /// When to ask again, ISO 8601.
            public var expirationTimestamp: String
            /// The token. It lets whoever has it act as the caller until then.
            public var token: String
        }
    }

    /// The version of the credential's form that is used unless the client asks for another.
    static let defaultVersion = "client.authentication.k8s.io/v1beta1"

    /// EKS takes a token for 15 minutes after it was signed; a minute less leaves room for clocks.
    private static let lifetime: TimeInterval = 14 * 60
    /// The address itself may be used for a minute, as the AWS CLI has it.
    private static let expirySeconds = 60

    /// Makes a token for a cluster. Nothing is sent, unless credentials have to be fetched.
    /// - Throws: `WorkflowError` when there are no credentials or no region.
    public static func make(
        cluster: String, _ connection: ConnectionOptions, host: Host
    ) async throws -> ExecCredential {
        try await WorkflowError.wrapping {
            let client = try host.connect(connection)
            let now = host.environment.now()
            return ExecCredential(
                apiVersion: version(host.environment.variable("KUBERNETES_EXEC_INFO")),
                status: .init(
                    expirationTimestamp: now.addingTimeInterval(lifetime).formatted(.iso8601),
                    token: try await token(of: cluster, client, now: now)))
        }
    }

    /// The token itself.
    /// - Throws: `CredentialsError` when there are no credentials.
    static func token(of cluster: String, _ client: AWSClient, now: Date) async throws -> String {
        let endpoint = client.configuration.endpoint(for: .sts)
        let signer = SigV4Signer(credentials: try await client.credentials(), region: endpoint.region, service: "sts")
        let url = HTTPURL(
            scheme: endpoint.url.scheme, host: endpoint.url.host, port: endpoint.url.port,
            query: "Action=GetCallerIdentity&Version=2011-06-15")
        let request = HTTPRequest(method: "GET", url: url, headers: ["x-k8s-aws-id": cluster])
        let signed = signer.presign(request, date: now, expires: expirySeconds)
        return "k8s-aws-v1." + base64URL(signed.request.url.description)
    }

    /// A client says in KUBERNETES_EXEC_INFO which version it speaks.
    private static func version(_ info: String?) -> String {
        struct Info: Decodable { let apiVersion: String }
        let asked = info.flatMap { try? JSONDecoder().decode(Info.self, from: Data($0.utf8)).apiVersion }
        let known = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]
        return asked.flatMap { known.contains($0) ? $0 : nil } ?? defaultVersion
    }

    /// Base64 with the alphabet for addresses, without padding.
    private static func base64URL(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
