internal import Diagnostics
internal import Jinja
internal import StackSchemas
internal import Templates

/// From a configuration to the bytes that are submitted: read, check, evaluate, verify.
public enum Compiler {
    /// Compiles a project.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    public static func compile(_ project: Project) throws -> Compilation {
        try compile(project, config: try project.config())
    }

    /// Compiles a configuration that was read already.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    static func compile(_ project: Project, config: SourceFile) throws -> Compilation {
        let checked = ConfigChecker.check(config)
        guard let stack = checked.stack, !checked.hasErrors else { throw DiagnosticError(checked.diagnostics) }
        let template = try TemplateBundle(of: project, kind: stack.kind.rawValue)
        let scripts = try LifecycleScripts(stack, project: project)
        let context = try TemplateContext(checked, scripts: scripts, config: config).value
        let evaluated = try evaluate(template, context, name: project.configPath)
        let problems = TemplateVerifier.problems(of: evaluated)
        guard problems.isEmpty else { throw DiagnosticError(problems) }
        return Compilation(
            config: checked, stack: stack, configFile: config, template: template, scripts: scripts.own,
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

/// The scripts that nodes run when they come up: the person's own or the one that stackgen ships.
struct LifecycleScripts {
    /// The scripts in the order in which the template gets them.
    let files: [SourceFile]
    /// Those that a person named, by the name under which a record keeps them.
    let own: [String: SourceFile]
    /// The name that a script has in the bucket.
    let name: String

    /// - Throws: `DiagnosticError` when the script that the configuration names is not there.
    init(_ stack: ClusterStack, project: Project) throws {
        name = stack.lifecycle.onCreate.text
        guard let path = stack.lifecycle.scriptFile?.text else {
            let bytes = EmbeddedTemplates.file("on_create.sh", of: stack.kind.rawValue) ?? []
            files = [SourceFile(name: name, bytes: bytes)]
            own = [:]
            return
        }
        let file = try project.file(path)
        guard String(validating: file.bytes, as: UTF8.self) != nil else {
            throw DiagnosticError(ProjectRule.unreadable.error("`\(file.name)` is not UTF-8 text"))
        }
        files = [file]
        own = ["lifecycle-\(name)": file]
    }

    /// The hash of all scripts: the template names the bucket's folder after it, so a changed script is a new one.
    var sha256: String {
        ContentHash.sha256(files.map { "\(name)\n\(ContentHash.sha256($0.bytes))\n" }.joined())
    }
}

/// What a template sees: the configuration with its defaults, the plan, and who is evaluating.
struct TemplateContext {
    let value: Value

    init(_ checked: CheckedConfig, scripts: LifecycleScripts, config: SourceFile) throws {
        guard case .map(var entries) = checked.templateContext else {
            throw DiagnosticError(checked.diagnostics)
        }
        for index in entries.indices where entries[index].key == "plan" {
            guard case .map(let plan) = entries[index].value else { continue }
            entries[index].value = .map(plan + [ConfigValue.Entry("lifecycle", Self.lifecycle(scripts))])
        }
        entries.append(ConfigValue.Entry("stackgen", Self.about(checked, config)))
        value = Value(.map(entries))
    }

    private static func lifecycle(_ scripts: LifecycleScripts) -> ConfigValue {
        let files = scripts.files.map { file in
            ConfigValue.record([
                "name": .string(scripts.name), "text": .string(String(decoding: file.bytes, as: UTF8.self)),
            ])
        }
        return .record(["files": .list(files), "sha256": .string(scripts.sha256)])
    }

    private static func about(_ checked: CheckedConfig, _ config: SourceFile) -> ConfigValue {
        .record([
            "version": .string(StackGenVersion.current),
            "schema_version": .string(checked.stack?.version.rawValue ?? ""),
            "config_sha256": .string(ContentHash.sha256(config.bytes)),
        ])
    }
}
