public import Diagnostics
public import Foundation

/// A folder with a `config.yaml`: what every command works on.
public struct Project: Sendable {
    /// The configuration's file name.
    public static let configName = "config.yaml"
    /// The template's file name, beside the configuration.
    public static let templateName = "cfn_params.jinja"
    /// The folder of run records, beside the configuration.
    public static let runFolderName = "run"

    /// The configuration's path as the user wrote it, for messages.
    public let configPath: String

    /// A project by its folder or by its configuration file.
    /// - Parameter path: a path as the user wrote it.
    public init(path: String) {
        let isConfig =
            switch FileKind(at: path) {
            case .folder: false
            case .file, .other: true
            case .nothing: path.hasSuffix(".yaml") || path.hasSuffix(".yml")
            }
        if isConfig {
            configPath = path
        } else {
            configPath = path == "." ? Self.configName : (path.hasSuffix("/") ? path : path + "/") + Self.configName
        }
    }

    /// A project by its configuration file, which is known to be one.
    init(configPath: String) { self.configPath = configPath }

    /// The configuration.
    public var configURL: URL { URL(fileURLWithPath: configPath) }

    /// The folder that holds the configuration.
    public var folder: URL { configURL.deletingLastPathComponent() }

    /// Where the project's run records are.
    public var runFolder: URL { folder.appendingPathComponent(Self.runFolderName) }

    /// Reads the configuration.
    /// - Throws: `DiagnosticError` (`RUN001`, `RUN002`) when it is not there or cannot be read.
    public func config() throws -> SourceFile {
        try Self.read(configPath, named: configPath, missing: ProjectRule.noConfig)
    }

    /// The project's own template, or `nil` where the folder has none and the embedded one is meant.
    /// - Throws: `DiagnosticError` (`RUN002`) when it is there and cannot be read.
    public func ownTemplate() throws -> SourceFile? {
        let path = sibling(Self.templateName)
        guard FileKind(at: path) != .nothing else { return nil }
        return try Self.read(path, named: path, missing: ProjectRule.unreadable)
    }

    /// A file named in the configuration, relative to it.
    /// - Throws: `DiagnosticError` (`RUN002`) when it is not there or cannot be read.
    public func file(_ name: String) throws -> SourceFile {
        let url = URL(fileURLWithPath: name, relativeTo: folder)
        return try Self.read(url.path, named: sibling(name), missing: ProjectRule.unreadable)
    }

    private func sibling(_ name: String) -> String {
        guard let slash = configPath.lastIndex(of: "/") else { return name }
        return configPath[...slash] + name
    }

    private static func read(_ path: String, named name: String, missing: ProjectRule) throws -> SourceFile {
        if let bytes = FileBytes.read(path) { return SourceFile(name: name, bytes: bytes) }
        switch FileKind(at: path) {
        case .nothing: throw DiagnosticError(.missing(name, rule: missing))
        case .folder: throw DiagnosticError(.unreadable(name, "it is a folder"))
        case .file, .other: break
        }
        do {
            return SourceFile(name: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        } catch {
            throw DiagnosticError(.unreadable(name, WorkflowError.reason(of: error)))
        }
    }
}

/// What is wrong around a project rather than in its configuration; ids are stable.
public enum ProjectRule: String, CaseIterable, Sendable {
    case noConfig = "RUN001"
    case unreadable = "RUN002"
    case exists = "RUN003"
    case unwritable = "RUN004"
    case unknownKind = "RUN005"
    case stackExists = "RUN006"
    case foreignStack = "RUN007"
    case bucketNeedsConsent = "RUN008"
    case otherRegion = "RUN009"
    case unusableScript = "RUN010"
    case unlawfulName = "RUN011"
    case otherAccount = "RUN012"
    case statefulChange = "RUN013"
    case notUpdatable = "RUN014"
    case variables = "RUN015"
    case stackFailed = "RUN016"

    /// What the rule means, in one sentence for the reference.
    public var summary: String {
        switch self {
        case .noConfig: "There is no configuration at the path."
        case .unreadable: "A file is not there or cannot be read."
        case .exists: "A file would be overwritten."
        case .unwritable: "A file or folder cannot be written."
        case .unknownKind: "The kind, version or example is not known."
        case .stackExists: "A stack of this name exists already and is not this configuration's."
        case .foreignStack: "The stack was not made by stackgen."
        case .bucketNeedsConsent: "The template needs a bucket that does not exist yet, and nobody agreed to make it."
        case .unusableScript: "A lifecycle script cannot travel inside the template."
        case .variables: "A variables file holds something else than names with literal values."
        case .unlawfulName: "A name on the command line is not of the form that AWS takes."
        case .otherAccount: "The credentials are of another account than the last run or --account."
        case .statefulChange: "A resource that holds data would be replaced or deleted, and nobody agreed to it."
        case .stackFailed: "The stack failed; the first resource that failed by itself is named with its cause."
        case .notUpdatable: "The stack is in a status in which it cannot be changed."
        case .otherRegion: "The region of the command line is not the region of the configuration."
        }
    }

    func error(_ message: String, at span: SourceSpan? = nil, fix: String? = nil) -> Diagnostic {
        .error(rawValue, message, at: span, fix: fix.map { Diagnostic.Fix($0) })
    }
}

extension Diagnostic {
    fileprivate static func missing(_ path: String, rule: ProjectRule) -> Diagnostic {
        rule.error(
            "there is no file `\(path)`",
            fix: rule == .noConfig ? "run `stackgen init cluster-stack` to make one" : nil)
    }

    fileprivate static func unreadable(_ path: String, _ reason: String) -> Diagnostic {
        ProjectRule.unreadable.error("`\(path)` cannot be read: \(reason)")
    }
}
