import CYAML
import Diagnostics

/// A syntax error of libyaml, turned into words a person can act on.
///
/// libyaml names what its scanner met; the usual causes are a tab, a missing space, a missing quote or a wrong
/// indentation, and these are recognised from the text around the place.
struct SyntaxProblem {
    let file: SourceFile
    /// What libyaml said.
    let problem: String
    /// What libyaml was reading.
    let context: String
    /// The byte offset of the problem.
    let offset: Int
    /// The byte offset where what it was reading began.
    let contextOffset: Int

    init(_ parser: yaml_parser_t, file: SourceFile, map: OffsetMap) {
        self.file = file
        problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
        context = parser.context.map { String(cString: $0) } ?? ""
        offset = min(map.offset(parser.problem_mark.index), file.bytes.count)
        contextOffset = min(map.offset(parser.context_mark.index), file.bytes.count)
    }

    /// The problem in our words.
    var diagnostic: Diagnostic {
        switch (problem, context) {
        case ("found character that cannot start any token", _): return forbiddenStart(at: offset)
        case ("found a tab character that violates indentation", _),
            ("found a tab character where an indentation space is expected", _):
            return tab(at: offset)
        case ("could not find expected ':'", _): return missingColon()
        case ("mapping values are not allowed in this context", _): return unexpectedColon()
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", "while scanning a quoted scalar"):
            return unclosedQuote()
        case ("found unknown escape character", _): return unknownEscape()
        case (_, "while parsing a quoted scalar"): return brokenEscape()
        case (_, "while scanning an alias"), (_, "while scanning an anchor"): return forbiddenStart(at: contextOffset)
        case ("did not find expected node content", _) where startsWithFlowIndicator: return forbiddenStart(at: offset)
        case ("did not find expected <document start>", _): return textBehindDocument()
        case ("found incompatible YAML document", _): return foreignVersion()
        case (_, "while scanning a block scalar"): return blockHeader()
        case (_, "while parsing a flow sequence"): return unclosed("[", "]")
        case (_, "while parsing a flow mapping"): return unclosed("{", "}")
        case ("did not find expected key", _), ("did not find expected '-' indicator", _): return misplaced()
        case ("block sequence entries are not allowed in this context", _): return misplacedDash()
        default: return other()
        }
    }

    // MARK: Characters

    private var startsWithFlowIndicator: Bool { offset < file.bytes.count && file.bytes[offset].isFlowIndicator }

    private func forbiddenStart(at offset: Int) -> Diagnostic {
        guard offset < file.bytes.count else { return other() }
        if file.bytes[offset] == 0x09 { return tab(at: offset) }
        let character = file.text(in: offset..<offset + 1)
        let value = restOfValue(from: offset)
        let shown = character == "`" ? "a backtick" : "`\(character)`"
        return YAMLRule.needsQuotes.error(
            "an unquoted value cannot begin with \(shown)", at: span(value),
            fix: .correct(span(value), to: PlainText.doubleQuoted(file.text(in: value))))
    }

    private func tab(at offset: Int) -> Diagnostic {
        let line = lineRange(at: offset)
        let isIndentation = file.bytes[line.lowerBound..<offset].allSatisfy(\.isYAMLBlank)
        var range = isIndentation ? line.lowerBound..<offset : offset..<offset
        while range.upperBound < line.upperBound, file.bytes[range.upperBound].isYAMLBlank {
            range = range.lowerBound..<range.upperBound + 1
        }
        let spaces = file.text(in: range).unicodeScalars.map { $0 == "\t" ? "  " : " " }.joined()
        return YAMLRule.tabIndentation.error(
            isIndentation ? "a tab cannot be used for indentation" : "a tab cannot stand here", at: span(range),
            label: "tab",
            fix: Diagnostic.Fix(
                "use spaces", edits: [TextEdit(span: span(range), replacement: isIndentation ? spaces : " ")],
                isSafe: true))
    }

    private func unknownEscape() -> Diagnostic {
        let range = offset..<min(offset + 2, file.bytes.count)
        let backslash = span(offset..<offset)
        return YAMLRule.escape.error(
            "`\(file.text(in: range))` is not an escape sequence", at: span(range),
            fix: Diagnostic.Fix(
                "write `\\\\` for a backslash, or use single quotes",
                edits: [TextEdit(span: backslash, replacement: "\\")], isSafe: true))
    }

