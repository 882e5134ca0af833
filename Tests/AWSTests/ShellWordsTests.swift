import Testing

@testable import AWS

@Suite struct ShellWordsTests {
    @Test(arguments: [
        ("", [String]()), ("a b  c", ["a", "b", "c"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a'b'\"c\"", ["abc"]),
        ("a\\ b", ["a b"]), ("\"a\\\"b\\\\c\\d\"", ["a\"b\\c\\d"]), ("''", [""]), ("'a\\b'", ["a\\b"]),
    ])
    func splits(line: String, words: [String]) {
        #expect(ShellWords.split(line) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\"])
    func refusesOpenQuotes(line: String) {
        #expect(ShellWords.split(line) == nil)
    }
}
