internal import Foundation
internal import Jinja

/// The templates of the binary, each compiled when it is first asked for.
final class CompiledTemplates: @unchecked Sendable {
    static let shared = CompiledTemplates()

    // Guarded by the lock, hence unchecked above.
    private var templates: [String: Template] = [:]
    private let lock = NSLock()

    /// The compiled template of a bundle; a person's own is compiled every time.
    /// - Throws: `DiagnosticError` with every problem that can be known without data.
    func template(of bundle: TemplateBundle) throws -> Template {
        guard bundle.origin == .embedded else { return try Self.compile(bundle) }
        lock.lock()
        defer { lock.unlock() }
        if let known = templates[bundle.kind] { return known }
        let compiled = try Self.compile(bundle)
        templates[bundle.kind] = compiled
        return compiled
    }

    private static func compile(_ bundle: TemplateBundle) throws -> Template {
        try TemplateEngine.compile(
            bundle.entry, options: TemplateEngine.kindOptions, loader: BundleLoader(bundle: bundle))
    }
}
