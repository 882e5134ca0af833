/// A governance policy that was read, with everything that follows from it.
public struct PolicyConfig: Sendable {
    /// Every key, defaults filled in.
    public let policy: GovernancePolicy
    /// The quotas with the parts filled in that SageMaker would fill in, in the order of the teams.
    public let quotas: [QuotaPlan]

    init(_ policy: GovernancePolicy) {
        self.policy = policy
        self.quotas = policy.taskGovernance.teams.map { QuotaPlan($0) }
    }

    /// What templates see: every key under its own name, and `plan`.
    public var templateContext: ConfigValue {
        guard case .map(let entries) = policy.configValue else { return .null }
        let plan = ConfigValue.record(["quotas": .list(quotas.map(\.configValue))])
        return .map(entries + [ConfigValue.Entry("plan", plan)])
    }
}
