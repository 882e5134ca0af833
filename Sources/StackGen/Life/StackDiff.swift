internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Compares what a configuration asks for with what is deployed, without sending anything.
public enum StackDiff {
    /// What the configuration is compared with.
    public enum Base: Sendable {
        /// The template of the stack, as CloudFormation has it.
        case stack
        /// The last run that was submitted from here; nobody is asked.
        case lastRun
    }

    /// What was found.
    public struct Report: Codable, Sendable, Equatable {
        /// What was compared with: the stack's ARN or the record's name.
        public var base: String
        /// The resources that differ, by module.
        public var changes: ChangeReport
        /// Settings of the stack itself that differ, such as `stack.termination_protection`.
        public var settings: [String]
        /// The parts of the template besides resources that differ: `Outputs`, `Description` and so on.
        public var sections: [String]
        /// The parameters that differ; only a hosted stack has any.
        public var parameters: [ParameterChange] = []
        /// How the resources differ from the template of the stack, where that was asked for.
        public var drift: StackDrift.Report?

        /// Whether anything differs.
        public var hasDifferences: Bool {
            !changes.changes.isEmpty || !settings.isEmpty || !sections.isEmpty || !parameters.isEmpty
                || drift?.isDrifted == true
        }
    }

    /// Compares.
    /// - Parameter detectsDrift: whether CloudFormation is asked, too, how the resources differ from its template.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`.
    public static func run(
        _ request: Submission.Request, against base: Base, detectsDrift: Bool = false, host: Host
    ) async throws -> Report {
        let compilation = try Compiler.compile(
            request.project, region: HostedCompiler.region(request.project, request.connection, host))
        let settings = SubmissionSettings(compilation.stack, name: request.stackName)
        return try await WorkflowError.wrapping {
            switch base {
            case .lastRun: try offline(compilation, settings, request)
            case .stack: try await live(compilation, settings, request, detectsDrift, host)
            }
        }
    }

    private static func offline(
        _ compilation: Compilation, _ settings: SubmissionSettings, _ request: Submission.Request
    ) throws -> Report {
        let records = RunFolder.all(in: request.project.runFolder)
        let last = records.last { record in
            guard (try? record.request().stackName) == settings.name, let manifest = try? record.manifest() else {
                return false
            }
            return manifest.states.contains { $0.name == "submitted" }
        }
        guard let last else {
            throw WorkflowError(
                .preflight, "no run of the stack `\(settings.name)` was submitted from \(request.project.folder.path)",
                advice: ["without --offline the stack itself is asked"])
        }
        let old = try EvaluatedTemplate(
            SourceFile(
                name: "\(last.name)/\(RunFile.evaluatedTemplate)", bytes: try last.read(RunFile.evaluatedTemplate)))
        let recorded = try last.request()
        if compilation.config.hosted != nil {
            return try HostedDiff.report(
                compilation, recorded: old, base: last.name, name: settings.name,
                settings: settings.differences(from: DeployedOptions(recorded)))
        }
        return report(
            compilation, old, base: last.name, name: settings.name,
            settings: settings.differences(from: DeployedOptions(recorded)))
    }

    private static func live(
        _ compilation: Compilation, _ settings: SubmissionSettings, _ request: Submission.Request,
        _ detectsDrift: Bool, _ host: Host
    ) async throws -> Report {
        let reference = StackReference(settings.name, request.connection, configRegion: settings.region)
        let client = try reference.connect(host)
        let stack = try await reference.own(client)
        let text = try await client.send(GetTemplateInput(stackName: stack.id))
        let old = try EvaluatedTemplate(SourceFile(name: "the deployed template", text: text))
        let differences = settings.differences(from: try await settings.deployed(stack, client))
        var report =
            compilation.config.hosted == nil
            ? report(compilation, old, base: stack.id, name: settings.name, settings: differences)
            : try HostedDiff.report(compilation, deployed: stack, old, name: settings.name, settings: differences)
        if detectsDrift { report.drift = try await StackDrift.detect(reference, host: host) }
        return report
    }

    private static func report(
        _ compilation: Compilation, _ old: EvaluatedTemplate, base: String, name: String, settings: [String]
    ) -> Report {
        let comparison = TemplateComparison(old: old, new: compilation.evaluated, config: compilation.config)
        return Report(
            base: base, changes: comparison.report(stackName: name), settings: settings,
            sections: comparison.otherSections)
    }
}
