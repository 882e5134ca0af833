internal import AWS
internal import Foundation

/// Questions to the Kubernetes API of an EKS cluster, as the caller. Nothing is changed there.
struct KubernetesAPI: Sendable {
    /// Why there is no answer, in a few words.
    struct Silence: Error, CustomStringConvertible {
        let description: String
    }

    private let server: HTTPURL
    private let token: String
    private let transport: CurlTransport

    /// How long one answer may take, in seconds: a private endpoint does not answer at all from elsewhere.
    private static let timeout: TimeInterval = 5

    /// Asks something, with the certificate authority of the cluster and no other.
    /// - Throws: `Silence` when the cluster cannot be asked, or what the body throws.
    static func asking<Answer>(
        _ cluster: DescribeEKSClusterInput.Cluster, _ client: AWSClient, _ host: Host,
        _ body: (KubernetesAPI) async throws -> Answer
    ) async throws -> Answer {
        guard let server = cluster.endpoint.flatMap({ HTTPURL($0) }), server.scheme == "https",
            let authority = cluster.certificateAuthority?.data.flatMap({ Data(base64Encoded: $0) })
        else { throw Silence(description: "the cluster has no address yet") }
        // libcurl reads authorities from a file; they are no secret.
        let bundle = FileManager.default.temporaryDirectory
            .appendingPathComponent("stackgen-authority-\(UUID().uuidString).pem")
        do {
            try authority.write(to: bundle)
        } catch {
            throw Silence(description: "\(bundle.path) cannot be written: \(WorkflowError.reason(of: error))")
        }
        defer { try? FileManager.default.removeItem(at: bundle) }
        let token = try await ClusterToken.token(of: cluster.name, client, now: host.environment.now())
        return try await body(
            KubernetesAPI(server: server, token: token, transport: CurlTransport(certificateBundle: bundle.path)))
    }

    /// The items of a list, all pages of it.
    /// - Throws: `Silence`.
    func list<Item: Decodable>(_ path: String, query: [(String, String)] = [], of type: Item.Type) async throws
        -> [Item]
    {
        var items: [Item] = []
        var next: String?
        repeat {
            let parameters = query + [("limit", "500")] + (next.map { [("continue", $0)] } ?? [])
            let body = try await get(path, parameters)
            guard let page = try? JSONDecoder().decode(KubernetesList<Item>.self, from: body) else {
                throw Silence(description: "its answer cannot be read")
            }
            items += page.items
            next = page.metadata?.continue.flatMap { $0.isEmpty ? nil : $0 }
        } while next != nil
        return items
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    private func get(_ path: String, _ query: [(String, String)]) async throws -> Data {
        let text = query.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        let url = HTTPURL(scheme: server.scheme, host: server.host, port: server.port, path: path, query: text)
        let headers: HTTPHeaders = ["Authorization": "Bearer \(token)", "Accept": "application/json"]
        let response: HTTPResponse
        do {
            response = try await transport.send(
                HTTPRequest(method: "GET", url: url, headers: headers, timeout: Self.timeout))
        } catch let error as TransportError {
            throw Silence(description: error.description)
        }
        switch response.status {
        case 200: return response.body
        case 401: throw Silence(description: "the caller has no access entry in the cluster")
        case 403: throw Silence(description: "the caller may not list \(path.split(separator: "/").last ?? "") there")
        default: throw Silence(description: "Kubernetes answered with status \(response.status)")
        }
    }
}

/// A page of a list.
private struct KubernetesList<Item: Decodable>: Decodable {
    struct Metadata: Decodable { let `continue`: String? }
    let metadata: Metadata?
    let items: [Item]
}

/// A node as Kubernetes has it.
struct KubernetesNode: Decodable, Sendable {
    struct Metadata: Decodable, Sendable {
        let name: String
        let labels: [String: String]?
    }
    struct Spec: Decodable, Sendable {
        let unschedulable: Bool?
    }
    struct Status: Decodable, Sendable {
        struct Condition: Decodable, Sendable {
            let type: String
            let status: String
        }
        let conditions: [Condition]?
    }

    let metadata: Metadata
    let spec: Spec?
    let status: Status?

    /// Whether pods are put onto it: Kubernetes calls it ready, nobody has closed it, and HyperPod's health checks are
    /// done. Source: AWS docs, "Resilience-related Kubernetes labels by SageMaker HyperPod".
    var isSchedulable: Bool {
        let isReady = status?.conditions?.contains { $0.type == "Ready" && $0.status == "True" } ?? false
        let health = metadata.labels?["sagemaker.amazonaws.com/node-health-status"] ?? "Schedulable"
        return isReady && spec?.unschedulable != true && health == "Schedulable"
    }
}
