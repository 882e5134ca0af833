public import Diagnostics
internal import Foundation
internal import Jinja
internal import StackSchemas
internal import Templates

/// The template of a run with the files beside it: the person's own, or the one in the binary.
public struct TemplateBundle: Sendable {
    /// Where a template came from.
    public enum Origin: String, Sendable {
        /// The one in the binary.
        case embedded
        /// The one beside the configuration.
        case directory
    }

    /// The template that is evaluated.
    public let entry: SourceFile
    /// Where it came from.
    public let origin: Origin
    /// Further templates that a person put beside their own, by file name.
    public let partials: [String: SourceFile]
    /// The kind that it makes.
    public let kind: String

    /// Whether it is, byte for byte, the one in the binary.
    public var isUnchanged: Bool {
        partials.isEmpty && EmbeddedTemplates.file(entryName, of: kind) == entry.bytes
    }

    private var entryName: String { Project.templateName }

    /// The template of a project.
    ///
    /// `cfn_params.jinja` beside the configuration counts before the one in the binary, and so does any
    /// other `*.jinja` beside it.
    /// - Throws: `DiagnosticError` when a file cannot be read, or the kind has no template.
    public init(of project: Project, kind: String) throws {
        if let own = try Self.own(of: project, kind: kind) {
            try self.init(own, of: project, kind: kind)
        } else {
            try self.init(embeddedOf: kind)
        }
    }

    /// The template that a project has in the place of the embedded one; the one that `hyp` put there is none.
    static func own(of project: Project, kind: String) throws -> SourceFile? {
        guard let own = try project.ownTemplate() else { return nil }
        let isScaffold = try kind == StackKind.hostedStack.name && HypFolder.isScaffold(own)
        return isScaffold ? nil : own
    }

    /// A person's own template with those beside it.
    init(_ own: SourceFile, of project: Project, kind: String) throws {
        self.kind = kind
        entry = own
        origin = .directory
        partials = try Self.partials(of: project)
    }

    /// The template in the binary.
    init(embeddedOf kind: String) throws {
        self.kind = kind
        entry = try Self.embedded(Project.templateName, of: kind)
        origin = .embedded
        partials = [:]
    }

    private static func embedded(_ name: String, of kind: String) throws -> SourceFile {
        guard let bytes = EmbeddedTemplates.file(name, of: kind) else {
            throw DiagnosticError(ProjectRule.unknownKind.error("there is no template for the kind `\(kind)`"))
        }
        return SourceFile(name: "<stackgen>/\(kind)/\(name)", bytes: bytes)
    }

    private static func partials(of project: Project) throws -> [String: SourceFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: project.folder.path)) ?? []
        var partials: [String: SourceFile] = [:]
        for name in names where name.hasSuffix(".jinja") && name != Project.templateName && !name.hasPrefix(".") {
            partials[name] = try project.file(name)
        }
        return partials
    }
}

/// Finds what a template includes: beside it first, then in the binary. A name is a file name and nothing
/// else, so no template reads what was not handed to it.
struct BundleLoader: TemplateLoader {
    let bundle: TemplateBundle

    func source(named name: String) throws -> SourceFile? {
        if name == Project.templateName { return bundle.entry }
        if let partial = bundle.partials[name] { return partial }
        return EmbeddedTemplates.file(name, of: bundle.kind)
            .map { SourceFile(name: "<stackgen>/\(bundle.kind)/\(name)", bytes: $0) }
    }
}
