import Diagnostics
import YAML

/// Reads a governance policy and finds everything that is wrong with it.
enum PolicyChecker {
    /// Judges a document that is known to be of the kind.
    static func check(_ document: Document, _ root: Node, found: [Diagnostic]) -> CheckedConfig {
        var decoder = ConfigDecoder()
        let policy = GovernancePolicy.decode(root, &decoder) ?? GovernancePolicy()
        let silencing = Silencing(document, policy.allow)
        let judged = judge(policy, document, broken: decoder.brokenPaths.map(\.keys))
        let (remaining, silenced) = silencing.apply(to: judged)
        let mapping = PolicyMapping(policy)
        return CheckedConfig(
            document: document, kind: .taskGovernance, stack: mapping.cluster,
            plan: decoder.brokenPaths.isEmpty ? try? Planner.plan(mapping.cluster) : nil,
            policy: PolicyConfig(policy),
            diagnostics: found + decoder.diagnostics + silencing.problems + remaining, silenced: silenced)
    }

    private static func judge(_ policy: GovernancePolicy, _ document: Document, broken: [[String]]) -> [Diagnostic] {
        let mapping = PolicyMapping(policy)
        var context = RuleContext(
            stack: mapping.cluster, config: LocatedConfig(document, places: mapping.places),
            plan: broken.isEmpty ? try? Planner.plan(mapping.cluster) : nil, planningProblem: nil)
        let isCapacityBroken = broken.contains { $0.first == "capacity" }
        for rule in RuleRegistry.all where PolicyMapping.isShared(rule) && !rule.isBlocked(by: broken) {
            if isCapacityBroken, rule.reads.contains(where: { $0.keys.first == "instance_groups" }) { continue }
            context.run(rule)
        }
        return context.diagnostics + region(policy, LocatedConfig(document), broken: broken)
    }

    /// An ARN says which region its cluster is in.
    private static func region(
        _ policy: GovernancePolicy, _ config: LocatedConfig, broken: [[String]]
    ) -> [Diagnostic] {
        guard let region = policy.cluster.region, region != policy.region.text,
            !broken.contains(where: { $0 == ["region"] || $0 == ["cluster"] })
        else { return [] }
        return [
            PolicyRule.otherRegion.finding(
                "the cluster is in \(region), and the policy in \(policy.region)", at: config.span(of: "cluster"),
                notes: [Diagnostic.Note("the region is chosen here", at: config.nearestSpan(of: "region"))],
                fix: config.span(of: "region").map { .replace($0, with: region) })
        ]
    }
}
