import Foundation
import TestSupport
import Testing

@testable import StackGen

struct RunFolderTests {
    private let temporary: TemporaryFolder
    private let record: RunFolder

    init() throws {
        temporary = try TemporaryFolder()
        let contents: [String: [UInt8]] = [RunFile.config: Array("a: 1\n".utf8), RunFile.evaluatedTemplate: [1, 2, 3]]
        var files = contents
        let manifest = RunManifest(
            run: "r", recordedAt: nil, tool: .init(version: "0"), kind: "k", schemaVersion: "1",
            template: .init(origin: "embedded", sha256: "", isUnchanged: true), contentSHA256: "",
            files: contents.mapValues { .init($0) }, git: nil, callerARN: nil, silenced: [],
            states: [.init("recorded", at: nil)])
        files[RunFile.manifest] = try RecordJSON.bytes(manifest)
        record = try RunFolder.write(files, to: temporary.url.appendingPathComponent("run/r"))
    }

    @Test func aFreshRecordAgreesWithItself() throws {
        #expect(try record.discrepancies() == [])
        #expect(RunFolder.all(in: temporary.url.appendingPathComponent("run")).map(\.name) == ["r"])
    }

    @Test func everyKindOfChangeIsFound() throws {
        try Data("a: 2\n".utf8).write(to: record.url.appendingPathComponent(RunFile.config))
        try FileManager.default.removeItem(at: record.url.appendingPathComponent(RunFile.evaluatedTemplate))
        try Data().write(to: record.url.appendingPathComponent("more"))
        let found = try record.discrepancies()
        #expect(found.count == 3)
        #expect(found[0].hasPrefix("cfn_params.yaml: is missing"))
        #expect(found[1].hasPrefix("config.yaml: SHA-256 is"))
        #expect(found[2] == "more: is not in the manifest")
    }

    @Test func addedFilesAreListed() throws {
        try record.append(event: Array("{}\n".utf8))
        try record.append(event: Array("{}\n".utf8))
        try record.add(RunFile.events, try record.read(RunFile.events), state: .init("CREATE_COMPLETE", at: nil))
        #expect(try record.discrepancies() == [])
        #expect(try record.manifest().states.map(\.name) == ["recorded", "CREATE_COMPLETE"])
        #expect(try record.read(RunFile.events) == Array("{}\n{}\n".utf8))
    }

    @Test func anUnwritableParentLeavesNothing() throws {
        let file = temporary.url.appendingPathComponent("file")
        try Data().write(to: file)
        #expect(throws: (any Error).self) { try RunFolder.write(["a": [1]], to: file.appendingPathComponent("r")) }
        #expect(try Data(contentsOf: file).isEmpty)
    }

    @Test func aRecordIsNeverReplaced() throws {
        #expect(throws: (any Error).self) { try RunFolder.write(["a": [1]], to: record.url) }
        #expect(try record.discrepancies() == [])
        let left = try FileManager.default.contentsOfDirectory(atPath: record.url.deletingLastPathComponent().path)
        #expect(left == ["r"])
    }
}
