public import Foundation

/// A run record on the disk: written whole or not at all, added to file by file afterwards.
///
///     run/20261121T093000Z-1f2e3d4c/
///         config.yaml  cfn_params.jinja  cfn_params.yaml  request.json  manifest.json
///         upload.json  response.json  events.jsonl          (as they come)
public struct RunFolder: Sendable {
    /// The folder.
    public let url: URL

    /// The record's name: the last component of its path.
    public var name: String { url.lastPathComponent }

    /// An existing record.
    public init(url: URL) {
        self.url = url
    }

    /// Writes a record: all files into a hidden folder, synced, then renamed.
    ///
    /// A process that is killed at any moment leaves either the whole record or none. The hidden folder is not
    /// among the records but beside their folder, and what is left of it is removed by a later run.
    /// - Throws: a Cocoa or POSIX error naming the path when the record cannot be written; nothing is left then.
    public static func write(_ files: [String: [UInt8]], to destination: URL) throws -> RunFolder {
        let parent = destination.deletingLastPathComponent()
        let manager = FileManager.default
        try manager.createDirectory(at: parent, withIntermediateDirectories: true)
        let home = stagingHome(of: parent)
        removeAbandonedStaging(in: home)
        let staging = home.appendingPathComponent(stagingPrefix + UUID().uuidString)
        do {
            try manager.createDirectory(at: staging, withIntermediateDirectories: false)
            for name in files.keys.sorted() {
                try DurableFile.write(files[name] ?? [], to: staging.appendingPathComponent(name))
            }
            DurableFile.synchronize(folder: staging)
            try DurableFile.rename(staging, to: destination)
        } catch {
            try? manager.removeItem(at: staging)
            throw error
        }
        DurableFile.synchronize(folder: parent)
        return RunFolder(url: destination)
    }

    private static let stagingPrefix = ".stackgen-incomplete-"

    /// The folder that holds the records' folder; the records' folder itself where that one is on another disk,
    /// as nothing can be renamed from disk to disk, or cannot be written.
    private static func stagingHome(of parent: URL) -> URL {
        func disk(_ url: URL) -> Int? {
            (try? FileManager.default.attributesOfItem(atPath: url.path))?[.systemNumber] as? Int
        }
        let resolved = parent.resolvingSymlinksInPath()
        let beside = resolved.deletingLastPathComponent()
        let isUsable = disk(beside) == disk(resolved) && FileManager.default.isWritableFile(atPath: beside.path)
        return isUsable ? beside : resolved
    }

    /// A staging folder older than an hour belongs to a process that is gone.
    private static func removeAbandonedStaging(in parent: URL) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: parent.path)) ?? [] where name.hasPrefix(stagingPrefix) {
            let folder = parent.appendingPathComponent(name)
            let changed = (try? manager.attributesOfItem(atPath: folder.path))?[.modificationDate] as? Date
            if let changed, changed.timeIntervalSinceNow < -3600 { try? manager.removeItem(at: folder) }
        }
    }

    /// The records below a run folder, oldest first.
    public static func all(in parent: URL) -> [RunFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
            .map { RunFolder(url: parent.appendingPathComponent($0)) }
            .filter { FileManager.default.fileExists(atPath: $0.url.appendingPathComponent(RunFile.manifest).path) }
    }

    /// The contents of a file of the record.
    /// - Throws: a Cocoa error when it is not there or cannot be read.
    public func read(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url.appendingPathComponent(file)))
    }

    /// Whether the record holds a file.
    public func has(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: url.appendingPathComponent(file).path)
    }

    /// The table of contents.
    /// - Throws: a Cocoa or decoding error when there is none that can be read.
    public func manifest() throws -> RunManifest {
        try RecordJSON.decode(RunManifest.self, from: try read(RunFile.manifest))
    }

    /// The API call that the record is about.
    /// - Throws: a Cocoa or decoding error when there is none that can be read.
    public func request() throws -> StackRequest {
        try RecordJSON.decode(StackRequest.self, from: try read(RunFile.request))
    }

    /// Adds or replaces a file, then the table of contents; each in one step.
    /// - Throws: a Cocoa, POSIX or coding error when it cannot be written.
    public func add(_ file: String, _ contents: [UInt8], state: RunManifest.State? = nil) throws {
        var manifest = try manifest()
        try DurableFile.replace(url.appendingPathComponent(file), with: contents)
        manifest.files[file] = RunManifest.File(contents)
        if let state { manifest.states.append(state) }
        try DurableFile.replace(url.appendingPathComponent(RunFile.manifest), with: try RecordJSON.bytes(manifest))
    }

    /// Adds lines to `events.jsonl` at once; the table of contents follows with the next `add`.
    /// - Throws: a Cocoa error when they cannot be written.
    public func append(event line: [UInt8]) throws {
        let file = url.appendingPathComponent(RunFile.events)
        if !FileManager.default.fileExists(atPath: file.path) {
            try DurableFile.write([], to: file)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(line))
    }

    /// What does not agree with the table of contents: files missing, changed, or not listed.
    /// - Throws: a Cocoa or decoding error when there is no table of contents.
    public func discrepancies() throws -> [String] {
        let manifest = try manifest()
        var found: [String] = []
        for (name, expected) in manifest.files.sorted(by: { $0.key < $1.key }) {
            guard let contents = try? read(name) else {
                found.append("\(name): is missing")
                continue
            }
            let actual = RunManifest.File(contents)
            if actual != expected {
                found.append("\(name): SHA-256 is \(actual.sha256), the manifest says \(expected.sha256)")
            }
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        for name in names.sorted() where name != RunFile.manifest && manifest.files[name] == nil {
            found.append("\(name): is not in the manifest")
        }
        if let request = try? request(), let template = manifest.files[RunFile.evaluatedTemplate],
            request.template.sha256 != template.sha256
        {
            found.append("\(RunFile.request): names another template than \(RunFile.evaluatedTemplate)")
        }
        return found
    }
}
