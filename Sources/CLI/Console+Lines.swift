internal import Foundation

extension Console {
    /// Answers each line of standard input by a line of standard output; blank lines have no answer.
    ///
    /// Each answer is written as soon as its line is there: the other side may be waiting for it. `readLine` would also
    /// split at the other line separators of Unicode, which JSON allows in a text.
    func answerLines(_ answer: ([UInt8]) -> [UInt8]) {
        var pending: [UInt8] = []
        while true {
            let block = FileHandle.standardInput.availableData
            if block.isEmpty { break }
            pending.append(contentsOf: block)
            var answers: [UInt8] = []
            var start = pending.startIndex
            while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
                answers += Self.line(pending[start..<end], answer)
                start = end + 1
            }
            if !answers.isEmpty { output(answers) }
            pending.removeSubrange(..<start)
        }
        output(Self.line(pending[...], answer))
    }

    private static func line(_ line: ArraySlice<UInt8>, _ answer: ([UInt8]) -> [UInt8]) -> [UInt8] {
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        return isBlank ? [] : answer(Array(line)) + [UInt8(ascii: "\n")]
    }
}
