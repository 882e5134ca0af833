/// Splits a command line into words as a POSIX shell does, without expanding anything.
enum ShellWords {
    /// The words; nil when a quote is not closed or a backslash ends the line.
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = line.makeIterator()

        while let character = characters.next() {
            switch (quote, character) {
            case ("'", "'"), ("\"", "\""):
                quote = nil
            case ("\"", "\\"):
                guard let next = characters.next() else { return nil }
                // Inside double quotes a backslash is special only before these two.
                word = (word ?? "") + (next == "\"" || next == "\\" ? String(next) : "\\\(next)")
            case (.some, _):
                word = (word ?? "") + String(character)
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (nil, "\\"):
                guard let next = characters.next() else { return nil }
                word = (word ?? "") + String(next)
            case (nil, _) where character.isWhitespace:
                if let finished = word { words.append(finished) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(word) }
        return words
    }
}