    private func brokenEscape() -> Diagnostic {
        // libyaml points behind the letter of `\x`, `\u` or `\U`; the sequence begins at its backslash.
        let start = file.bytes[contextOffset..<max(contextOffset, offset)].lastIndex(of: UInt8(ascii: "\\")) ?? offset
        let message =
            problem.contains("Unicode")
            ? "the escape sequence names no character" : "the escape sequence lacks hexadecimal digits"
        return YAMLRule.escape.error(
            message, at: span(start..<tokenEnd(max(offset, start))),
            fix: Diagnostic.Fix("write `\\x` with two digits, `\\u` with four or `\\U` with eight"))
    }

    private func blockHeader() -> Diagnostic {
        YAMLRule.syntax.error(
            "only `+`, `-` and a number from 1 to 9 may stand behind `|` or `>`", at: span(offset..<tokenEnd(offset)),
            notes: [Diagnostic.Note("the block begins here", at: span(contextOffset..<contextOffset + 1))],
            fix: Diagnostic.Fix("begin the text on the next line, or put the value in quotes"))
    }

    // MARK: Documents

    private func textBehindDocument() -> Diagnostic {
        let isBehindEnd =
            previousContentLine(before: lineRange(at: offset).lowerBound).map {
                file.text(in: trimmed($0)) == "..."
            } ?? false
        guard isBehindEnd else {
            return YAMLRule.syntax.error(
                "unexpected text behind the end of the document", at: span(offset..<tokenEnd(offset)),
                fix: Diagnostic.Fix("remove it, or make all of the file one map of keys and values"))
        }
        return YAMLRule.severalDocuments.error(
            "the file goes on behind `...`, the end of its document", at: span(offset..<tokenEnd(offset)),
            fix: Diagnostic.Fix("remove the line `...`, or move what follows to a file of its own"))
    }

    private func foreignVersion() -> Diagnostic {
        YAMLRule.syntax.error(
            "the document is of a version of YAML other than 1.1 and 1.2", at: span(restOfValue(from: offset)),
            fix: Diagnostic.Fix("write `%YAML 1.2`, or remove the line"))
    }

    // MARK: Colons

    private func missingColon() -> Diagnostic {
        let value = restOfValue(from: contextOffset)
        return colonWithoutSpace(in: value)
            ?? YAMLRule.colon.error(
                "a key needs a colon behind it", at: span(value), label: "no `: ` follows",
                fix: Diagnostic.Fix("write `key: value`, or quote a text that goes over several lines"))
    }

    private func unexpectedColon() -> Diagnostic {
        let line = lineRange(at: offset)
        let before = file.bytes[line.lowerBound..<offset]
        if let first = firstColon(in: line.lowerBound..<offset) {
            let value = restOfValue(from: skipBlanks(from: first + 1))
            return YAMLRule.colon.error(
                "a second `: ` in one value", at: span(offset..<offset + 1),
                notes: [Diagnostic.Note("the first key ends here", at: span(first..<first + 1))],
                fix: .correct(span(value), to: PlainText.doubleQuoted(file.text(in: value))))
        }
        if let previous = previousContentLine(before: line.lowerBound) {
            if firstColon(in: previous) == nil, let problem = colonWithoutSpace(in: previous) { return problem }
            let indentation = before.prefix { $0 == 0x20 }.count
            let start = line.lowerBound + indentation
            return YAMLRule.indentation.error(
                "a key is not allowed here", at: span(start..<max(start, offset)),
                label: "indented by \(indentation) \(indentation == 1 ? "space" : "spaces")",
                notes: [Diagnostic.Note("the value before it is not a map", at: span(trimmed(previous)))],
                fix: Diagnostic.Fix("give it the indentation of the keys it belongs with"))
        }
        return other()
    }

