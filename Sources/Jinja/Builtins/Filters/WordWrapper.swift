/// Wraps one line as Python's `textwrap.wrap` does with tabs and white space kept.
struct WordWrapper {
    let width: Int
    let breaksLongWords: Bool
    let breaksOnHyphens: Bool

    func wrap(_ line: String) -> [String] {
        var chunks = Array(chunks(Text.scalars(line)).reversed())
        var lines: [String] = []
        while !chunks.isEmpty {
            // White space at the beginning of a line that is not the first is dropped.
            if let last = chunks.last, isBlank(last), !lines.isEmpty { chunks.removeLast() }
            var current: [[Unicode.Scalar]] = []
            var length = 0
            while let chunk = chunks.last, length + chunk.count <= width {
                current.append(chunk)
                length += chunk.count
                chunks.removeLast()
            }
            if let chunk = chunks.last, chunk.count > width {
                breakLongWord(&chunks, &current, length, chunk)
            }
            if let last = current.last, isBlank(last) { current.removeLast() }
            if !current.isEmpty { lines.append(Text.string(current.joined())) }
        }
        return lines
    }

    private func isBlank(_ chunk: [Unicode.Scalar]) -> Bool { chunk.allSatisfy(\.isPythonSpace) }

    private func breakLongWord(
        _ chunks: inout [[Unicode.Scalar]], _ current: inout [[Unicode.Scalar]], _ length: Int,
        _ chunk: [Unicode.Scalar]
    ) {
        guard breaksLongWords else {
            if current.isEmpty {
                current.append(chunk)
                chunks.removeLast()
            }
            return
        }
        // No room at all takes an empty piece, which then stands in for the blank that a full line loses.
        let space = width - length
        var end = space
        if breaksOnHyphens, chunk.count > space, let hyphen = chunk[..<space].lastIndex(of: "-"),
            hyphen > 0,
            chunk[..<hyphen].contains(where: { $0 != "-" })
        {
            end = hyphen + 1
        }
        current.append(Array(chunk[..<end]))
        chunks[chunks.count - 1] = Array(chunk[end...])
    }

    /// Words and the white space between them; words are also divided behind hyphens and around dashes.
    private func chunks(_ scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var result: [[Unicode.Scalar]] = []
        var index = 0
        while index < scalars.count {
            let isSpace = isWrapSpace(scalars[index])
            var end = index
            while end < scalars.count, isWrapSpace(scalars[end]) == isSpace { end += 1 }
            let run = Array(scalars[index..<end])
            result += isSpace || !breaksOnHyphens ? [run] : divided(run)
            index = end
        }
        return result
    }

    private func isWrapSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || (0x09...0x0D).contains(scalar.value)
    }

    private func divided(_ word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var result: [[Unicode.Scalar]] = []
        var start = 0
        var index = 0
        while index < word.count {
            guard word[index] == "-" else {
                index += 1
                continue
            }
            var end = index
            while end < word.count, word[end] == "-" { end += 1 }
            if end - index >= 2 {
                // A dash of two or more hyphens between words stands alone.
                let isBetween =
                    index > 0 && isDashContext(word[index - 1]) && end < word.count && word[end].isWord
                if isBetween {
                    if start < index { result.append(Array(word[start..<index])) }
                    result.append(Array(word[index..<end]))
                    start = end
                }
            } else if isBreakable(word, at: index) {
                result.append(Array(word[start...index]))
                start = index + 1
            }
            index = end
        }
        if start < word.count { result.append(Array(word[start...])) }
        return result
    }

    private func isDashContext(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWord || "!\"'&.,?".unicodeScalars.contains(scalar)
    }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWord && !(("0"..."9").contains(scalar))
    }

    /// A hyphen between letters, with at least two letters (or a letter and a hyphen) on its sides.
    private func isBreakable(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        guard index >= 2, index + 2 < word.count + 0, isLetter(word[index - 1]),
            isLetter(word[index + 1])
        else {
            return false
        }
        let before =
            isLetter(word[index - 2])
            || (index >= 3 && word[index - 2] == "-" && isLetter(word[index - 3]))
        let after =
            isLetter(word[index + 2])
            || (index + 3 < word.count && word[index + 2] == "-" && isLetter(word[index + 3]))
        return before && after
    }
}
