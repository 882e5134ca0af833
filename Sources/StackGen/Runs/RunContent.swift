/// What a record is about, apart from when and by whom it was written: its hash names the record.
struct RunContent {
    /// SHA-256 of every source and of the evaluated template, by file name.
    let sources: [String: String]
    /// The call; its token and the change set's name do not count, as they follow from this hash.
    let request: StackRequest

    /// The hash.
    var sha256: String {
        get throws {
            var request = request
            request.clientRequestToken = ""
            request.changeSetName = nil
            let lines = sources.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let call = ContentHash.sha256(try RecordJSON.bytes(request))
            return ContentHash.sha256(lines.joined(separator: "\n") + "\n" + call)
        }
    }

    /// The token of a record: a call repeated from the same record is the same call to AWS.
    static func token(record: String, content: String) -> String {
        "stackgen-" + ContentHash.sha256("\(record)\n\(content)").prefix(40)
    }

    /// The files that come later than the content, or hold it in another form.
    static let laterFiles: Set<String> = [
        RunFile.request, RunFile.upload, RunFile.response, RunFile.changeSet, RunFile.execution, RunFile.events,
        RunFile.manifest,
    ]
}
