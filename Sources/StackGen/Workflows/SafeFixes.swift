internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Makes the fixes of a configuration that need no decision: spellings of keys and choices, quotes, tabs.
enum SafeFixes {
    /// The most rounds: one problem can hide others, a missing quote all of them.
    private static let roundLimit = 50

    /// Mends a configuration and writes it, where anything was mended.
    /// - Returns: the text as it is then, and the number of fixes made.
    /// - Throws: `WorkflowError` when the file cannot be written.
    static func apply(to config: SourceFile, of project: Project) throws -> (config: SourceFile, count: Int) {
        let (fixed, count) = mended(config)
        guard count > 0 else { return (config, 0) }
        do {
            // A link stays a link: the file it names is replaced.
            try DurableFile.replace(project.configURL.resolvingSymlinksInPath(), with: fixed.bytes)
        } catch {
            throw WorkflowError(error)
        }
        return (fixed, count)
    }

    /// The text with every safe fix that leaves it with fewer problems and no new one.
    static func mended(_ config: SourceFile) -> (config: SourceFile, count: Int) {
        var current = config
        var found = ConfigChecker.check(current).diagnostics
        var count = 0
        for _ in 0..<roundLimit {
            var isChanged = false
            for problem in found {
                guard let fix = problem.fix, fix.isSafe else { continue }
                let next = SourceFile(name: config.name, bytes: fix.edits.applied(to: current.bytes))
                let after = ConfigChecker.check(next).diagnostics
                guard isBetter(after, than: found, without: problem) else { continue }
                (current, found, isChanged) = (next, after, true)
                count += 1
                // The places of the other fixes are those of the text before.
                break
            }
            guard isChanged else { break }
        }
        return (current, count)
    }

    /// Whether a fix helped: the reader comes further, or the schema or else the rules have less to say. A value that
    /// can be read at last may break rules that could not be asked before.
    private static func isBetter(
        _ after: [Diagnostic], than before: [Diagnostic], without problem: Diagnostic
    ) -> Bool {
        let unread = (firstUnread(before), firstUnread(after))
        if let place = unread.0 { return unread.1.map { $0 > place } ?? true }
        guard unread.1 == nil else { return false }
        if problem.isAboutShape {
            let count = { (found: [Diagnostic]) in found.count { $0.key == problem.key } }
            return count(after) < count(before)
                && after.count(where: \.isAboutShape) <= before.count(where: \.isAboutShape)
        }
        let errors = after.filter { $0.severity == .error }
        return after.count < before.count && isPart(errors, of: before)
    }

    private static func firstUnread(_ found: [Diagnostic]) -> Int? {
        found.filter { $0.id.hasPrefix("YAML") }.map { $0.span?.range.lowerBound ?? 0 }.min()
    }

    /// Whether every problem was there before, by id and words; lines may have moved.
    private static func isPart(_ after: [Diagnostic], of before: [Diagnostic]) -> Bool {
        var known = before.reduce(into: [String: Int]()) { $0[$1.key, default: 0] += 1 }
        return after.allSatisfy { diagnostic in
            known[diagnostic.key, default: 0] -= 1
            return known[diagnostic.key, default: 0] >= 0
        }
    }
}

extension Diagnostic {
    /// Whether the problem is one of the schema.
    fileprivate var isAboutShape: Bool { id.hasPrefix("SCHEMA") }

    /// What makes it the same problem in a text of which other lines have changed.
    fileprivate var key: String { "\(id) \(message)" }
}
