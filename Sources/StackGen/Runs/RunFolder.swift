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
    /// - Throws: `WorkflowError` (`RUN004`) naming the path when the record cannot be written; nothing is left then.
    public static func write(_ files: [String: [UInt8]], to destination: URL) throws -> RunFolder {
        let parent = destination.deletingLastPathComponent()
        let manager = FileManager.default
        do {
            try manager.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw WorkflowError(unwritable: parent.path, error)
        }
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
            throw WorkflowError(unwritable: destination.path, error)
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

    /// Writes down that a state was passed.
    /// - Throws: a Cocoa, POSIX or coding error when it cannot be written.
    func pass(_ state: RunManifest.State) throws {
        var manifest = try manifest()
        manifest.states.append(state)
        try DurableFile.replace(url.appendingPathComponent(RunFile.manifest), with: try RecordJSON.bytes(manifest))
    }

    /// Whether the table of contents lists a file.
    /// - Throws: a Cocoa or decoding error when there is no table of contents.
    public func lists(_ file: String) throws -> Bool { try manifest().files[file] != nil }

    /// Lists `events.jsonl`, where there is one, together with the state that its last event led to. A state that
    /// was the last one already is not written twice.
    /// - Throws: a Cocoa, POSIX or coding error when it cannot be written.
    public func closeEvents(_ state: RunManifest.State) throws {
        var manifest = try manifest()
        if has(RunFile.events) { manifest.files[RunFile.events] = RunManifest.File(try read(RunFile.events)) }
        if manifest.states.last?.name != state.name { manifest.states.append(state) }
        try DurableFile.replace(url.appendingPathComponent(RunFile.manifest), with: try RecordJSON.bytes(manifest))
    }
}
