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
        let checked = ConfigChecker.check(config, region: region)
        guard let stack = checked.stack, !checked.hasErrors else { throw DiagnosticError(checked.diagnostics) }
        if let hosted = checked.hosted { return try HostedCompiler.compile(project, config, checked, hosted) }
        if let policy = checked.policy { return try PolicyCompiler.compile(project, config, checked, policy) }
        let template = try TemplateBundle(of: project, kind: stack.kind.rawValue)
        let script = try LifecycleScript(stack, project: project)
        let context = try TemplateContext(checked, script: script, config: config).value
        let evaluated = try evaluate(template, context, name: project.configPath)
        let problems = TemplateVerifier.problems(of: evaluated)
        guard problems.isEmpty else { throw DiagnosticError(problems) }
        return Compilation(
            config: checked, stack: stack, configFile: config, template: template, script: script.own,
            evaluated: evaluated, capabilities: Capabilities.needed(by: evaluated), diagnostics: checked.diagnostics)
    }

    private static func evaluate(_ template: TemplateBundle, _ context: Value, name: String) throws -> EvaluatedTemplate
    {
        let compiled = try TemplateEngine.compile(
            template.entry, options: TemplateEngine.kindOptions, loader: BundleLoader(bundle: template))
        let bytes = try TemplateEngine.evaluate(compiled, context)
        return try EvaluatedTemplate(SourceFile(name: "\(name) → \(RunFile.evaluatedTemplate)", bytes: bytes))
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
