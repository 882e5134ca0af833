internal import Diagnostics
internal import StackSchemas

/// Which stack a configuration is about.
public struct StackIdentity: Sendable, Equatable {
    /// The stack's name.
    public let stackName: String
    /// Its region.
    public let region: String

    /// Reads a project's configuration.
    /// - Throws: `DiagnosticError` when it is not there or cannot be decoded.
    public init(of project: Project) throws {
        let checked = ConfigChecker.check(try project.config())
        guard let stack = checked.stack else { throw DiagnosticError(checked.diagnostics) }
        stackName = stack.stack.name?.text ?? stack.name.text
        region = stack.region.text
    }
}
