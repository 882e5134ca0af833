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
        let (template, evaluated) = try evaluate(project, config, checked, policy)
        return try compilation(config, checked, template, evaluated)
    }

    /// Compiles the policy of a configuration: of the kind `task-governance`, or of a `cluster-stack` whose stack leaves
    /// it out. A project's own template is one for the stack there, so that the one in the binary makes the requests.
    /// - Throws: `DiagnosticError` with every problem, `WorkflowError` where there is no policy to apply.
    static func policy(of project: Project) throws -> (Compilation, PolicyConfig) {
        let config = try project.config()
        let checked = ConfigChecker.check(config)
        guard !checked.hasErrors else { throw DiagnosticError(checked.diagnostics) }
        if let policy = checked.policy { return (try compile(project, config, checked, policy), policy) }
        guard let policy = checked.policyBesideStack else { throw noPolicy(checked) }
        let template = try CompiledTemplates.shared.embedded(StackKind.taskGovernance.name)
        let evaluated = try evaluate(template, policy, checked, config, for: project)
        return (try compilation(config, checked, template.bundle, evaluated), policy)
    }

    private static func noPolicy(_ checked: CheckedConfig) -> WorkflowError {
        guard checked.kind?.name == StackKind.clusterStack.name, checked.stack?.taskGovernance != nil else {
            return WorkflowError(.invalidInput, "the configuration is not of the kind task-governance")
        }
        return WorkflowError(
            .invalidInput,
            "the stack makes the policy of this configuration: CloudFormation has the types in the region",
            advice: ["to change it: stackgen update"])
    }

    private static func compilation(
        _ config: SourceFile, _ checked: CheckedConfig, _ template: TemplateBundle, _ evaluated: EvaluatedTemplate
    ) throws -> Compilation {
        guard let stack = checked.stack else { throw DiagnosticError(checked.diagnostics) }
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
        return (template.bundle, try evaluate(template, policy, checked, config, for: project))
    }

    private static func evaluate(
        _ template: CompiledTemplate, _ policy: PolicyConfig, _ checked: CheckedConfig, _ config: SourceFile,
        for project: Project
    ) throws -> EvaluatedTemplate {
        let bytes = try TemplateEngine.evaluate(template.template, context(policy, config))
        let name = "\(project.configPath) → \(RunFile.evaluatedTemplate)"
        let file = SourceFile(name: name, bytes: bytes)
        do {
            let evaluated = try EvaluatedTemplate(file)
            _ = try PolicyRequests(evaluated)
            return evaluated
        } catch let error as DiagnosticError {
            let origins = TemplateOrigins(template.template, checked: checked, config: config) { other in
                other.hasErrors ? nil : (other.policy ?? other.policyBesideStack).map { context($0, config) }
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
