internal import Diagnostics
internal import StackSchemas
internal import Templates

/// The script that nodes run when they come up: the person's own or the one that stackgen ships.
struct LifecycleScript {
    /// The script.
    let file: SourceFile
    /// The script where a person named one, for the record.
    let own: SourceFile?
    /// The name that it has in the bucket.
    let name: String

    /// - Parameter place: where the configuration names the script.
    /// - Throws: `DiagnosticError` when the script that the configuration names is not there, or cannot travel
    ///   inside the template.
    init(_ stack: ClusterStack, project: Project, namedAt place: SourceSpan?) throws {
        name = stack.lifecycle.onCreate.text
        guard let path = stack.lifecycle.scriptFile?.text else {
            let bytes = EmbeddedTemplates.file("on_create.sh", of: stack.kind.rawValue) ?? []
            file = SourceFile(name: name, bytes: bytes)
            own = nil
            return
        }
        do {
            file = try project.file(path)
        } catch let error as DiagnosticError {
            throw DiagnosticError(error.diagnostics.map { $0.placed(at: place) })
        }
        own = file
        if let problem = Self.problem(in: file) { throw DiagnosticError(problem.placed(at: place)) }
    }

    /// SHA-256 of name and text: the template names the bucket's folder after it, so a changed script is a new one.
    var sha256: String { ContentHash.sha256("\(name)\n\(ContentHash.sha256(file.bytes))\n") }

    /// The longest script, in bytes: it reaches the uploading function inside an event, and Lambda takes events of
    /// 256 KB (AWS docs: Lambda quotas, asynchronous invocations), the rest of which is left to escapes.
    private static let longest = 128 << 10

    private static func problem(in file: SourceFile) -> Diagnostic? {
        guard String(validating: file.bytes, as: UTF8.self) != nil else {
            return ProjectRule.unusableScript.error("the script `\(file.name)` is not UTF-8 text")
        }
        if file.bytes.count > longest {
            return ProjectRule.unusableScript.error(
                "the script `\(file.name)` has \(file.bytes.count) bytes, more than the \(longest) that can travel",
                fix: "put it into a bucket and name that as `lifecycle.s3_uri`")
        }
        guard let place = file.bytes.firstRange(of: Array("{{resolve:".utf8)) else { return nil }
        return ProjectRule.unusableScript.error(
            "CloudFormation would replace `{{resolve:` in the script", at: SourceSpan(file, place),
            fix: "break the text up, or put the script into a bucket and name that as `lifecycle.s3_uri`")
    }
}

extension Diagnostic {
    /// The problem at a place, where it has none of its own.
    fileprivate func placed(at place: SourceSpan?) -> Diagnostic {
        var result = self
        result.span = span ?? place
        return result
    }
}
