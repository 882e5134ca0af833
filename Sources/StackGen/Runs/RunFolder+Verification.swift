internal import Foundation
internal import StackSchemas

extension RunFolder {
    /// What does not agree with the table of contents, or with itself: files missing, changed or not listed,
    /// hashes and a token that do not follow from the files.
    ///
    /// `events.jsonl` only ever grows, and is listed when the stack has come to an end: what it has more than the
    /// table of contents says is no disagreement.
    /// - Throws: a Cocoa or decoding error when there is no table of contents.
    public func discrepancies() throws -> [String] {
        let manifest = try manifest()
        return fileDiscrepancies(manifest) + unlisted(manifest) + (try contentDiscrepancies(manifest))
    }

    /// Whether everything that the table of contents lists is as it was written. What a process that was killed had
    /// added and not listed yet is written again.
    var isIntact: Bool {
        guard let manifest = try? manifest(), let found = try? contentDiscrepancies(manifest) else { return false }
        return found.isEmpty && fileDiscrepancies(manifest).isEmpty
    }

    private func fileDiscrepancies(_ manifest: RunManifest) -> [String] {
        manifest.files.sorted { $0.key < $1.key }.compactMap { name, expected in
            // A name is a file of this folder and never a path out of it.
            guard !name.contains("/"), name != ".." else { return "\(name): is no file name" }
            guard var contents = try? read(name) else { return "\(name): is missing" }
            if name == RunFile.events { contents = Array(contents.prefix(expected.bytes)) }
            let actual = RunManifest.File(contents)
            guard actual != expected else { return nil }
            return "\(name): SHA-256 is \(actual.sha256), the manifest says \(expected.sha256)"
        }
    }

    private func unlisted(_ manifest: RunManifest) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        let expected: Set<String> = [RunFile.manifest, RunFile.events]
        // What a process that was killed left behind begins with a dot, and is no part of the record.
        return names.sorted().filter { !$0.hasPrefix(".") && !expected.contains($0) && manifest.files[$0] == nil }
            .map { "\($0): is not in the manifest" }
    }

    private func contentDiscrepancies(_ manifest: RunManifest) throws -> [String] {
        if manifest.kind == ManifestsRecord.kind { return ManifestsRecord.discrepancies(manifest) }
        if manifest.kind == StackKind.taskGovernance.name {
            return try PolicyRecord.discrepancies(of: self, manifest)
        }
        guard let request = try? request() else { return ["\(RunFile.request): cannot be read"] }
        var found: [String] = []
        if request.template.sha256 != manifest.files[RunFile.evaluatedTemplate]?.sha256 {
            found.append("\(RunFile.request): names another template than \(RunFile.evaluatedTemplate)")
        }
        let sources = manifest.files.filter { !RunContent.laterFiles.contains($0.key) }.mapValues(\.sha256)
        let content = try RunContent(sources: sources, request: request).sha256
        if content != manifest.contentSHA256 {
            found.append("\(RunFile.manifest): content_sha256 does not follow from the files")
        }
        if request.clientRequestToken != RunContent.token(record: manifest.run, content: content) {
            found.append("\(RunFile.request): the token does not follow from the files")
        }
        if let name = request.changeSetName, name != request.clientRequestToken {
            found.append("\(RunFile.request): the change set's name does not follow from the files")
        }
        return found
    }
}