    /// A problem for the first `word:word` of a range that needs a space behind its colon.
    private func colonWithoutSpace(in range: Range<Int>) -> Diagnostic? {
        let text = trimmed(range)
        guard let colon = file.bytes[text].firstIndex(of: UInt8(ascii: ":")), colon > text.lowerBound,
            colon + 1 < text.upperBound, !file.bytes[colon + 1].isYAMLWhite
        else { return nil }
        return YAMLRule.colon.error(
            "the colon behind a key needs a space after it", at: span(colon..<colon + 1),
            fix: Diagnostic.Fix(
                "write `\(file.text(in: text.lowerBound..<colon + 1)) \(file.text(in: colon + 1..<text.upperBound))`",
                edits: [TextEdit(span: span(colon + 1..<colon + 1), replacement: " ")], isSafe: true))
    }

    // MARK: Openings and indentation

    private func unclosedQuote() -> Diagnostic {
        let quote = contextOffset < file.bytes.count ? file.text(in: contextOffset..<contextOffset + 1) : "\""
        return YAMLRule.unclosed.error(
            "the quote \(quote) is never closed", at: span(contextOffset..<contextOffset + 1),
            label: "opened here", fix: Diagnostic.Fix("write \(quote) at the end of the value"))
    }

    private func unclosed(_ open: String, _ close: String) -> Diagnostic {
        let next = offset < file.bytes.count ? file.text(in: offset..<offset + 1) : ""
        let isMismatch = next == "]" || next == "}"
        let isSameLine = file.line(at: offset) == file.line(at: contextOffset)
        if isSameLine, !next.isEmpty, !isMismatch, !isAtLineEnd(offset) {
            return YAMLRule.syntax.error(
                "a comma or `\(close)` is missing before this", at: span(offset..<tokenEnd(offset)),
                notes: [Diagnostic.Note("`\(open)` is opened here", at: span(contextOffset..<contextOffset + 1))],
                fix: Diagnostic.Fix("separate the values by `, `"))
        }
        let (words, place) =
            next.isEmpty
            ? ("the file ends here", offset..<offset)
            : isMismatch
                ? ("this is `\(next)`", offset..<offset + 1)
                : ("the \(open == "[" ? "list" : "map") has to end before this", trimmed(lineRange(at: offset)))
        return YAMLRule.unclosed.error(
            "`\(open)` is never closed", at: span(contextOffset..<contextOffset + 1), label: "opened here",
            notes: [Diagnostic.Note(words, at: span(place))],
            fix: Diagnostic.Fix("write `\(close)` at its end"))
    }

    private func misplaced() -> Diagnostic {
        let line = lineRange(at: offset)
        let isFirst = file.bytes[line.lowerBound..<offset].allSatisfy { $0 == 0x20 }
        let token = offset..<tokenEnd(offset)
        guard isFirst else {
            return YAMLRule.syntax.error(
                "unexpected text behind a value", at: span(token),
                fix: Diagnostic.Fix("quote the whole value, or begin a new line"))
        }
        let isList = problem.contains("'-'")
        let expected = file.location(at: contextOffset).column - 1
        let isDash = file.text(in: token) == "-"
        let message =
            isDash && !isList && offset - line.lowerBound == expected
            ? "a list item stands where a key is expected"
            : !isDash && isList && offset - line.lowerBound == expected
                ? "a key stands where a list item is expected"
                : "this line is not indented like the ones it belongs with"
        return YAMLRule.indentation.error(
            message, at: span(token), label: "indented by \(offset - line.lowerBound)",
            notes: [
                Diagnostic.Note(
                    "the \(isList ? "list" : "map") before it is indented by \(expected)",
                    at: span(contextOffset..<tokenEnd(contextOffset)))
            ],
            fix: Diagnostic.Fix("give it the indentation of the lines it belongs with"))
    }

    private func misplacedDash() -> Diagnostic {
        YAMLRule.indentation.error(
            "a list item cannot stand here", at: span(offset..<min(offset + 1, file.bytes.count)),
            fix: Diagnostic.Fix("begin the list on a line of its own, indented below its key"))
    }

    private func other() -> Diagnostic {
        let place = offset..<tokenEnd(offset)
        let notes =
            context.isEmpty
            ? [] : [Diagnostic.Note(context, at: span(contextOffset..<max(contextOffset, tokenEnd(contextOffset))))]
        return YAMLRule.syntax.error(problem, at: span(place), notes: notes)
    }
}
