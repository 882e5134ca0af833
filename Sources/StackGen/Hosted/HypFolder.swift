internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// What `hyp init cluster-stack` puts beside `config.yaml`.
enum HypFolder {
    /// The file that binds a folder to a template.
    static let lockName = ".hyp"

    /// SHA-256 of the main template that `hyp` writes as `cfn_params.jinja` (PyPI sagemaker-hyperpod 3.12.0).
    static let scaffoldHashes: Set<String> = [
        "94ec4a7b1ff8e7b84a29301acf31897e29f7762f272df2292bcabcc05f7ff064"
    ]

    /// Whether a template is the one that `hyp` wrote, which it evaluates for its record and never sends.
    /// - Throws: `DiagnosticError` (`HOST033`) when it is that one with changes.
    static func isScaffold(_ template: SourceFile) throws -> Bool {
        if scaffoldHashes.contains(ContentHash.sha256(template.bytes)) { return true }
        guard let place = mainTemplateMark(in: template) else { return false }
        throw DiagnosticError(
            HostedRule.changedTemplate.finding(
                "`\(template.name)` is the main template that hyp writes, with changes, and nobody ever sends it",
                at: place, notes: [Diagnostic.Note("what is sent is AWS's published template with parameters")],
                fix: Diagnostic.Fix(
                    "remove the file; to change what is created, move to a template of your own: stackgen migrate")))
    }

    /// Where a text says that it holds resources: a document of parameters has none.
    private static func mainTemplateMark(in template: SourceFile) -> SourceSpan? {
        for line in 1...max(1, template.lineCount) {
            let range = template.lineRange(line)
            if template.bytes[range].starts(with: Array("Resources:".utf8)) { return SourceSpan(template, range) }
        }
        return nil
    }

    /// Checks that the folder's lock is that of a cluster stack.
    /// - Throws: `DiagnosticError` (`HOST005`) when it is that of another template.
    static func checkLock(of project: Project) throws {
        let url = project.folder.appendingPathComponent(lockName)
        guard let data = FileManager.default.contents(atPath: url.path) else { return }
        let name = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard name != lockedTemplate else { return }
        throw DiagnosticError(
            HostedRule.otherTemplate.finding(
                "the folder's \(lockName) says `\(name)`, and its configuration is one of \(lockedTemplate)", at: nil,
                fix: Diagnostic.Fix("begin in a folder of its own: stackgen init cluster-stack --template hosted")))
    }

    /// What the lock of a cluster stack says.
    static let lockedTemplate = "cluster-stack"
}
