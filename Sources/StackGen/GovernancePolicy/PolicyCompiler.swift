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
        let (template, evaluated) = try evaluate(project, config, policy)
        return Compilation(
            config: checked, stack: stack, configFile: config, template: template, script: nil, evaluated: evaluated,
            capabilities: [], diagnostics: checked.diagnostics)
    }

    /// Evaluates the template and checks that it is a document of requests.
    /// - Throws: `DiagnosticError` with every problem.
    static func evaluate(
        _ project: Project, _ config: SourceFile, _ policy: PolicyConfig
    ) throws -> (TemplateBundle, EvaluatedTemplate) {
        let template = try CompiledTemplates.shared.template(of: project, kind: StackKind.taskGovernance.name)
        let bytes = try TemplateEngine.evaluate(template.template, context(policy, config))
        let name = "\(project.configPath) → \(RunFile.evaluatedTemplate)"
        let evaluated = try EvaluatedTemplate(SourceFile(name: name, bytes: bytes))
        _ = try PolicyRequests(evaluated)
        return (template.bundle, evaluated)
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
