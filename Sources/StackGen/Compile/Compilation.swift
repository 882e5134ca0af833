public import Diagnostics
public import StackSchemas

/// What compiling a configuration gave: everything that a run record is made of.
public struct Compilation: Sendable {
    /// The configuration as it was read and checked.
    public let config: CheckedConfig
    /// The typed configuration.
    public let stack: ClusterStack
    /// The configuration's bytes.
    public let configFile: SourceFile
    /// The template with the files beside it.
    public let template: TemplateBundle
    /// The lifecycle script that the configuration names; `nil` where stackgen's own is used.
    public let script: SourceFile?
    /// The evaluated template, verified.
    public let evaluated: EvaluatedTemplate
    /// The capabilities that CloudFormation needs, sorted.
    public let capabilities: [String]
    /// The template that somebody else publishes, where parameters are sent for one; `nil` before it was found.
    public var published: PublishedTemplate?
    /// What does not stop the work: warnings and notes.
    public let diagnostics: [Diagnostic]

    /// The bytes that are submitted.
    public var bytes: [UInt8] { evaluated.file.bytes }
}
