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
        let start = SourceSpan(evaluated.file, 0..<0)
        do {
            let json = try JSONEncoder().encode(ConfigValue(evaluated.root))
            self = try JSONDecoder().decode(PolicyRequests.self, from: json)
        } catch let error as DecodingError {
            throw DiagnosticError(problems + [PolicyRule.noRequests.finding(Self.words(error), at: start)])
        }
        for team in Set(Dictionary(grouping: quotas, by: \.target.teamName).filter { $0.value.count > 1 }.keys).sorted()
        {
            problems.append(PolicyRule.noRequests.finding("there are two quotas of the team `\(team)`", at: start))
        }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
    }

    private static func words(_ error: DecodingError) -> String {
        func path(_ keys: [any CodingKey]) -> String {
            keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return "`\(path(context.codingPath + [key]))` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "`\(path(context.codingPath))` is of another type"
        default: return "the evaluated template is no document of requests"
        }
    }
}
