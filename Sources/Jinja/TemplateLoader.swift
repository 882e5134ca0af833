public import Diagnostics

/// Finds templates by name. It alone decides what a name means and which files, if any, it reads.
public protocol TemplateLoader: Sendable {
    /// The source of a template, or `nil` when there is none of that name.
    func source(named: String) throws -> SourceFile?
}

/// Templates held in memory.
public struct DictionaryLoader: TemplateLoader {
    private let sources: [String: SourceFile]

    /// Templates by name.
    public init(_ sources: [String: String]) {
        self.sources = sources.reduce(into: [:]) {
            $0[$1.key] = SourceFile(name: $1.key, text: $1.value)
        }
    }

    /// The template of a name.
    public func source(named name: String) -> SourceFile? { sources[name] }
}
