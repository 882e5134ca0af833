internal import ArgumentParser
internal import Foundation
internal import StackGen

struct YAMLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yaml",
        abstract: "Read YAML texts and print their trees.",
        discussion: """
            With --jsonl, every line of standard input is {"id": …, "text": …}; it is answered by {"id": …, "tree": …}
            or {"id": …, "error": {"message": …, "line": …, "column": …}}.
            """,
        shouldDisplay: false)

    @Flag(name: .long, help: "Read and answer JSON, a line each.")
    var jsonl = false

    func run() throws {
        guard jsonl else {
            throw ValidationError("give --jsonl: texts are read as lines of JSON")
        }
        // `readLine` would also split at the other line separators of Unicode, which JSON allows in a text.
        var pending: [UInt8] = []
        while true {
            let block = FileHandle.standardInput.availableData
            if block.isEmpty { break }
            pending.append(contentsOf: block)
            answerLines(of: &pending)
        }
        if !pending.isEmpty { answer(pending[...]) }
    }

    private func answerLines(of pending: inout [UInt8]) {
        var start = pending.startIndex
        while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
            answer(pending[start..<end])
            start = end + 1
        }
        pending.removeSubrange(..<start)
    }

    private func answer(_ line: ArraySlice<UInt8>) {
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if !isBlank { Console().output(YAMLTrees.answer(Array(line)) + [UInt8(ascii: "\n")]) }
    }
}
