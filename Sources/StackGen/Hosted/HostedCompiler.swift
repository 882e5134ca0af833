internal import AWS
internal import Diagnostics
internal import Jinja
internal import StackSchemas
internal import YAML

/// From a hosted configuration to the document of parameters that is sent: read, check, evaluate, verify.
enum HostedCompiler {
    /// What AWS's published main template needs, as `hyp` grants it: nested templates with macros and named roles.
    static let capabilities = ["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]

    /// Compiles a configuration without errors.
    /// - Throws: `DiagnosticError` with every problem of the first stage that has errors.
    static func compile(
        _ project: Project, _ config: SourceFile, _ checked: CheckedConfig, _ hosted: HostedConfig
    ) throws -> Compilation {
        let (template, evaluated) = try evaluate(project, config, checked, hosted)
        return Compilation(
            config: checked, stack: try cluster(checked, hosted, config), configFile: config, template: template,
            script: nil, evaluated: evaluated, capabilities: capabilities, diagnostics: checked.diagnostics)
    }

    /// Evaluates the template and checks that it is a document of parameters.
    /// - Throws: `DiagnosticError` with every problem, at its place in the template.
    static func evaluate(
        _ project: Project, _ config: SourceFile, _ checked: CheckedConfig, _ hosted: HostedConfig
    ) throws -> (TemplateBundle, EvaluatedTemplate) {
        try HypFolder.checkLock(of: project)
        let template = try CompiledTemplates.shared.template(of: project, kind: StackKind.hostedStack.name)
        let bytes = try TemplateEngine.evaluate(template.template, context(hosted, config))
        let name = "\(project.configPath) → \(RunFile.evaluatedTemplate)"
        let file = SourceFile(name: name, bytes: bytes)
        do {
            let evaluated = try EvaluatedTemplate(file)
            _ = try ParameterDocument(evaluated)
            return (template.bundle, evaluated)
        } catch let error as DiagnosticError {
            let origins = TemplateOrigins(template.template, checked: checked, config: config) { other in
                other.hasErrors ? nil : other.hosted.map { context($0, config) }
            }
            throw DiagnosticError(origins.trace(error.diagnostics, in: file))
        }
    }

    /// The region that a hosted configuration is for where it names none: what the command line says, or what the
    /// AWS CLI would take from the environment and its files. `nil` for other kinds, which always name theirs.
    static func region(_ project: Project, _ connection: ConnectionOptions, _ host: Host) -> String? {
        if let region = connection.region { return region }
        guard let config = try? project.config(), let document = Parser.parse(config).document,
            StackKind.of(document).isFlat
        else { return nil }
        return try? host.connect(connection).configuration.region.value
    }

    private static func context(_ hosted: HostedConfig, _ config: SourceFile) -> Value {
        guard case .map(let entries) = hosted.templateContext else { return .none }
        let about = ConfigValue.record([
            "version": .string(StackGenVersion.current),
            "schema_version": .string(hosted.stack.version.rawValue),
            "config_sha256": .string(ContentHash.sha256(config.bytes)),
        ])
        return Value(.map(entries + [ConfigValue.Entry("stackgen", about)]))
    }

    private static func cluster(
        _ checked: CheckedConfig, _ hosted: HostedConfig, _ config: SourceFile
    ) throws -> ClusterStack {
        guard let stack = checked.stack, hosted.region != nil else {
            throw DiagnosticError(
                HostedRule.noRegion.finding(
                    "the region is not known", at: SourceSpan(config, 0..<0),
                    fix: Diagnostic.Fix("pass --region, set AWS_REGION, or write `region: …` into the configuration")))
        }
        return stack
    }
}
