public import Diagnostics
internal import ExampleConfigs
internal import Foundation
internal import StackSchemas
internal import Templates

/// Starts a project: a configuration that validates as it stands, its template, a JSON Schema, a README.
public enum Initialize {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The kind, such as `cluster-stack`.
        public var kind: String
        /// The folder, as the user wrote it; made when it is not there.
        public var folder: String
        /// The cluster's name.
        public var name: String?
        /// The region.
        public var region: String?
        /// The example to start from.
        public var example: String?
        /// Whether files that are there are replaced.
        public var overwrites: Bool

        /// A request to start a project.
        public init(
            kind: String, folder: String, name: String? = nil, region: String? = nil, example: String? = nil,
            overwrites: Bool = false
        ) {
            self.kind = kind
            self.folder = folder
            self.name = name
            self.region = region
            self.example = example
            self.overwrites = overwrites
        }
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// The paths written, in order.
        public let files: [String]
        /// What is to be said about the new configuration.
        public let diagnostics: [Diagnostic]
    }

    /// The kinds that there are.
    public static let kindNames = StackKind.all.map(\.name)

    /// The examples that there are.
    public static let exampleNames = ExampleConfigs.names

    /// Writes the files of a new project: all of them, or none.
    /// - Throws: `WorkflowError` when the kind or example is not known, a file is there already, or the folder
    ///   cannot be written; `DiagnosticError` when a name or region is not lawful.
    public static func run(_ request: Request) throws -> Outcome {
        let kind = try kind(request.kind)
        let config = try config(request, kind)
        var files: [(name: String, bytes: [UInt8])] = [
            (Project.configName, config.bytes),
            (Project.templateName, EmbeddedTemplates.file(Project.templateName, of: kind.name) ?? []),
            ("\(kind.name).schema.json", Array(JSONSchemaWriter.text(for: kind).utf8)),
            ("README.md", Array(readme(kind, config).utf8)),
        ]
        if kind.isFlat { files.append((HypFolder.lockName, Array(HypFolder.lockedTemplate.utf8))) }
        let folder =
            request.folder == "." ? "" : (request.folder.hasSuffix("/") ? request.folder : request.folder + "/")
        try refuseOverwriting(files.map { folder + $0.name }, request)
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: request.folder), withIntermediateDirectories: true)
            for file in files { try DurableFile.replace(URL(fileURLWithPath: folder + file.name), with: file.bytes) }
        } catch {
            throw WorkflowError(error)
        }
        return Outcome(files: files.map { folder + $0.name }, diagnostics: ConfigChecker.check(config).diagnostics)
    }

    private static func kind(_ name: String) throws -> StackKind {
        if let kind = StackKind.all.first(where: { $0.name == name }) { return kind }
        let nearest = Spelling.nearest(to: name, in: kindNames).map { ", did you mean `\($0)`?" } ?? ""
        throw WorkflowError(
            .invalidInput,
            ProjectRule.unknownKind.error(
                "there is no kind `\(name)`\(nearest)", fix: "one of \(kindNames.joined(separator: ", "))"))
    }

    private static func refuseOverwriting(_ paths: [String], _ request: Request) throws {
        guard !request.overwrites else { return }
        let taken = paths.filter { FileManager.default.fileExists(atPath: $0) }
        guard !taken.isEmpty else { return }
        throw WorkflowError(
            .preflight,
            ProjectRule.exists.error(
                "\(taken.map { "`\($0)`" }.joined(separator: ", ")) \(taken.count == 1 ? "is" : "are") there already",
                fix: "choose another folder, or pass --force to overwrite"))
    }
}

// MARK: - The configuration

extension Initialize {
    private static func config(_ request: Request, _ kind: StackKind) throws -> SourceFile {
        let path = request.folder == "." ? Project.configName : request.folder + "/" + Project.configName
        let text =
            if let example = request.example {
                try exampleText(example, request)
            } else if kind.isFlat {
                HostedScaffold(name: request.name ?? "ml-cluster", region: request.region ?? "us-east-1").configText()
            } else {
                Scaffold(
                    name: request.name ?? "ml-cluster", region: request.region ?? "us-east-1",
                    schemaFile: "\(kind.name).schema.json"
                ).configText(for: kind)
            }
        let file = SourceFile(name: path, text: text)
        // A name or region from the command line may be unlawful, or an example may not fit the region.
        let problems = ConfigChecker.check(file).diagnostics.filter { $0.severity == .error }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
        return file
    }

    private static func exampleText(_ name: String, _ request: Request) throws -> String {
        guard let bytes = ExampleConfigs.config(name) else {
            let nearest = Spelling.nearest(to: name, in: exampleNames).map { ", did you mean `\($0)`?" } ?? ""
            throw WorkflowError(
                .invalidInput,
                ProjectRule.unknownKind.error(
                    "there is no example `\(name)`\(nearest)", fix: "one of \(exampleNames.joined(separator: ", "))"))
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return try ExampleAdaptation(text: text).adapted(name: request.name, region: request.region)
    }

    private static func readme(_ kind: StackKind, _ config: SourceFile) -> String {
        let identity = ConfigChecker.check(config).stack
        return """
            # \(identity.map { $0.stack.name?.text ?? $0.name.text } ?? kind.name)

            A \(kind.name) of stackgen \(StackGenVersion.current), in \(identity?.region.text ?? "your region").

                stackgen validate .            # every problem, at its line
                stackgen create . --dry-run    # compile, verify and record; nothing is sent
                stackgen create . --wait       # record and submit, then follow the stack

            - `config.yaml` says what to provision. `stackgen configure path=value` changes values and keeps every
              other byte.
            - `cfn_params.jinja` is the CloudFormation template, as it came with stackgen. Change it if you need what
              the configuration cannot say; remove it to follow the one in the binary.
            - `\(kind.name).schema.json` lets editors complete and check `config.yaml`.
            - `run/` gets a folder for each creation: what was asked for, evaluated, sent and answered.
              `stackgen verify run/…` checks one.

            """
    }
}
