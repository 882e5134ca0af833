internal import Foundation
internal import Jinja

/// A template, ready to be evaluated.
struct CompiledTemplate {
    let bundle: TemplateBundle
    let template: Template

    /// - Throws: `DiagnosticError` with every problem that can be known without data.
    init(_ bundle: TemplateBundle) throws {
        self.bundle = bundle
        template = try TemplateEngine.compile(
            bundle.entry, options: TemplateEngine.kindOptions, loader: BundleLoader(bundle: bundle))
    }
}

/// The templates of the binary, each compiled when it is first asked for.
final class CompiledTemplates: @unchecked Sendable {
    static let shared = CompiledTemplates()

    // Guarded by the lock, hence unchecked above.
    private var templates: [String: CompiledTemplate] = [:]
    private let lock = NSLock()

    /// The template of a project; a person's own is compiled every time.
    /// - Throws: `DiagnosticError` when a file cannot be read, the kind has no template, or the template has problems
    ///   that can be known without data.
    func template(of project: Project, kind: String) throws -> CompiledTemplate {
        if let own = try TemplateBundle.own(of: project, kind: kind) {
            return try CompiledTemplate(TemplateBundle(own, of: project, kind: kind))
        }
        return try embedded(kind)
    }

    /// The template in the binary.
    /// - Throws: `DiagnosticError` when the kind has no template.
    func embedded(_ kind: String) throws -> CompiledTemplate {
        lock.lock()
        defer { lock.unlock() }
        if let known = templates[kind] { return known }
        let compiled = try CompiledTemplate(TemplateBundle(embeddedOf: kind))
        templates[kind] = compiled
        return compiled
    }
}
