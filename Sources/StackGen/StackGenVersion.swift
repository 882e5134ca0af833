/// The version of this package.
public enum StackGenVersion {
    /// As `stackgen --version` prints it; semantic versioning.
    public static let current = "0.1.0"
}
