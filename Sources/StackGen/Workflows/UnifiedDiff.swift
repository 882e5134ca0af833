public import Diagnostics

/// The difference between two texts as a unified diff, such as `patch -p1` and `git apply` take.
public enum UnifiedDiff {
    /// The lines of context around a change.
    private static let context = 3
    /// The most cells of the table of common lines; texts that differ more are shown as one replacement.
    private static let tableLimit = 16_000_000

    /// The difference, or an empty text where there is none.
    /// - Parameters:
    ///   - before: the text before.
    ///   - after: the text after.
    ///   - path: the file's path, for the header.
    public static func text(from before: SourceFile, to after: SourceFile, path: String) -> String {
        let old = lines(before.bytes)
        let new = lines(after.bytes)
        let edits = edits(old, new)
        guard edits.contains(where: { $0.isChange }) else { return "" }
        let isAbsolute = path.hasPrefix("/")
        var result = "--- \(isAbsolute ? "" : "a/")\(path)\n+++ \(isAbsolute ? "" : "b/")\(path)\n"
        for hunk in hunks(edits) { result += text(of: edits[hunk]) }
        return result
    }

    private struct Edit {
        enum Kind: String { case same = " ", removed = "-", added = "+" }

        let kind: Kind
        let line: ArraySlice<UInt8>
        /// How many lines of the texts come before it.
        let oldLine: Int
        let newLine: Int

        var isChange: Bool { kind != .same }
    }

    /// The lines with their line endings.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            lines.append(bytes[start..<end])
            start = end
        }
        return lines
    }

    /// The way from one text to the other, by the longest common subsequence of what lies between their common ends.
    private static func edits(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Edit] {
        let shorter = min(old.count, new.count)
        var head = 0
        while head < shorter, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        var walk = Walk(old: old, new: new)
        for _ in 0..<head { walk.keep() }
        let (oldEnd, newEnd) = (old.count - tail, new.count - tail)
        let table = CommonLines(old[head..<oldEnd], new[head..<newEnd], limit: tableLimit)
        while walk.oldLine < oldEnd || walk.newLine < newEnd {
            let (row, column) = (walk.oldLine - head, walk.newLine - head)
            if walk.oldLine < oldEnd, walk.newLine < newEnd, table.isKept(row, column) {
                walk.keep()
            } else if walk.oldLine < oldEnd, walk.newLine >= newEnd || table.prefersRemoval(row, column) {
                walk.remove()
            } else {
                walk.add()
            }
        }
        for _ in 0..<tail { walk.keep() }
        return walk.edits
    }

    private struct Walk {
        let old: [ArraySlice<UInt8>]
        let new: [ArraySlice<UInt8>]
        private(set) var oldLine = 0
        private(set) var newLine = 0
        private(set) var edits: [Edit] = []

        init(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) {
            self.old = old
            self.new = new
        }

        mutating func keep() {
            edits.append(Edit(kind: .same, line: old[oldLine], oldLine: oldLine, newLine: newLine))
            oldLine += 1
            newLine += 1
        }

        mutating func remove() {
            edits.append(Edit(kind: .removed, line: old[oldLine], oldLine: oldLine, newLine: newLine))
            oldLine += 1
        }

        mutating func add() {
            edits.append(Edit(kind: .added, line: new[newLine], oldLine: oldLine, newLine: newLine))
            newLine += 1
        }
    }

    /// How many lines the rests of two texts have in common, for every pair of rests.
    private struct CommonLines {
        private let counts: [UInt32]
        private let width: Int
        private let old: ArraySlice<ArraySlice<UInt8>>
        private let new: ArraySlice<ArraySlice<UInt8>>

        init(_ old: ArraySlice<ArraySlice<UInt8>>, _ new: ArraySlice<ArraySlice<UInt8>>, limit: Int) {
            self.old = old
            self.new = new
            width = new.count + 1
            guard old.count < limit / width else {
                counts = []
                return
            }
            var counts = [UInt32](repeating: 0, count: (old.count + 1) * width)
            for row in stride(from: old.count - 1, through: 0, by: -1) {
                for column in stride(from: new.count - 1, through: 0, by: -1) {
                    let isSame = old[old.startIndex + row] == new[new.startIndex + column]
                    counts[row * width + column] =
                        isSame
                        ? counts[(row + 1) * width + column + 1] + 1
                        : max(counts[(row + 1) * width + column], counts[row * width + column + 1])
                }
            }
            self.counts = counts
        }

        func isKept(_ row: Int, _ column: Int) -> Bool {
            !counts.isEmpty && old[old.startIndex + row] == new[new.startIndex + column]
        }

        func prefersRemoval(_ row: Int, _ column: Int) -> Bool {
            counts.isEmpty || counts[(row + 1) * width + column] >= counts[row * width + column + 1]
        }
    }

    /// The ranges of edits that are shown together: changes with their context, those that touch joined.
    private static func hunks(_ edits: [Edit]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in edits.indices where edits[index].isChange {
            let range = max(0, index - context)..<min(edits.count, index + context + 1)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func text(of edits: ArraySlice<Edit>) -> String {
        guard let first = edits.first else { return "" }
        let old = edits.count { $0.kind != .added }
        let new = edits.count { $0.kind != .removed }
        var result = "@@ -\(range(first.oldLine, old)) +\(range(first.newLine, new)) @@\n"
        for edit in edits {
            result += edit.kind.rawValue + String(decoding: edit.line, as: UTF8.self)
            if edit.line.last != UInt8(ascii: "\n") { result += "\n\\ No newline at end of file\n" }
        }
        return result
    }

    /// `12,7`: the first line, from 1, and the number of lines; the line before where there are none.
    private static func range(_ line: Int, _ count: Int) -> String {
        count == 1 ? "\(line + 1)" : "\(count == 0 ? line : line + 1),\(count)"
    }
}
