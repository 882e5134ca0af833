import Foundation
import Testing

@testable import AWS

/// Every `Cases/ini/NAME.ini` must be read as botocore reads it (`NAME.json`).
@Suite struct INIDocumentTests {
    @Test(arguments: try Cases.names(in: "ini", ending: "ini"))
    func readsAsTheAWSCLIDoes(name: String) throws {
        let text = String(decoding: try Cases.data("ini/\(name).ini"), as: UTF8.self)
        let expected = try JSONSerialization.jsonObject(with: Cases.data("ini/\(name).json")) as? NSDictionary
        if expected?["error"] != nil {
            #expect(throws: ConfigurationError.self) { try INIDocument(text, file: "f") }
            return
        }
        var actual: [String: [String: Any]] = [:]
        for section in try INIDocument(text, file: "f").sections {
            actual[section.name] = section.values.mapValues { value -> Any in
                switch value {
                case .text(let text): text
                case .nested(let map): map
                }
            }
        }
        #expect((actual as NSDictionary) == expected)
    }

    @Test func errorsNameTheLine() {
        #expect(
            throws: ConfigurationError.unreadableFile(
                path: "f", line: 3, problem: "neither a section, a comment nor `key = value`")
        ) { try INIDocument("[default]\nregion = x\nnonsense\n", file: "f") }
    }

    @Test func laterSectionsOfTheSameNameAddToTheFirst() throws {
        let sections = try INIDocument("[a]\nx = 1\ny = 1\n[b]\n[a]\nx = 2\n", file: "f").sections
        #expect(sections.map(\.name) == ["a", "b"])
        #expect(sections.first?.values == ["x": .text("2"), "y": .text("1")])
    }
}
