internal import AWS
internal import Foundation
internal import StackSchemas

/// The files of a run record that applies a policy:
///
///     run/20261121T093000Z-1f2e3d4c/
///         config.yaml  cfn_params.jinja  cfn_params.yaml  request.json  manifest.json
///         calls.jsonl  response.json          (as they come)
enum PolicyRecord {
    /// Every call that changes something, with what came back, one JSON object a line.
    static let calls = "calls.jsonl"

    /// The cluster and the plan, as they stand in `request.json`.
    struct Request: Codable, Sendable, Equatable {
        var formatVersion = 1
        var operation = "ApplyTaskGovernance"
        var region: String
        var account: String?
        var endpoint: String?
        var cluster: String
        var clusterARN: String?
        var eksCluster: String?
        var clientRequestToken: String
        /// SHA-256 of `cfn_params.yaml`, of which every request is made.
        var requestsSHA256: String
        /// What is done, in order; nil in a dry run that asked nobody.
        var steps: [PolicyPlan.Step]?

        enum CodingKeys: String, CodingKey {
            case formatVersion = "format_version"
            case operation, region, account, endpoint, cluster
            case clusterARN = "cluster_arn"
            case eksCluster = "eks_cluster"
            case clientRequestToken = "client_request_token"
            case requestsSHA256 = "requests_sha256"
            case steps
        }
    }

    /// What became of it, as it stands in `response.json`.
    struct Response: Codable, Sendable {
        /// Each thing with its state, in the order of the plan.
        var results: [ApplyPolicy.Result]
        var finishedAt: String

        enum CodingKeys: String, CodingKey {
            case results
            case finishedAt = "finished_at"
        }
    }

    /// A line of `calls.jsonl`.
    struct Call: Codable, Sendable {
        var operation: String
        var at: String
        var request: ConfigValue
        var error: String?
    }

    /// The hash of what a record is about.
    static func contentSHA256(sources: [String: String], request: Request) throws -> String {
        var request = request
        request.clientRequestToken = ""
        let lines = sources.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let call = ContentHash.sha256(try RecordJSON.bytes(request))
        return ContentHash.sha256(lines.joined(separator: "\n") + "\n" + call)
    }

    /// What does not follow from the files of a record.
    static func discrepancies(of record: RunFolder, _ manifest: RunManifest) throws -> [String] {
        guard let request = try? RecordJSON.decode(Request.self, from: try record.read(RunFile.request)) else {
            return ["\(RunFile.request): cannot be read"]
        }
        var found: [String] = []
        if request.requestsSHA256 != manifest.files[RunFile.evaluatedTemplate]?.sha256 {
            found.append("\(RunFile.request): names another document than \(RunFile.evaluatedTemplate)")
        }
        let later = RunContent.laterFiles.union([calls])
        let sources = manifest.files.filter { !later.contains($0.key) }.mapValues(\.sha256)
        let content = try contentSHA256(sources: sources, request: request)
        if content != manifest.contentSHA256 {
            found.append("\(RunFile.manifest): content_sha256 does not follow from the files")
        }
        if request.clientRequestToken != RunContent.token(record: manifest.run, content: content) {
            found.append("\(RunFile.request): the token does not follow from the files")
        }
        return found
    }
}
