import Diagnostics
import Foundation
import Jinja
import Testing

/// A file of cases: `=== name` begins a case, `--- template`, `--- template NAME`, `--- data` and `--- options`
/// begin its sections. `Cases/generate.py` reads the same files.
struct CaseFile: CustomTestStringConvertible {
    struct Case {
        let name: String
        var template = ""
        var templates: [String: String] = [:]
        var data = ""
        var options = ""
    }

    let url: URL

    var testDescription: String { url.deletingPathExtension().lastPathComponent }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Cases")

    /// The case files of a folder, by name.
    static func all(in folder: String, extension suffix: String = "txt") -> [CaseFile] {
        let urls = try? FileManager.default.contentsOfDirectory(
            at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        return (urls ?? []).filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }.map {
            CaseFile(url: $0)
        }
    }

    /// The file beside this one with another ending.
    func sibling(_ suffix: String) -> URL {
        url.deletingPathExtension().appendingPathExtension(suffix)
    }

    func cases() throws -> [Case] {
        var cases: [Case] = []
        var section = ""
        // Lines are cut at the newline byte alone: a carriage return is part of a template.
        for bytes in try Data(contentsOf: url).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = String(decoding: bytes, as: UTF8.self)
            if line.hasPrefix("=== ") {
                cases.append(Case(name: String(line.dropFirst(4))))
                section = "template"
            } else if line.hasPrefix("--- ") {
                section = String(line.dropFirst(4))
            } else if !cases.isEmpty {
                cases[cases.count - 1].append(line + "\n", to: section)
            }
        }
        if !cases.isEmpty, !section.isEmpty { cases[cases.count - 1].dropEnd(of: section) }
        return cases.map { $0.trimmed() }
    }
}

extension CaseFile.Case {
    fileprivate mutating func append(_ line: String, to section: String) {
        switch section {
        case "template": template += line
        case "data": data += line
        case "options": options += line
        default: templates[String(section.dropFirst("template ".count)), default: ""] += line
        }
    }

    /// Splitting at newlines yields one more, empty line at the end of a file.
    fileprivate mutating func dropEnd(of section: String) {
        switch section {
        case "template": template = String(template.dropLast())
        case "data": data = String(data.dropLast())
        case "options": options = String(options.dropLast())
        default:
            let name = String(section.dropFirst("template ".count))
            templates[name] = templates[name].map { String($0.dropLast()) }
        }
    }

    fileprivate func trimmed() -> Self {
        var copy = self
        copy.template = Self.withoutLastNewline(template)
        copy.templates = templates.mapValues(Self.withoutLastNewline)
        return copy
    }

    private static func withoutLastNewline(_ text: String) -> String {
        text.utf8.last == 0x0A ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text
    }

    /// The rendering that the case describes.
    func request() throws -> RenderRequest {
        RenderRequest(
            template: template, data: try json(data), templates: templates,
            options: try Options(fields: try json(options).mapping))
    }

    private func json(_ text: String) throws -> Value {
        text.isEmpty ? .dict([]) : try Value(json: SourceFile(name: name, text: text))
    }
}

extension Value {
    /// The entries of a mapping; anything else has none.
    var mapping: DictValue {
        if case .dict(let mapping) = self { mapping } else { DictValue() }
    }
}
