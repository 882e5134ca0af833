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
        /// Whether it was found as a file, so that nobody has to look again.
        var isFile = false

        /// The project that it is the configuration of.
        var project: Project { isFile ? Project(configPath: path) : Project(path: path) }
    }

    /// The paths of all configurations at these paths, in the order in which they are validated.
    ///
    /// A file stands for itself. Of a folder it is every `config.yaml` below it, and every other `*.yaml` and `*.yml`
    /// whose root names a known kind, in the order of their names. Folders named `run`, where records are, hidden
    /// ones and `node_modules` are left out, and links to folders are not followed.
    public static func paths(at paths: [String]) -> [String] {
        candidates(at: paths).filter { candidate in
            candidate.isCertain || (try? candidate.project.config()).map(isConfig) ?? false
        }.map(\.path)
    }

    static func candidates(at paths: [String]) -> Candidates { Candidates(paths) }

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
}

extension ConfigFinder {
    /// The candidates at some paths, found one by one: the first are checked while folders are still looked through.
    struct Candidates: Sequence, IteratorProtocol {
        /// An entry of a folder with the path of the folder in front.
        private struct Entry {
            let prefix: String
            let name: String
            let kind: FileKind

            var path: String { prefix + name }
        }

        private var paths: [String].Iterator
        /// What is still to be looked at, the next one last.
        private var pending: [Entry] = []
        /// The folder that is looked through, as long as nothing was found in it.
        private var emptyFolder: String?
        private var seen = Set<String>()
        /// Whether the same file can be found twice.
        private let mayRepeat: Bool

        init(_ paths: [String]) {
            self.paths = paths.makeIterator()
            mayRepeat = paths.count > 1
        }

        mutating func next() -> Candidate? {
            while let found = nextFound() {
                if !mayRepeat || seen.insert(found.path).inserted { return found }
            }
            return nil
        }

        private mutating func nextFound() -> Candidate? {
            while true {
                if let entry = pending.popLast() {
                    guard let found = look(at: entry) else { continue }
                    emptyFolder = nil
                    return found
                }
                // A folder without any is said to lack its `config.yaml`.
                if let folder = emptyFolder.take() { return Candidate(path: folder, isCertain: true) }
                guard let path = paths.next() else { return nil }
                guard FileKind(at: path) == .folder else { return Candidate(path: path, isCertain: true) }
                emptyFolder = path
                open(path == "." ? "" : path.hasSuffix("/") ? path : path + "/")
            }
        }

        private mutating func open(_ prefix: String) {
            for (name, kind) in FolderEntry.all(in: prefix.isEmpty ? "." : prefix).reversed() where !name.hasPrefix(".")
            {
                pending.append(Entry(prefix: prefix, name: name, kind: kind))
            }
        }

        private mutating func look(at entry: Entry) -> Candidate? {
            let name = entry.name
            let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
            switch entry.kind {
            case .folder:
                if name != Project.runFolderName, name != "node_modules" { open(entry.path + "/") }
                return nil
            // A link to a file is that file; one to a folder could lead round in circles.
            case .other where isYAML && FileKind(at: entry.path) == .file, .file where isYAML:
                return Candidate(path: entry.path, isCertain: name == Project.configName, isFile: true)
            case .file, .other, .nothing: return nil
            }
        }
    }
}
