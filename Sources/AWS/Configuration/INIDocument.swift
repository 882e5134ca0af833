import Foundation

/// A file in the dialect of `~/.aws/config`, as sections of keys; nothing is interpreted.
///
/// Sections begin with `[name]`. A key is followed by `=` or `:` and its value, which may go on in lines
/// that are indented deeper. Lines that begin with `#` or `;` are comments; further along in a line these
/// characters belong to the value, as in the AWS CLI. A key with an empty value and indented
/// `key = value` lines under it is a nested map. Keys are lower case; the last of two equal keys counts.
struct INIDocument: Equatable {
    /// A value: text, or a nested map.
    enum Value: Equatable {
        case text(String)
        case nested([String: String])
    }

    /// One section; sections of the same name are one.
    struct Section: Equatable {
        let name: String
        var values: [String: Value]
        /// The line on which each key stands, from 1.
        var lines: [String: Int] = [:]
    }

    /// The sections in the order in which they first appear.
    private(set) var sections: [Section] = []

    /// Reads a document.
    ///
    /// - Throws: `ConfigurationError.unreadableFile` with the line of the first thing that is no INI.
    init(_ text: String, file: String) throws {
        var reader = Reader(file: file)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() { try reader.read(line, number: index + 1) }
        sections = try reader.finished()
    }
}

extension INIDocument {
    /// Reads line by line; a key stays open until a line that does not continue it.
    private struct Reader {
        private struct OpenKey {
            let name: String
            let indentation: Int
            let line: Int
            var lines: [String]
        }

        let file: String
        private var sections: [Section] = []
        private var current: Int?
        private var open: OpenKey?

        init(file: String) { self.file = file }

        mutating func read(_ line: Substring, number: Int) throws {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { return }
            let indentation = line.prefix { $0 == " " || $0 == "\t" }.count
            if let key = open, indentation > key.indentation {
                open?.lines.append(text)
                return
            }
            try close()
            if text.hasPrefix("[") {
                try beginSection(text, line: number)
            } else {
                try beginKey(text, indentation: indentation, line: number)
            }
        }

        mutating func finished() throws -> [Section] {
            try close()
            return sections
        }

        private mutating func beginSection(_ text: String, line: Int) throws {
            guard let end = text.firstIndex(of: "]") else { throw unreadable(line, "`[` without `]`") }
            let name = text[text.index(after: text.startIndex)..<end].trimmingCharacters(in: .whitespaces)
            if let known = sections.firstIndex(where: { $0.name == name }) {
                current = known
            } else {
                sections.append(Section(name: name, values: [:]))
                current = sections.count - 1
            }
        }

        private mutating func beginKey(_ text: String, indentation: Int, line: Int) throws {
            guard current != nil else { throw unreadable(line, "a key before the first section") }
            guard let end = text.firstIndex(where: { $0 == "=" || $0 == ":" }), end > text.startIndex else {
                throw unreadable(line, "neither a section, a comment nor `key = value`")
            }
            let name = text[..<end].trimmingCharacters(in: .whitespaces).lowercased()
            let value = text[text.index(after: end)...].trimmingCharacters(in: .whitespaces)
            open = OpenKey(name: name, indentation: indentation, line: line, lines: [value])
        }

        private mutating func close() throws {
            guard let key = open, let current else { return }
            open = nil
            sections[current].values[key.name] = try value(of: key)
            sections[current].lines[key.name] = key.line
        }

        private func value(of key: OpenKey) throws -> Value {
            guard key.lines.count > 1, key.lines[0].isEmpty else { return .text(key.lines.joined(separator: "\n")) }
            var nested: [String: String] = [:]
            for line in key.lines.dropFirst() {
                guard let end = line.firstIndex(of: "=") else {
                    throw unreadable(key.line, "`\(key.name)` has a nested line without `=`")
                }
                let name = line[..<end].trimmingCharacters(in: .whitespaces)
                nested[name] = line[line.index(after: end)...].trimmingCharacters(in: .whitespaces)
            }
            return .nested(nested)
        }

        private func unreadable(_ line: Int, _ problem: String) -> ConfigurationError {
            .unreadableFile(path: file, line: line, problem: problem)
        }
    }
}
