/// All rules, in the order of their ids within their families.
public enum RuleRegistry {
    /// Every rule of the kind `cluster-stack`.
    public static let all: [Rule] =
        Rule.network + Rule.eks + Rule.helm + Rule.groups + Rule.fsx + Rule.governance + Rule.addons + Rule.iam
        + Rule.s3
        + Rule.stack

    /// The rule of an id.
    public static func rule(_ id: String) -> Rule? { all.first { $0.id == id } }
}
