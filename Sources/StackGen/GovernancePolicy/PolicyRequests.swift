internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// The requests that a policy's template evaluates to, without the cluster's ARN, which is asked for.
struct PolicyRequests: Decodable, Equatable {
    /// The add-on, where it may be installed.
    var addon: Addon?
    /// The policy.
    var policy: Policy
    /// A quota for each team.
    var quotas: [Quota]

    /// An add-on of EKS.
    struct Addon: Codable, Equatable {
        var addonName: String
        var addonVersion: String?

        enum CodingKeys: String, CodingKey {
            case addonName = "AddonName"
            case addonVersion = "AddonVersion"
        }
    }

    /// What `CreateClusterSchedulerConfig` takes.
    struct Policy: Codable, Equatable {
        var name: String
        var description: String?
        var schedulerConfig: SchedulerConfiguration
        var tags: [ResourceTag]?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case description = "Description"
            case schedulerConfig = "SchedulerConfig"
            case tags = "Tags"
        }
    }

    /// What `CreateComputeQuota` takes.
    struct Quota: Codable, Equatable {
        var name: String
        var description: String?
        var activationState: String?
        var target: ComputeQuotaTarget
        var config: ComputeQuotaConfiguration
        var tags: [ResourceTag]?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case description = "Description"
            case activationState = "ActivationState"
            case target = "ComputeQuotaTarget"
            case config = "ComputeQuotaConfig"
            case tags = "Tags"
        }
    }

    enum CodingKeys: String, CodingKey {
        case addon = "Addon"
        case policy = "ClusterSchedulerConfig"
        case quotas = "ComputeQuotas"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        addon = try container.decodeIfPresent(Addon.self, forKey: .addon)
        policy = try container.decode(Policy.self, forKey: .policy)
        quotas = try container.decodeIfPresent([Quota].self, forKey: .quotas) ?? []
    }

    /// Reads an evaluated template.
    /// - Throws: `DiagnosticError` (`GOV062`) naming what is missing or of another type; two quotas of one team, as a
    ///   person's own template may make them, are one of these.
    init(_ evaluated: EvaluatedTemplate) throws {
        let known = [CodingKeys.addon, .policy, .quotas].map(\.stringValue)
        var problems = (evaluated.root.mapping ?? []).filter { !known.contains($0.name) }.map {
            PolicyRule.noRequests.finding("`\($0.name)` is none of \(known.joined(separator: ", "))", at: $0.key.span)
        }
        do {
            let json = try JSONEncoder().encode(ConfigValue(evaluated.root))
            self = try JSONDecoder().decode(PolicyRequests.self, from: json)
        } catch let error as DecodingError {
            throw DiagnosticError(problems + [Self.problem(error, in: evaluated)])
        }
        var teams: Set<String> = []
        for (index, quota) in quotas.enumerated() where !teams.insert(quota.target.teamName).inserted {
            let target = evaluated.root["ComputeQuotas"]?.sequence?[index]["ComputeQuotaTarget"]
            problems.append(
                PolicyRule.noRequests.finding(
                    "there are two quotas of the team `\(quota.target.teamName)`",
                    at: (target?["TeamName"] ?? target ?? evaluated.root).span))
        }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
    }

    /// What is missing or of another type, at the value or at what should hold it.
    private static func problem(_ error: DecodingError, in evaluated: EvaluatedTemplate) -> Diagnostic {
        let path: [any CodingKey]
        let message: String
        switch error {
        case .keyNotFound(let key, let context):
            path = context.codingPath
            message = "`\(words(context.codingPath + [key]))` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            path = context.codingPath
            message = "`\(words(context.codingPath))` is of another type"
        default:
            path = []
            message = "the evaluated template is no document of requests"
        }
        return PolicyRule.noRequests.finding(message, at: place(of: path, in: evaluated.root))
    }

    private static func words(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// The key that leads to the end of a path, or the value there; of the whole document its first byte.
    private static func place(of path: [any CodingKey], in root: Node) -> SourceSpan {
        var span = root.span.startPoint
        var node = root
        for step in path {
            if let index = step.intValue {
                guard let items = node.sequence, items.indices.contains(index) else { break }
                node = items[index]
                span = node.scalar == nil ? node.span.startPoint : node.span
            } else {
                guard let entry = node.entry(forKey: step.stringValue) else { break }
                node = entry.value
                span = node.scalar == nil ? entry.key.span : node.span
            }
        }
        return span
    }
}
