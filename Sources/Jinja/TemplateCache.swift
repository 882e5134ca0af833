/// Compiled templates by name.
final class TemplateCache: @unchecked Sendable {
    private let lock = Lock()
    private var templates: [String: CompiledTemplate] = [:]

    /// The template of a name; made when it is first asked for. What cannot be made is tried again.
    func template(named name: String, make: () throws -> CompiledTemplate?) rethrows -> CompiledTemplate? {
        if let template = lock.withLock({ templates[name] }) { return template }
        // Outside the lock: a loader may be slow, and a second thread that makes the same does no harm.
        let template = try make()
        lock.withLock { templates[name] = template }
        return template
    }
}
