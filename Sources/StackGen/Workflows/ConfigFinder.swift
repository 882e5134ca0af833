internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Finds the configurations below folders.
public enum ConfigFinder {
    /// A file that is a configuration, or may be one.
    struct Candidate: Sendable {
        /// The path as it is shown.
        let path: String
        /// Whether the file counts whatever it holds: it was named, or is called `config.yaml`.
        let isCertain: Bool
    }

    /// The paths of all configurations at these paths, in the order in which they are validated.
    ///
    /// A file stands for itself. Of a folder it is every `config.yaml` below it, and every other `*.yaml` and `*.yml`
    /// whose root names a known kind, in the order of their names. Folders named `run`, where records are, hidden
    /// ones and `node_modules` are left out, and links to folders are not followed.
    public static func paths(at paths: [String]) -> [String] {
        candidates(at: paths).filter { candidate in
            candidate.isCertain || (try? Project(path: candidate.path).config()).map(isConfig) ?? false
        }.map(\.path)
    }

    static func candidates(at paths: [String]) -> [Candidate] {
        var seen = Set<String>()
        return paths.flatMap { path -> [Candidate] in
            guard FileKind(at: path) == .folder else { return [Candidate(path: path, isCertain: true)] }
            let found = below(path == "." ? "" : path.hasSuffix("/") ? path : path + "/")
            // A folder without any is said to lack its `config.yaml`.
            return found.isEmpty ? [Candidate(path: path, isCertain: true)] : found
        }.filter { seen.insert($0.path).inserted }
    }

    /// Whether the root of a text names a known kind.
    static func isConfig(_ file: SourceFile) -> Bool {
        let names = StackKind.all.map(\.name)
        let text = String(decoding: file.bytes, as: UTF8.self)
        guard names.contains(where: text.contains) else { return false }
        if let document = Parser.parse(file).document {
            return document.root?["kind"]?.scalar.map { names.contains($0.text) } ?? false
        }
        // A text that cannot be read is one of ours when it says so at the beginning of a line.
        return text.split(whereSeparator: \.isNewline).contains { line in
            guard line.hasPrefix("kind:") else { return false }
            let value = line.dropFirst("kind:".count).prefix { $0 != "#" }
            return names.contains(value.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\"'"))))
        }
    }

    private static func below(_ prefix: String) -> [Candidate] {
        var found: [Candidate] = []
        for (name, kind) in FolderEntry.all(in: prefix.isEmpty ? "." : prefix) where !name.hasPrefix(".") {
            let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
            switch kind {
            case .folder:
                if name != Project.runFolderName, name != "node_modules" { found += below(prefix + name + "/") }
            // A link to a file is that file; one to a folder could lead round in circles.
            case .other where isYAML && FileKind(at: prefix + name) == .file, .file where isYAML:
                found.append(Candidate(path: prefix + name, isCertain: name == Project.configName))
            case .file, .other, .nothing: break
            }
        }
        return found
    }
}
