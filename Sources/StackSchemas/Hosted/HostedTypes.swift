/// The id of a NAT gateway.
public struct NATGatewayID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a NAT gateway id", pattern: #"^nat-[0-9a-f]{8,17}$"#, rule: "nat- and hexadecimal digits",
        example: "nat-0a1b2c3d4e5f60718")

    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}

/// The id of a route table.
public struct RouteTableID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a route table id", pattern: #"^rtb-[0-9a-f]{8,17}$"#, rule: "rtb- and hexadecimal digits",
        example: "rtb-0a1b2c3d4e5f60718")

    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}

/// The name of an IAM role (AWS docs: IAM and AWS STS quotas).
public struct RoleName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "the name of an IAM role", pattern: #"^[A-Za-z0-9+=,.@_-]+$"#, rule: "letters, digits and +=,.@_-",
        length: 1...64, example: "create-cluster-role")

    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}

/// Switches of a Helm chart as `helm install --set` takes them: `name.enabled=true,other.enabled=false`.
public struct HelmSwitches: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a list of switches for Helm",
        pattern: #"^([A-Za-z][A-Za-z0-9_.-]*=[^,\s]*(,[A-Za-z][A-Za-z0-9_.-]*=[^,\s]*)*)?$"#,
        rule: "name=value pairs joined by commas, without spaces", length: 0...4096,
        example: "mlflow.enabled=true,mpi-operator.enabled=true")

    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The pairs in order.
    public var pairs: [(name: String, value: String)] {
        text.split(separator: ",").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}

/// The four characters behind the prefix of names, so that two stacks of one prefix do not collide.
public struct NameSuffix: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a suffix of names", pattern: #"^[a-z0-9]{1,8}$"#, rule: "1 to 8 lowercase letters and digits",
        example: "a1b2", mayLookLikeNumber: true)

    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
