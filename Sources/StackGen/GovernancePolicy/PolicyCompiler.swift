internal import Diagnostics
internal import Jinja
internal import StackSchemas

/// From a governance policy to the document of requests that is sent: read, check, evaluate, verify.
enum PolicyCompiler {
    /// Compiles a configuration without errors.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    static func compile(
        _ project: Project, _ config: SourceFile, _ checked: CheckedConfig, _ policy: PolicyConfig
    ) throws -> Compilation {
        guard let stack = checked.stack else { throw DiagnosticError(checked.diagnostics) }
        let (template, evaluated) = try evaluate(project, config, checked, policy)
        return Compilation(
            config: checked, stack: stack, configFile: config, template: template, script: nil, evaluated: evaluated,
            capabilities: [], diagnostics: checked.diagnostics)
    }

    /// Evaluates the template and checks that it is a document of requests.
    /// - Throws: `DiagnosticError` with every problem, at its place in the template.
    static func evaluate(
        _ project: Project, _ config: SourceFile, _ checked: CheckedConfig, _ policy: PolicyConfig
    ) throws -> (TemplateBundle, EvaluatedTemplate) {
        let template = try CompiledTemplates.shared.template(of: project, kind: StackKind.taskGovernance.name)
        let bytes = try TemplateEngine.evaluate(template.template, context(policy, config))
        let name = "\(project.configPath) → \(RunFile.evaluatedTemplate)"
        let file = SourceFile(name: name, bytes: bytes)
        do {
            let evaluated = try EvaluatedTemplate(file)
            _ = try PolicyRequests(evaluated)
            return (template.bundle, evaluated)
        } catch let error as DiagnosticError {
            let origins = TemplateOrigins(template.template, checked: checked, config: config) { other in
                other.hasErrors ? nil : other.policy.map { context($0, config) }
            }
            throw DiagnosticError(origins.trace(error.diagnostics, in: file))
        }
    }

    private static func context(_ policy: PolicyConfig, _ config: SourceFile) -> Value {
        guard case .map(let entries) = policy.templateContext else { return .none }
        let about = ConfigValue.record([
            "version": .string(StackGenVersion.current),
            "schema_version": .string(policy.policy.version.rawValue),
            "config_sha256": .string(ContentHash.sha256(config.bytes)),
        ])
        return Value(.map(entries + [ConfigValue.Entry("stackgen", about)]))
    }
}
