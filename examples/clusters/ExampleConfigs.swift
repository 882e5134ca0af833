/// The example configurations, embedded in the binary for `stackgen init --example`.
public enum ExampleConfigs {
    /// The names, in the order in which they are worth reading.
    public static let names = ["minimal", "talk", "existing", "p5-efa", "trainium", "restricted"]

    /// The bytes of an example's `config.yaml`; `nil` when there is none of that name.
    public static func config(_ name: String) -> [UInt8]? {
        switch name {
        case "minimal": PackageResources.minimal_yaml
        case "talk": PackageResources.talk_yaml
        case "existing": PackageResources.existing_yaml
        case "p5-efa": PackageResources.p5_efa_yaml
        case "trainium": PackageResources.trainium_yaml
        case "restricted": PackageResources.restricted_yaml
        default: nil
        }
    }
}
