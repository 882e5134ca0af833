/// The tags by which a stack says what made it, and by which stackgen finds its own.
public enum StackTags {
    /// What every tag of stackgen begins with.
    public static let prefix = "stackgen:"
    /// The kind; its presence makes a stack one of ours.
    public static let kind = "stackgen:kind"
    /// The version of the tool.
    public static let version = "stackgen:version"
    /// The version of the kind's schema.
    public static let schemaVersion = "stackgen:schema-version"
    /// SHA-256 of the `config.yaml` that the stack was created from; an update leaves it.
    public static let configHash = "stackgen:config-sha256"
    /// SHA-256 of the evaluated template that the stack was created from; an update leaves it.
    public static let templateHash = "stackgen:template-sha256"
}
