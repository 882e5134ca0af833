internal import Diagnostics
internal import Jinja
internal import StackSchemas

/// From a configuration to the bytes that are submitted: read, check, evaluate, verify.
public enum Compiler {
    /// Compiles a project.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    /// - Parameter region: the region that is asked for, for a configuration that names none itself.
    public static func compile(_ project: Project, region: String? = nil) throws -> Compilation {
        try compile(project, config: try project.config(), region: region)
    }

    /// Compiles a configuration that was read already.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    static func compile(_ project: Project, config: SourceFile, region: String? = nil) throws -> Compilation {
        try compile(project, checked: ConfigChecker.check(config, region: region), of: config)
    }

    /// Compiles a configuration that was checked already.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors. A problem of the evaluated
    ///   template points into the template and at the values of the configuration that it comes from.
    static func compile(_ project: Project, checked: CheckedConfig, of config: SourceFile) throws -> Compilation {
        guard let stack = checked.stack, !checked.hasErrors else { throw DiagnosticError(checked.diagnostics) }
        if let hosted = checked.hosted { return try HostedCompiler.compile(project, config, checked, hosted) }
        if let policy = checked.policy { return try PolicyCompiler.compile(project, config, checked, policy) }
        let template = try CompiledTemplates.shared.template(of: project, kind: stack.kind.rawValue)
        let script = try LifecycleScript(
            stack, project: project, namedAt: checked.span(of: "lifecycle.script_file"))
        let context = try TemplateContext(checked, script: script, config: config).value
        let bytes = try TemplateEngine.evaluate(template.template, context)
        let file = SourceFile(name: "\(project.configPath) → \(RunFile.evaluatedTemplate)", bytes: bytes)
        let evaluated: EvaluatedTemplate
        do {
            evaluated = try EvaluatedTemplate(file)
            let problems = TemplateVerifier.problems(of: evaluated)
            guard problems.isEmpty else { throw DiagnosticError(problems) }
        } catch let error as DiagnosticError {
            let origins = TemplateOrigins(template.template, checked: checked, config: config) { other in
                other.plan == nil ? nil : try? TemplateContext(other, script: script, config: config).value
            }
            throw DiagnosticError(origins.trace(error.diagnostics, in: file))
        }
        return Compilation(
            config: checked, stack: stack, configFile: config, template: template.bundle, script: script.own,
            evaluated: evaluated, capabilities: Capabilities.needed(by: evaluated), diagnostics: checked.diagnostics)
    }
}

/// What a template sees: the configuration with its defaults, the plan, and who is evaluating.
struct TemplateContext {
    let value: Value

    init(_ checked: CheckedConfig, script: LifecycleScript, config: SourceFile) throws {
        guard case .map(var entries) = checked.templateContext else {
            throw DiagnosticError(checked.diagnostics)
        }
        for index in entries.indices where entries[index].key == "plan" {
            guard case .map(let plan) = entries[index].value else { continue }
            entries[index].value = .map(plan + [ConfigValue.Entry("lifecycle", Self.lifecycle(script))])
        }
        entries.append(ConfigValue.Entry("stackgen", Self.about(checked, config)))
        value = Value(.map(entries))
    }

    private static func lifecycle(_ script: LifecycleScript) -> ConfigValue {
        let file = ConfigValue.record([
            "name": .string(script.name), "text": .string(String(decoding: script.file.bytes, as: UTF8.self)),
        ])
        return .record(["files": .list([file]), "sha256": .string(script.sha256)])
    }

    private static func about(_ checked: CheckedConfig, _ config: SourceFile) -> ConfigValue {
        .record([
            "version": .string(StackGenVersion.current),
            "schema_version": .string(checked.stack?.version.rawValue ?? ""),
            "config_sha256": .string(ContentHash.sha256(config.bytes)),
        ])
    }
}
