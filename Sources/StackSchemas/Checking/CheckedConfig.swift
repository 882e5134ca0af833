public import Diagnostics
public import YAML

/// A configuration that was read and checked, with everything found.
public struct CheckedConfig: Sendable {
    /// The document as it was read; empty where the file is not YAML.
    public let document: Document?
    /// The kind that the file names; `nil` where it names none that is known.
    public let kind: StackKind?
    /// The configuration with all defaults; `nil` where there is no map to read. Of a `hosted-stack` it is the same
    /// cluster in the words of `cluster-stack`.
    public let stack: ClusterStack?
    /// The configuration as it is written, where its kind is `hosted-stack`.
    public let hosted: HostedConfig?
    /// The configuration as it is written, where its kind is `task-governance`.
    public let policy: PolicyConfig?
    /// What follows from it; `nil` where something could not be read or does not fit.
    public let plan: Plan?
    /// Every problem, in the order of the text.
    public let diagnostics: [Diagnostic]
    /// The warnings and notes that comments of the configuration silenced, with their reasons.
    public let silenced: [SilencedRule]

    init(
        document: Document?, kind: StackKind? = nil, stack: ClusterStack? = nil, plan: Plan? = nil,
        hosted: HostedConfig? = nil, policy: PolicyConfig? = nil,
        diagnostics: [Diagnostic], silenced: [SilencedRule] = []
    ) {
        self.document = document
        self.kind = kind
        self.stack = stack
        self.plan = plan
        self.hosted = hosted
        self.policy = policy
        self.diagnostics = diagnostics.sortedByPlace()
        self.silenced = silenced
    }

    /// Whether something has to be mended.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The bytes of the value at a path such as `eks.version`; `nil` where nothing is written there.
    public func span(of path: String) -> SourceSpan? {
        guard let document, let path = ConfigPath(parsing: path) else { return nil }
        return LocatedConfig(document).span(of: path)
    }

    /// The bytes of the value at a path, or of the nearest key above it.
    public func nearestSpan(of path: String) -> SourceSpan? {
        guard let document, let path = ConfigPath(parsing: path) else { return nil }
        return LocatedConfig(document).nearestSpan(of: path)
    }

    /// What templates see: every key of the configuration, defaults filled in, and `plan`. `nil` where the
    /// configuration has errors that leave no plan.
    public var templateContext: ConfigValue? {
        if let hosted { return hosted.templateContext }
        if let policy { return policy.templateContext }
        guard let stack, let plan, case .map(let entries) = stack.configValue else { return nil }
        return .map(entries + [ConfigValue.Entry("plan", plan.configValue)])
    }
}
